// What is said between the parts of the extension.

/** From a content script. */
type PageRequest =
  | { type: "hello" }
  | { type: "check"; key: string; message: Message; /** the token of the frame that holds the body */ frame?: string }
  | { type: "join"; token: string }
  | { type: "showing"; keys: string[] }
  | { type: "failed"; key: string; reason: FailureReason }
  /** Opens the guide or the report about an open message in a tab of its own. */
  | { type: "open"; page: CasePage; key: string }
  /** Calls the sender of an open message fine, or takes that back. */
  | { type: "trust"; key: string; trusted: boolean };

type CasePage = "guide" | "report" | "false-alarm" | "missed";

interface HelloAnswer {
  adapters: Webmail[];
  /** The banner's style sheet; content scripts cannot fetch it themselves. */
  css: string;
  rules: number;
  /** The person wants none of this here. */
  off: boolean;
  /** This frame holds a body whose header is in the frame around it. */
  frame?: BodyFrame;
}

interface BodyFrame {
  /** Hosts of the pages that may be around it. */
  parents: string[];
  /** Selectors of the body, in order. */
  body: string[];
}

interface CheckAnswer {
  view: View;
}

/** From the extension's own pages. */
type PopupRequest =
  | { type: "state"; tabId: number }
  | { type: "checkURL"; url: string }
  | { type: "domains"; domains: string[] }
  | { type: "checkMessage"; message: Message }
  | { type: "updateRules" }
  /** As a content script asks it, of a message that is open in some tab. */
  | { type: "openCase"; page: CasePage; tabId: number; frameId: number; key: string }
  | { type: "trustSender"; tabId: number; frameId: number; key: string; trusted: boolean };

/** To a content script. */
type Notice =
  | { type: "rules" }
  | { type: "present" }
  | { type: "joined"; token: string }
  | { type: "body"; token: string }
  | { type: "marks"; token: string; marks: LinkMark[] };

/** The answer to every request: exactly one of the two. */
type Answer<T> = { ok: T } | { error: { reason: FailureReason; detail: string } };

interface MessageState {
  key: string;
  frameId: number;
  /** A question is under way; level is "unknown" until it is answered. */
  pending: boolean;
  level: Level;
  /** Absent where the message could not be checked. */
  verdict?: Verdict;
  view?: View;
  mail?: MailHead;
}

/** Of an open message, what a report needs; kept in memory only. */
interface MailHead {
  subject: string;
  from: Address;
}

type ReportKind = "phishing" | "false-alarm" | "missed";

/** A report to the maintainers of the rules, as docs/report.schema.json has it. */
interface RulesReport {
  id: string;
  kind: ReportKind;
  verdict: Level;
  brand?: string;
  symbols: string[];
  hosts: string[];
  rulesVersion: number;
  language: "ja" | "en";
  program: string;
}

/** What our own pages are to know of a message; see background/cases.js. */
interface Case {
  /** Milliseconds since 1970; tells old from new. */
  at: number;
  level: Level;
  /** The version of the rules that judged it. */
  rules: number;
  /** The claimed brand's id, or empty. */
  brand: string;
  /** Its name for the reader, or empty. */
  brandName: string;
  official?: OfficialView;
  report?: ReportPlace;
  title: string;
  reasons: string[];
  /** What was found against it. */
  symbols: string[];
  /** Where its warned links lead, and where all do. */
  hosts: string[];
  allHosts: string[];
  subject: string;
  from: Address;
}

/** idle: no message is open. */
type TabLevel = Level | "idle" | "checking";

interface TabState {
  level: TabLevel;
  /** Whether a content script of ours runs in the tab. */
  active: boolean;
  messages: MessageState[];
}

type UpdateErrorCode =
  | "unreachable"
  | "timeout"
  | "status"
  | "busy"
  | "too_large"
  | "garbled"
  | "refused"
  | "older"
  | "storage"
  | "detector"
  | "stored";

interface UpdateError {
  code: UpdateErrorCode;
  /** For people who mend things; in English, not translated. */
  detail: string;
  /** Seconds since 1970, UTC. */
  at: number;
}

interface RulesState {
  /** Absent where the detector could not start. */
  info?: RulesInfo;
  /** Whether a rule server is configured. */
  server: boolean;
  expired: boolean;
  /** Seconds since 1970, UTC; 0 for never. */
  checkedAt: number;
  updatedAt: number;
  error?: UpdateError;
}

interface StateAnswer {
  tab: TabState;
  rules: RulesState;
}
