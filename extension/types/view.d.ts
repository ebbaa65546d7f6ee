// What the background hands to those who show a verdict: sentences in the
// person's language, nothing left to decide. Every text is plain text.

/** A host, cut where its owner's part begins: before + domain is the whole. */
interface HostParts {
  before: string;
  domain: string;
}

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
  level: Level;
  /** Why, in the words of the findings that speak about this link. */
  notes: string[];
}

interface AdviceView {
  symbol: string;
  text: string;
  /** An https address of the brand, to be opened by us and never from the mail. */
  url?: string;
  label?: string;
}

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
  /** At most three. */
  reasons: Reason[];
  more: Reason[];
  links: LinkView[];
  /** How many further links were left out. */
  linksLeftOut: number;
  advice: AdviceView[];
  marks: LinkMark[];
  partial: boolean;
  /** The words around the sentences, by the keys of the message catalogue. */
  words: Record<string, string>;
}

/** Why a message has no verdict; its sentence is failure_<reason>. */
type FailureReason = "detector" | "timeout" | "unreadable" | "frame" | "invalid";
