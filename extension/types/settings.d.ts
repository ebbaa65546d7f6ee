// What the person and the administrator have chosen.

type Strictness = "quiet" | "normal" | "strict";

/** What is in force: the person's choices, and the administrator's over them. */
interface SettingsValue {
  /** auto: the browser's own. */
  language: "auto" | "ja" | "en";
  /** How early to warn; danger is shown at every one. */
  strictness: Strictness;
  /** Domains protected as a known company's are, in ASCII. */
  protectedDomains: string[];
  /** Addresses and domains of senders whose caution is shown quietly. */
  trustedSenders: string[];
  /** Hosts on which Honmono keeps still. */
  sitesOff: string[];
  /** The rule server's base URL; empty for the one of the package. */
  rulesURL: string;
  /** Verifier keys of who may sign rules; empty for those of the package. */
  rulesKeys: string[];
  /** The server that takes reports in place of the rule server; empty: the rule server. */
  reportURL: string;
  /** Where a report to the own organisation goes by mail; empty for nowhere. */
  reportAddress: string;
  /** Whether checked mails are counted on this device. */
  statistics: boolean;
  /** Whether a click on a dangerous link is asked about first. */
  clickWarning: boolean;
  /** The names of settings that the administrator keeps. */
  locked: string[];
}

/** What a person can choose: all but who locked it. */
type SettingsChoice = Omit<SettingsValue, "locked">;

type SettingsErrorCode =
  | "unknown"
  | "type"
  | "choice"
  | "domain"
  | "suffix"
  | "sender"
  | "host"
  | "url"
  | "insecure"
  | "key"
  | "private"
  | "address"
  | "many"
  | "long"
  | "locked"
  | "json"
  | "large"
  | "format"
  | "version";

/** One thing that is wrong with a value; its sentence is settings_error_<code>. */
interface SettingsProblem {
  code: SettingsErrorCode;
  /** The setting, or empty where it concerns all. */
  name: string;
  /** What was seen, cut short. */
  seen: string;
}

/** Everything there is to know, for the options page. */
interface SettingsState {
  value: SettingsValue;
  /** What the administrator gave of the lists that both add to. */
  managed: Partial<SettingsChoice>;
  /** Whether there is an administrator's policy at all. */
  isManaged: boolean;
  /** What of the policy was not understood, and so is not in force. */
  problems: SettingsProblem[];
}
