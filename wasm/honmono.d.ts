// What detector.wasm puts into the page that runs it. The Go side is the
// original: codec.go (methods), detector/message.go, detector/verdict.go,
// detector/rules/set.go (Webmail). dts_test.go holds the two together.
//
// Times are seconds since 1970, UTC.

export interface Door {
  /** Answers JSON: {"ok": Methods[method]["answer"]} or {"error": string}. Throws only where the program has ended. */
  call(method: string, request: string): string;
}

declare global {
  var honmonoDetector: Door | undefined;
}

export interface Methods {
  /** Builds what a check for the same reader needs, so that it need not. */
  prepare: { request: Reader; answer: {} };
  check: { request: CheckRequest; answer: Verdict };
  checkURL: { request: CheckURLRequest; answer: Verdict };
  /** Each name as a domain to protect, in ASCII; "" for what cannot be one. */
  domains: { request: { domains: string[] }; answer: string[] };
  rulesInfo: { request: {}; answer: RulesInfo };
  /** Verifies a manifest and says which sections have to be fetched. */
  planRules: { request: Order; answer: RulesPlan };
  /** Puts rules into use; on an error those in use stay. */
  loadRules: { request: LoadRequest; answer: RulesInfo };
  /** Brings in exact sections of the blocklist that a verdict "needs". */
  loadBlocklist: { request: { sections: Record<string, string> }; answer: {} };
  webmails: { request: {}; answer: Webmail[] };
}

/** Whom a verdict is for. */
export interface Reader {
  /** Domains protected as a brand's are: the own company's. At most 1000. */
  protect?: string[];
  strictness?: Strictness;
}

export interface CheckRequest extends Reader {
  message: Message;
}

export interface CheckURLRequest extends Reader {
  url: string;
}

/** How early the reader wants to be told; it moves caution, never danger. */
export type Strictness = "quiet" | "normal" | "strict";

export interface Order {
  manifest: string;
  /** Verifier keys, "name+hash+key"; one of them must have signed. */
  keys: string[];
  now: number;
}

export interface LoadRequest {
  manifest: string;
  keys: string[];
  now: number;
  /** The sections that planRules did not "have", by their hash. */
  sections: Record<string, string>;
}

export interface RulesInfo {
  version: number;
  created: number;
  /** 0 for the built-in set. */
  expires: number;
  source: "default" | "signed";
  brands: number;
  phrases: number;
  webmails: number;
}

export interface RulesPlan {
  version: number;
  created: number;
  expires: number;
  /** The share of clients that the set is for, in percent: those whose lot, from
   * 0 to 99, is below it. 100 is everybody. */
  rollout: number;
  sections: PlanSection[];
}

export interface PlanSection {
  name: string;
  /** Bytes. */
  size: number;
  sha256: string;
  /** The rules in use have the same section: no need to fetch it. */
  have: boolean;
  /** Fetched and kept with the others, but given to loadBlocklist when it is needed, never to loadRules. */
  later?: boolean;
}

export type Level = "ok" | "caution" | "danger" | "unknown";

export interface Address {
  name?: string;
  address?: string;
}

export interface Authentication {
  mailedBy?: string;
  signedBy?: string;
  spf?: string;
  dkim?: string;
  dmarc?: string;
}

export interface Message {
  webmail?: string;
  mailbox?: string;
  from: Address;
  replyTo?: Address;
  subject?: string;
  html?: string;
  text?: string;
  auth?: Authentication;
  attachments?: string[];
  folder?: "inbox" | "spam" | "sent" | "drafts";
  list?: boolean;
  partial?: boolean;
}

export interface Verdict {
  level: Level;
  score: number;
  brand?: string;
  findings: Finding[];
  links: LinkVerdict[];
  advice?: Advice[];
  partial?: boolean;
  /** Sections to give to loadBlocklist before asking again; absent where the verdict is complete. */
  needs?: string[];
}

export interface Finding {
  symbol: string;
  group: string;
  weight: number;
  evidence?: Evidence;
}

export interface Evidence {
  brand?: string;
  brandName?: string;
  brandNameJa?: string;
  host?: string;
  domain?: string;
  target?: string;
  shown?: string;
  address?: string;
  phrase?: string;
  link?: number;
  /** The link calls for the click, as a button, a picture or a form. */
  button?: boolean;
  count?: number;
}

export interface LinkVerdict {
  href: string;
  text?: string;
  host: string;
  registrableDomain: string;
  unicode?: string;
  level: Level;
  brand?: string;
  symbols?: string[];
  /** Host is not the end of the way: it forwards to a place that the link does not tell. */
  leadsOn?: "shortener" | "mailer" | "gateway" | "redirector";
}

export interface Advice {
  symbol: string;
  brand?: string;
  name?: string;
  nameJa?: string;
  url?: string;
}

/** An adapter: which elements of a webmail's page are what. Lists hold alternatives. */
export interface Webmail {
  id: string;
  hosts?: string[];
  detect?: string[];
  message: string[];
  skip?: string[];
  scope?: string[];
  sender: string[];
  subject: string[];
  subjectSkip?: string[];
  body: string[];
  senderAddress?: string[];
  senderName?: string[];
  replyTo?: string[];
  attachment?: string[];
  mailbox?: string[];
  mailedBy?: string[];
  detail?: string[];
  detailLabel?: string[];
  detailValue?: string[];
  mailedByLabel?: string[];
  signedByLabel?: string[];
  authResults?: string[];
  unverified?: string[];
  unverifiedText?: string[];
  clipped?: string[];
  messageId?: string[];
  frame?: string[];
  frameHosts?: string[];
  anchor?: string[];
  anchorPlace?: string;
  hrefAttributes?: string[];
  spamURL?: string[];
  sentURL?: string[];
  draftsURL?: string[];
  spamIf?: string[];
  sentIf?: string[];
  draftsIf?: string[];
}
