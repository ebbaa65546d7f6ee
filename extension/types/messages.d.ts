// What is said between the parts of the extension.

/** From a content script. */
type PageRequest =
  | { type: "hello" }
  | { type: "check"; key: string; message: Message; /** the token of the frame that holds the body */ frame?: string; /** the page is still filling in the body: only danger is answered */ early?: boolean }
  /** A frame with a body has started, and has not been called yet. */
  | { type: "arrived" }
  /** It shows the token it was called with; body names what is in it now. */
  | { type: "join"; token: string; body: string }
  /** The messages that are open; waiting: there are others, not asked about yet. */
  | { type: "showing"; keys: string[]; waiting?: boolean }
  | { type: "failed"; key: string; reason: FailureReason }
  /** Opens the guide or the report about an open message in a tab of its own. */
  | { type: "open"; page: CasePage; key: string }
  /** Calls the sender of an open message fine, or takes that back. */
  | { type: "trust"; key: string; trusted: boolean }
  | { type: "hidden"; key: string; hidden: boolean }
  | FollowRequest
  | { type: "menuClosed" };

/**
 * How a click would have opened a link: in the same tab, a new one, one in the
 * background, a new window; or not yet, because its context menu was opened.
 */
type Way = "here" | "tab" | "behind" | "window" | "menu";

/**
 * Why a link was stopped. marked: it was found dangerous. changed: it is not the
 * one that was checked. unjudged: the mail holds more links than were judged.
 * unchecked: the mail could not be judged, or not in time. cleared: nothing speaks
 * against it, but the page cannot open it as it was clicked on.
 */
type StopReason = "marked" | "changed" | "unjudged" | "unchecked" | "cleared";

/** A link of a message was to be opened, and the content script stopped it. */
interface FollowRequest {
  type: "follow";
  key: string;
  /** As the message holds it, which is what was judged. */
  href: string;
  /** The address that the click would have opened. */
  url: string;
  text: string;
  way: Way;
  why: StopReason;
}

/** What became of it. */
interface FollowAnswer {
  opened: "link" | "warning" | "nothing";
}

type CasePage = "guide" | "report" | "false-alarm" | "missed";

interface HelloAnswer {
  adapters: Webmail[];
  /** The banner's style sheet; content scripts cannot fetch it themselves. */
  css: string;
  rules: number;
  /** The person wants none of this here. */
  off: boolean;
  /** Whether dangerous links are to be stopped. */
  clickWarning: boolean;
  /** What a click is told that waits for a verdict, or gets none. */
  words: { checking: string; unchecked: string };
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
  /** Absent where it was asked early, and nothing dangerous is there so far. */
  view?: View;
}

/** From the extension's own pages. */
type PopupRequest =
  | { type: "state"; tabId: number }
  | { type: "checkURL"; url: string }
  | { type: "domains"; domains: string[] }
  | { type: "checkMessage"; message: Message }
  | { type: "updateRules" }
  | { type: "warning"; id: string }
  | { type: "openAnyway"; id: string }
  | { type: "question"; id: string }
  /** As a content script asks it, of a message that is open in some tab. */
  | { type: "openCase"; page: CasePage; tabId: number; frameId: number; key: string }
  | { type: "trustSender"; tabId: number; frameId: number; key: string; trusted: boolean };

/** What the warning page shows of a link that was stopped. */
interface WarningView {
  lang: "ja" | "en";
  why: StopReason;
  level: Level;
  /** What the link says, harmless to show; empty for a picture. */
  text: string;
  /** The whole address, harmless to show. */
  url: string;
  /** Where it leads, in the end or as far as that can be told; absent where that cannot be read. */
  host?: HostParts;
  /** The host leads on to a place that is not known. */
  hidden?: LeadsOn;
  /** The host that is asked first, where that is another. */
  by?: HostParts;
  /** What the mail's verdict says, in one sentence. */
  mail?: string;
  reasons: string[];
  official?: OfficialView;
  /** Whether "open anyway" can do anything: only web addresses are opened. */
  openable: boolean;
  /** The tab that the mail is in. */
  tabId: number;
  /** Whether the page took the mail's own place. */
  inPlace: boolean;
}

/** What the question page shows. */
interface QuestionView {
  lang: "ja" | "en";
  /** What was asked about, harmless to show. */
  asked: string;
  /** One for each address found in it, the worst first. */
  answers: { address: string; view: View }[];
}

/** To a content script. */
type Notice =
  | { type: "rules" }
  | { type: "present" }
  | { type: "arrived" }
  | { type: "joined"; token: string; body: string }
  | { type: "body"; token: string }
  /** number: of the body that was handed over; no view: it could not be checked. */
  | { type: "marks"; token: string; key: string; number: number; view?: Pick<View, "level" | "marks" | "marksComplete"> };

/** What a frame hands over. */
interface FrameBody {
  html: string;
  partial: boolean;
  /** Counts what the frame has handed over. */
  number: number;
}

/** The answer to every request: exactly one of the two. */
type Answer<T> = { ok: T } | { error: { reason: FailureReason; detail: string } };

interface MessageState {
  key: string;
  frameId: number;
  /** A question is under way; level is "unknown" until it is answered. */
  pending: boolean;
  level: Level;
  /** Tells the latest question about the message from those before it. */
  asked?: string;
  /** The page keeps the banner from being seen. */
  hidden?: boolean;
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
