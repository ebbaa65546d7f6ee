// What the content scripts hand each other.

/** One open message, found in the page. */
interface Reading {
  webmail: string;
  /** The message's element: the banner belongs to it. */
  element: Element;
  /** What stands for the body in the page: the body, or the frame that holds it. */
  place: Element;
  body: Element;
  /** The hosts whose frame the place is, where the body is read by the script in it; body is the place then. */
  remote?: string[];
  from: Address;
  replyTo?: Address;
  subject: string;
  mailbox: string;
  auth: Authentication;
  attachments: string[];
  clipped: boolean;
  folder: "inbox" | "spam" | "sent" | "drafts";
  /** The webmail's own id of the message, or empty. */
  id: string;
  anchor: Anchor;
  hrefAttributes: string[];
}

/** Where a message's body is. */
type Slot = Pick<Reading, "element" | "place" | "body" | "remote">;

interface Anchor {
  element: Element;
  place: "before" | "prepend";
}

interface Findings {
  readings: Reading[];
  /** A message seems to be open and cannot be read. */
  problem?: FailureReason;
  /** The page was understood, and nothing in it is to be judged. */
  quiet?: boolean;
}

interface Banner {
  host: HTMLElement;
  /** Puts the text in; apart, so that screen readers see the region first. */
  fill(): void;
  /** Makes it small or opens it, unless the person has done either. */
  fold(folded: boolean): void;
}

/** What pressing one of our buttons does; whether it was done. */
type Act = (action: ViewAction) => Promise<boolean>;

interface FillOptions {
  /** Without it there are no buttons to press. */
  act?: Act;
  /** Whether it begins small; absent: it cannot be made small. */
  fold?: boolean;
  /** Whether the person was at our buttons before this banner took the place. */
  focus?: boolean;
}

interface Filled {
  fold(folded: boolean): void;
}

/**
 * covered: the mail lies over it. crushed: it has no room. faded: it can hardly be
 * made out. moved: it is out of the window, where nobody scrolls. clipped: something
 * around it is cut off. hidden: it is not drawn at all.
 */
type Obstacle = "covered" | "crushed" | "faded" | "moved" | "clipped" | "hidden";

interface PlacementParts {
  /** Writes to the page without taking notice of it. */
  ours(write: () => void): void;
  /** Called when the banner can no longer be kept visible, and when it can again. */
  hidden(hidden: boolean): void;
  /** The bodies of all open messages. */
  places(): Element[];
}

/** See content/stacking.js. */
interface Stacking {
  /** Keeps everything in the mail below the banner; again and again, where the page moves them. */
  keep(host: HTMLElement, place: Element): void;
  /** Takes from the page's root what holds for the top layer too. */
  free(host: HTMLElement): void;
  /** Leaves the page as it was. */
  release(): void;
}

interface Placement {
  readonly host: HTMLElement;
  /** Puts the banner back where it is missing, and on top where it is covered. */
  check(): void;
  remove(): void;
}

/** A message that was checked, as far as clicks in it are concerned. */
interface Judged {
  key: string;
  level: Level;
  /** The dangerous links' labels, by href. */
  marks: Map<string, string>;
  /** Whether every link was judged. */
  complete: boolean;
  /** The hrefs that were in the message when it was checked. */
  known: Set<string>;
  hrefAttributes: string[];
}

/** What a click in an open message is to know of it. */
interface Guarded {
  /** The message's; empty before it has one. */
  readonly key: string;
  /** What was found last. */
  readonly judged?: Judged;
  /** Whether the message is as it was when that was found. */
  readonly settled: boolean;
  /** Whether it could not be judged when that was last tried. */
  readonly failed: boolean;
  readonly hrefAttributes: string[];
  /**
   * Judges the message without any pause. undefined: there is no verdict to be had;
   * "free": it turned out that the click is none of our business.
   */
  settle(): Promise<Judged | "free" | undefined>;
}

/** A body that another mail may have left under a header. */
interface Left {
  /** The remote body's name; none for a body in the page. */
  body?: string;
  /** Whether the other mail was dangerous. */
  danger: boolean;
  /** It came just before this header, and maybe for it. */
  fresh: boolean;
}

/** One message that is open, and what became of it. */
interface OpenMessage {
  reading: Reading;

  // Kept by session.js and read by arrival.js: its body's arrival. Times are Date.now().
  /** When it was first seen, or its frame lost. */
  since: number;
  /** When its body was last seen changed. */
  changed: number;
  /** What the message before left in its place. */
  left?: Left;
  /** Names the body that the frame has to be read. */
  offered?: string;
  /** Since when. */
  offeredAt?: number;

  // Kept by judging.js: reading it, and the question about it.
  /** Its content is to be read (again). */
  stale: boolean;
  /** Its body has been at rest, or was not waited for. */
  rested: boolean;
  /** The change after which it was read early; where a body was left, since. */
  early?: number;
  /** Counts the readings. */
  turn: number;
  /** The reading or question under way. */
  work?: object;
  /** The question that an answer is waited for. */
  asked?: object;
  /** Its fingerprint, once it was asked about. */
  print?: string;
  /** How often the frame with its body has been asked about. */
  joined: number;
  /** How often in a row it was gone then. */
  lost: number;
  /** It could not be judged when that was last tried. */
  failed?: boolean;
  /** The hrefs that were read last. */
  known: Set<string>;
  /** Called when anything of this has changed. */
  waiting: Set<() => void>;

