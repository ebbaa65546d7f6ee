// What crosses the border to the Go detector, as detector/message.go,
// detector/verdict.go and detector/rules/set.go declare it. The Go side is the
// original; a field added there is added here.

type Level = "ok" | "caution" | "danger" | "unknown";

interface Address {
  name?: string;
  address?: string;
}

interface Message {
  webmail?: string;
  mailbox?: string;
  from: Address;
  replyTo?: Address;
  subject?: string;
  html?: string;
  text?: string;
  auth?: { mailedBy?: string; signedBy?: string };
  attachments?: string[];
  folder?: "inbox" | "spam" | "sent" | "drafts";
  partial?: boolean;
}

interface Evidence {
  brand?: string;
  brandName?: string;
  host?: string;
  domain?: string;
  target?: string;
  shown?: string;
  address?: string;
  phrase?: string;
  link?: number;
  count?: number;
}

interface Finding {
  symbol: string;
  group: string;
  weight: number;
  evidence?: Evidence;
}

interface LinkVerdict {
  href: string;
  text?: string;
  host: string;
  registrableDomain: string;
  unicode?: string;
  level: Level;
  brand?: string;
  symbols?: string[];
}

interface Advice {
  symbol: string;
  brand?: string;
  name?: string;
  url?: string;
}

interface Verdict {
  level: Level;
  score: number;
  brand?: string;
  findings: Finding[];
  links: LinkVerdict[];
  advice?: Advice[];
  partial?: boolean;
}

/** An adapter: which elements of a webmail's page are what. */
interface Webmail {
  id: string;
  hosts?: string[];
  detect?: string[];
  message: string[];
  skip?: string[];
  scope?: string[];
  sender: string[];
  subject: string[];
  body: string[];
  senderAddress?: string[];
  senderName?: string[];
  replyTo?: string[];
  attachment?: string[];
  mailbox?: string[];
  mailedBy?: string[];
  clipped?: string[];
  messageId?: string[];
  frame?: string[];
  anchor?: string[];
  anchorPlace?: string;
  hrefAttributes?: string[];
  spamURL?: string[];
  sentURL?: string[];
  draftsURL?: string[];
}

interface RulesInfo {
  version: number;
  created: number;
  expires: number;
  source: "default" | "signed";
  brands: number;
}

interface RulesPlan {
  version: number;
  created: number;
  expires: number;
  sections: { name: string; size: number; sha256: string; have: boolean }[];
}

/** The methods of the detector in the background. Times are seconds since 1970, UTC. */
interface DetectorMethods {
  check: { request: { message: Message }; answer: Verdict };
  checkURL: { request: { url: string; protect?: string[] }; answer: Verdict };
  rulesInfo: { request: {}; answer: RulesInfo };
  planRules: {
    request: { manifest: string; keys: string[]; now: number };
    answer: RulesPlan;
  };
  loadRules: {
    request: {
      manifest: string;
      keys: string[];
      now: number;
      sections: Record<string, string>;
    };
    answer: { version: number };
  };
  webmails: { request: {}; answer: Webmail[] };
}

/** One question to the detector; it rejects with a DetectorError. */
type Ask = <M extends keyof DetectorMethods>(
  method: M,
  request: DetectorMethods[M]["request"],
) => Promise<DetectorMethods[M]["answer"]>;

/** What `honmono pack` writes into config.json. */
interface Config {
  rulesURL: string;
  rulesKeys: string[];
}
