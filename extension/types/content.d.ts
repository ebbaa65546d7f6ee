// The content scripts' one namespace. Each file adds its part; the order of the
// files is the order in manifest.json.

/** One open message, found in the page. */
interface Reading {
  webmail: string;
  /** The message's element: the banner belongs to it. */
  element: Element;
  /** What stands for the body in the page: the body, or the frame that holds it. */
  place: Element;
  body: Element;
  from: Address;
  replyTo?: Address;
  subject: string;
  mailbox: string;
  mailedBy: string;
  attachments: string[];
  clipped: boolean;
  folder: "inbox" | "spam" | "sent" | "drafts";
  /** The webmail's own id of the message, or empty. */
  id: string;
  anchor: Anchor;
  hrefAttributes: string[];
}

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
}

interface Placement {
  readonly host: HTMLElement;
  /** Puts the banner back where it is missing, and on top where it is covered. */
  check(): void;
  remove(): void;
}

interface Channel {
  ask<T>(request: PageRequest): Promise<Answer<T>>;
  /** Keeps the background warm while mail is open. */
  open(): void;
  /** Opens anew, whatever was open before. */
  reopen(): void;
  close(): void;
  /** Whether the extension is still there; false after an update or removal. */
  alive(): boolean;
}

interface Honmono {
  started: boolean;
  dom: {
    all(root: Document | Element, selector: string): Element[];
    first(root: Document | Element, selectors: string[] | undefined): Element | undefined;
    matches(element: Element, selectors: string[] | undefined): boolean;
    closest(element: Element, selector: string): Element | null;
    closestOf(element: Element, selectors: string[] | undefined): Element | undefined;
    contains(outer: Node, inner: Node): boolean;
    precedes(earlier: Node, later: Node): boolean;
    attribute(element: Element, name: string): string;
    text(node: Node, limit: number): string;
    parent(node: Node): Element | null;
    visible(element: Element): boolean;
    editable(element: Element): boolean;
    area(element: Element): number;
    frameDocument(frame: Element): Document | null;
    connected(node: Node): boolean;
  };
  address: {
    parse(text: string): Address;
    find(text: string): string;
  };
  header: {
    sender(element: Element, adapter: Pick<Webmail, "senderAddress" | "senderName">): Address;
    addressIn(element: Element): string;
  };
  adapter: {
    choose(adapters: Webmail[], document: Document): Webmail | undefined;
    find(adapter: Webmail, document: Document, url: string): Findings;
  };
  fallback: {
    find(document: Document): Findings;
  };
  marks: {
    apply(body: Element, marks: LinkMark[], hrefAttributes: string[]): void;
    clear(body: Element): void;
    /** Takes our marks out of a copy of the body. */
    clean(body: Element, copy: Element): void;
    owns(node: Node): boolean;
  };
  reading: {
    message(reading: Reading): Message;
    fingerprint(message: Message): string;
    key(reading: Reading, fingerprint: string): string;
    maxHTML: number;
  };
  channel(): Channel;
  parts: {
    fill(root: HTMLElement, view: View): void;
    host(parts: HostParts): HTMLElement;
    element(name: string, className: string, text?: string): HTMLElement;
    icon(level: Level): SVGElement;
  };
  banner: {
    create(view: View, css: string): Banner;
    owns(node: Node): boolean;
  };
  placement(banner: Banner, reading: Reading, onLost: () => void): Placement;
  watch(document: Document, changed: (touched: Touched) => void): Watch;
  session(parts: { document: Document; url: () => string; channel: Channel; hello: HelloAnswer }): Session;
}

/** Whether something in the node has changed since the last time. */
type Touched = (node: Node) => boolean;

interface Watch {
  /** Watches a further document, of a frame. */
  also(document: Document): void;
  /** Writes to the page without taking notice of it. */
  ours(write: () => void): void;
  /** Calls back before long, as if something had changed. */
  soon(): void;
  stop(): void;
}

interface Session {
  /** The rules have changed: everything is read anew. */
  refresh(hello: HelloAnswer): void;
  stop(): void;
}

declare var honmono: Honmono;
