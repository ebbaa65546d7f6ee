// What is said between the parts of the extension.

/** From a content script. */
type PageRequest =
  | { type: "hello" }
  | { type: "check"; key: string; message: Message; /** the token of the frame that holds the body */ frame?: string }
  | { type: "join"; token: string }
  | { type: "showing"; keys: string[] }
  | { type: "failed"; key: string; reason: FailureReason };

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
  | { type: "updateRules" };

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
