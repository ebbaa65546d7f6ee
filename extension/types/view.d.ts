// What the background hands to those who show a verdict: sentences in the
// person's language, nothing left to decide. Every text is plain text.

/** A host, cut where its owner's part begins: before + domain is the whole. */
interface HostParts {
  before: string;
  domain: string;
}

type LeadsOn = NonNullable<LinkVerdict["leadsOn"]>;

interface Reason {
  symbol: string;
  text: string;
  host?: HostParts;
}

interface LinkView {
  text: string;
  href: string;
  /** Absent where the link leads to no host. */
  host?: HostParts;
  /** The host leads on to a place that the link does not tell. */
  hidden?: LeadsOn;
  level: Level;
  /** Why, in the words of the findings that speak about this link. */
  notes: string[];
}

interface AdviceView {
  symbol: string;
  text: string;
}

/** The official way to find out: the brand's own app or site. */
interface OfficialView {
  text: string;
  /** An https address of the rules, to be opened by us and never from the mail. */
  url?: string;
  label?: string;
  /** The host of url. */
  host?: string;
  /** What is honestly to be said of that place. */
  note?: string;
}

/** Where a brand takes reports: https or a mailto without parameters. */
interface ReportPlace {
  name: string;
  url: string;
}

/** Whose message it is. */
interface Sender {
  address: string;
  /** The person or the administrator called the sender fine. */
  trusted: boolean;
  /** It was the person, by this very address: the banner offers the way back. */
  own: boolean;
}

type ViewAction = "guide" | "report" | "trust" | "untrust";

/** A link of the message that deserves a mark in the page. */
interface LinkMark {
  /** As the message holds it, spaces around it cut. */
  href: string;
  label: string;
}

interface View {
  level: Level;
  lang: "ja" | "en";
  title: string;
  /** Where the link goes that the title speaks of. */
  destination?: HostParts;
  /** The destination leads on to a place that the link does not tell. */
  hidden?: LeadsOn;
  /** At most three. */
  reasons: Reason[];
  more: Reason[];
  links: LinkView[];
  /** How many further links were left out. */
  linksLeftOut: number;
  advice: AdviceView[];
  official?: OfficialView;
  report?: ReportPlace;
  /** The brand claimed, as the reader knows it, or empty. */
  brand: string;
  /** A caution about a sender called fine: one line, nothing that presses. */
  quiet?: boolean;
  /** What is to be said about a sender called fine. */
  note?: string;
  /** What the person can do about it, by buttons. */
  actions: ViewAction[];
  marks: LinkMark[];
  /** Every link was judged, and every dangerous one is among the marks. */
  marksComplete: boolean;
  partial: boolean;
  /** The words around the sentences, by the keys of the message catalogue. */
  words: Record<string, string>;
}

/** Why a message has no verdict; its sentence is failure_<reason>. */
type FailureReason = "detector" | "timeout" | "unreadable" | "frame" | "invalid";
