// The content scripts' one namespace. Each file adds its part; the order of the
// files is the order in manifest.json.

interface Honmono {
  started: boolean;
  dom: {
    all(root: Document | Element, selector: string): Element[];
    /** The same without an array of them. */
    list(root: Document | Element, selector: string): ArrayLike<Element> & Iterable<Element>;
    /** The first so many of them. */
    some(root: Document | Element, selector: string, limit: number): Element[];
    /** Searches outside of some elements, without going through what is in them. */
    outside(places: Element[]): (root: Element, selector: string) => Element[];
    first(root: Document | Element, selectors: string[] | undefined): Element | undefined;
    matches(element: Element, selectors: string[] | undefined): boolean;
    closest(element: Element, selector: string): Element | null;
    closestOf(element: Element, selectors: string[] | undefined): Element | undefined;
    contains(outer: Node, inner: Node): boolean;
    precedes(earlier: Node, later: Node): boolean;
    attribute(element: Element, name: string): string;
    has(element: Element, name: string): boolean;
    attributes(element: Element): string[];
    /** The local name, which a form's own field could hide. */
    name(element: Element): string;
    /** What its addresses are relative to. */
    base(element: Element): string;
    document(element: Element): Document;
    isElement(node: unknown): boolean;
    text(node: Node, limit: number): string;
    /** With single blanks, and cut. */
    tidy(text: string, limit: number): string;
    parent(node: Node): Element | null;
    prepend(element: Element, node: Node): void;
    before(element: Element, node: Node): void;
    style(element: HTMLElement): CSSStyleDeclaration;
    /** Takes an attribute away. */
    unset(element: Element, name: string): void;
    visible(element: Element): boolean;
    /** Whether it, or something in it, is visible. */
    shows(element: Element): boolean;
    /** In CSS pixels², of what is in it where it has no box of its own. */
    extent(element: Element): number;
    /** Whether there is nothing to be read in it. */
    blank(root: Node): boolean;
    /** Whether more elements than that are in an element. */
    exceeds(root: Element, count: number): boolean;
    /** A node's own neighbours and names, whatever the mail calls its elements. */
    tree: {
      first(node: Node): Node | null;
      next(node: Node): Node | null;
      parent(node: Node): Node | null;
      type(node: Node): number;
      value(node: Node): string;
      name(element: Element): string;
      namespace(element: Element): string;
      attributes(element: Element): NamedNodeMap;
      outer(element: Element): string;
    };
    editable(element: Element): boolean;
    area(element: Element): number;
    box(element: Element): DOMRect;
    height(element: Element): number;
    frameWindow(frame: Element): Window | null;
    frameDocument(frame: Element): Document | null;
    connected(node: Node): boolean;
  };
  address: {
    parse(text: string): Address;
    find(text: string): string;
  };
  header: {
    sender(element: Element, adapter: Pick<Webmail, "senderAddress" | "senderName">): Address;
    subject(element: Element, adapter: Pick<Webmail, "subjectSkip">): string;
    addressIn(element: Element): string;
  };
  adapter: {
    choose(adapters: Webmail[], document: Document): Webmail | undefined;
    find(adapter: Webmail, document: Document, url: string): Findings;
  };
  slot: {
    /** search: outside of all places. undefined where nobody can be named as sender. */
    read(adapter: Webmail, document: Document, slot: Slot, places: Element[], search: ReturnType<Honmono["dom"]["outside"]>, folder: Reading["folder"]): Reading | undefined;
  };
  fallback: {
    find(document: Document): Findings;
    /** The open message whose body says by its role or name that it is one. */
    marked(document: Document): Reading | undefined;
  };
  links: {
    /** Every link of a body. */
    all(body: Element): ArrayLike<Element>;
    is(element: Element): boolean;
    href(element: Element, hrefAttributes: string[]): string;
    hrefNames(element: Element): string[];
    animated(element: Element): string | undefined;
    resolved(element: Element): string;
    text(element: Element, limit: number): string;
    /** Whether it leads somewhere, as forms do too. */
    leads(element: Element): boolean;
  };
  intent: {
    /** The link or form that an event is about. */
    linkIn(event: Event): Element | undefined;
    wayOf(event: Event, link: Element): Way;
    /** What the background is to know of a link, as it is now. */
    about(link: Element, message: Pick<Guarded, "hrefAttributes">): Pick<FollowRequest, "href" | "url" | "text">;
    /** What a verdict says about clicks. known: the hrefs that were read. */
    judged(key: string, view: Pick<View, "level" | "marks" | "marksComplete">, known: Set<string>, hrefAttributes: string[]): Judged;
    /** Why a link must not simply be opened; undefined if it may. */
    doubt(link: Element, message: Judged): StopReason | undefined;
  };
  replay(event: Event, link: Element): () => boolean;
  note: ((link: Element, at: { clientX?: number; clientY?: number }, text: string, ours: (write: () => void) => void) => Note) & {
    owns(node: Node): boolean;
  };
  hold(parts: Omit<ClickParts, "document">): Hold;
  clicks(parts: ClickParts): Clicks;
  marks: {
    apply(body: Element, marks: LinkMark[], hrefAttributes: string[], ours?: (write: () => void) => void): Promise<void>;
    clear(body: Element): void;
    /** The style attribute that an element had before it was marked; undefined for one without a mark. */
    original(element: Element): string | null | undefined;
    owns(node: Node): boolean;
  };
  structure: {
    find(main: Element, senders: Element[]): { holder: Element; place: Element; sender: Element }[];
    addressed(root: Element, senders: string): Element[];
    written(root: Element): Element[];
  };
  slices: { pace(): Pace };
  authentication: {
    /** heads finds elements of the message's own header. */
    read(adapter: Webmail, heads: (selector: string) => Element[], sender: Element): Authentication;
  };
  serialize(
    root: Element,
    options: { outer: boolean; hrefAttributes: string[]; limit: number; /** takes the hrefs that were read */ known?: Set<string> },
  ): Promise<{ text: string; whole: boolean } | undefined>;
  reading: {
    head(reading: Reading): Message;
    message(reading: Reading, known?: Set<string>): Promise<Message | undefined>;
    bodyOf(body: Element, hrefAttributes: string[], known?: Set<string>): Promise<{ text: string; whole: boolean } | undefined>;
    fingerprint(message: Message): string;
    key(reading: Reading, fingerprint: string): string;
    maxHTML: number;
  };
  channel(): Channel;
  parts: {
    fill(root: HTMLElement, view: View, options?: FillOptions): Filled;
    host(parts: HostParts): HTMLElement;
    element(name: string, className: string, text?: string): HTMLElement;
    icon(level: Level): SVGElement;
  };
  banner: {
    create(view: View, css: string, options?: FillOptions): Banner;
    owns(node: Node): boolean;
  };
  /** Whether the mail's own style sheets find anything of the page around it. */
  reach(place: Element, places: () => Element[]): Promise<boolean>;
  stacking(): Stacking;
  /** Why a banner cannot be seen; undefined if it can, or could be scrolled to. */
  sight: {
    (host: HTMLElement, place: Element, raised: boolean, noticed: boolean): Obstacle | undefined;
    /** Whether enough of it is in the window. */
    isNoticed(host: HTMLElement): boolean;
  };
  placement(banner: Banner, reading: Reading, parts: PlacementParts): Placement;
  watch(document: Document, changed: (touched: Touched) => void): Watch;
  same: {
    message(a: Reading, b: Reading): boolean;
    /** Whether both say the same of themselves. */
    claim(a: Reading, b: Reading): boolean;
    /** What may come later, or be folded away, in the head of the same message. */
    head(a: Reading, b: Reading): boolean;
    /** Whether b is a with something added that was missing. */
    withMore(a: Reading, b: Reading): boolean;
  };
  relay: {
    /** The token of a body's frame, which is told it (again). */
    call(place: Element, hosts: string[]): string;
    /** Forgets the token: the next call is about another message. */
    renew(place: Element): void;
    /** The token it was told. */
    token(place: Element): string | undefined;
  };
  /** When the body of an open message is there to be judged. */
  arrival: {
    /** When a body may be taken for whole, if nothing of it changes until then: Date.now() at that time. */
    whole(body: Element, changed: number, since: number): number;
    next(message: OpenMessage): Step;
    /** What one message left in the place of another. */
    leftBy(before: OpenMessage, reading: Reading, touched: Touched): Left | undefined;
    /** Whether its body is not there yet, or is not its own. */
    isMissing(message: OpenMessage): boolean;
  };
  /** later: looks at the page before long. */
  inventory(parts: { channel: Channel; messages: () => OpenMessage[]; later: () => void }): Inventory;
  display(parts: { channel: Channel; messages: () => OpenMessage[]; ours: Watch["ours"]; css: () => string }): Display;
  judging(parts: { channel: Channel; isOpen: (message: OpenMessage) => boolean; later: () => void; display: Display; inventory: Inventory }): Judging;
  bodyFrame(parts: { document: Document; channel: Channel; frame: BodyFrame; clickWarning: boolean }): FrameSession;
  /** also: guards the clicks in a further document. */
  session(parts: { document: Document; url: () => string; channel: Channel; hello: HelloAnswer; also(document: Document): void }): Session;
}

declare var honmono: Honmono;