  /** What the background knows it by: inventory.js. */
  key?: string;

  // Kept by display.js: what was found, and where it is shown.
  view?: View;
  judged?: Judged;
  banner?: Banner;
  placement?: Placement;
}

/**
 * What is to be done about a message that was not read as it is now, and after how
 * many milliseconds that is to be asked again. call, join early, join, give up: of a
 * body in a frame of another origin.
 */
interface Step {
  act: "wait" | "read early" | "read" | "call" | "join early" | "join" | "give up";
  wait?: number;
}

interface Inventory {
  /** Tells which messages are open, when that has changed, and whether one waits for its first answer. */
  announce(): void;
  /** Whether the page seems to hold a message that cannot be read; said when it stays so. */
  note(problem: FailureReason | undefined): void;
  /** Gives a message its key, made of something that it may share with others. */
  name(message: OpenMessage, base: string): string;
  /** The background has forgotten, or is to hear it anew. */
  forget(): void;
}

interface Display {
  reveal(message: OpenMessage, view: View): void;
  /** Marks the links of a body that has changed. */
  mark(message: OpenMessage): void;
  /** Puts the banner back where the page has moved it. */
  check(message: OpenMessage): void;
  clear(message: OpenMessage): void;
  /** Everything is shown anew: whoever is at one of our buttons stays there. */
  attend(): void;
}

interface Judging {
  /** Reads a message, or asks about it, when it is time to. */
  consider(message: OpenMessage): void;
  /** Judges a message at once: somebody waits. */
  settle(message: OpenMessage): Promise<Judged | undefined>;
  /** Whether it was judged as it is now. */
  isSettled(message: OpenMessage): boolean;
  /** Tells those who wait that something has become of it. */
  tell(message: OpenMessage): void;
}

/** Clicks that wait for a verdict. */
interface Hold {
  take(event: Event, link: Element, message: Guarded): void;
  /** Whether the link's click is ours, done once more. */
  replays(link: Element): boolean;
  /** Whether the person was told that nobody can be asked about the link. */
  insisted(link: Element): boolean;
}

interface Note {
  /** Says something else, at once. */
  say(text: string): void;
  remove(): void;
}

interface ClickParts {
  document: Document;
  channel: Channel;
  /** The message that a node is in, if clicks in it are to be guarded. */
  guardOf(node: Node): Guarded | undefined;
  /** Writes to the page unnoticed by ourselves. */
  ours(write: () => void): void;
  /** What a click that waits is told. */
  word(name: "checking" | "unchecked"): string;
}

interface Clicks {
  /** Guards a further document, of a frame. */
  also(document: Document): void;
  stop(): void;
}

interface Channel {
  ask<T>(request: PageRequest): Promise<Answer<T>>;
  /** Keeps the background warm while mail is open. */
  open(): void;
  /** Starts the background where it rests: a mail may be opened. */
  wake(): void;
  /** Opens anew, whatever was open before. */
  reopen(): void;
  close(): void;
  /** Whether the extension is still there; false after an update or removal. */
  alive(): boolean;
}

/** Says when one piece of work has had its slice of time. */
interface Pace {
  due(): boolean;
  /** Gives the page its turn. */
  rest(): Promise<void>;
}

/** Whether something in the node has changed since the last time. */
type Touched = (node: Node) => boolean;

interface Watch {
  /** Watches a further document, of a frame. */
  also(document: Document): void;
  /** Writes to the page without taking notice of it. */
  ours(write: () => void): void;
  /** Before it calls back, nothing has changed for so long, in milliseconds; unless nothing ever rests. */
  readonly rest: number;
  /** Calls back before long, as if something had changed. */
  soon(): void;
  /** Whether there is something to call back about. */
  due(): boolean;
  /** Whether that is in a node. */
  touches(node: Node): boolean;
  /** Calls back at once. */
  now(): void;
  stop(): void;
}

/** One side of main.js: a page that is read, or a frame with a body alone. */
interface Side {
  guardOf(node: Node): Guarded | undefined;
  /** Writes to the page without taking notice of it. */
  ours(write: () => void): void;
  stop(): void;
}

interface Session extends Side {
  /** The rules have changed: everything is read anew. */
  refresh(hello: HelloAnswer): void;
  /** A frame of another origin has a body to be read; what names it says whether it is another. */
  joined(token: string, body: string): void;
  /** Such a frame is there, and wants to be called. */
  arrived(): void;
}

/** In the frame of a body whose header is in another frame. */
interface FrameSession extends Side {
  refresh(frame: BodyFrame, clickWarning: boolean): void;
  /** The body, for the background; undefined for a token that is not ours. */
  body(token: string): Promise<FrameBody | undefined>;
  /** What was found in the body that was handed over; without a view, that it could not be checked. */
  mark(notice: Extract<Notice, { type: "marks" }>): void;
}
