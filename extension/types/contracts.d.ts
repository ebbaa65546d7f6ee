// What crosses the border to the Go detector, under the names used here.
// wasm/honmono.d.ts is the mirror of the Go side, and a test holds it there.

type Level = import("../../wasm/honmono.d.ts").Level;
type Address = import("../../wasm/honmono.d.ts").Address;
type Authentication = import("../../wasm/honmono.d.ts").Authentication;
type Message = import("../../wasm/honmono.d.ts").Message;
type Verdict = import("../../wasm/honmono.d.ts").Verdict;
type Finding = import("../../wasm/honmono.d.ts").Finding;
type Evidence = import("../../wasm/honmono.d.ts").Evidence;
type LinkVerdict = import("../../wasm/honmono.d.ts").LinkVerdict;
type Advice = import("../../wasm/honmono.d.ts").Advice;
type Webmail = import("../../wasm/honmono.d.ts").Webmail;
type RulesInfo = import("../../wasm/honmono.d.ts").RulesInfo;
type PlanSection = import("../../wasm/honmono.d.ts").PlanSection;
type RulesPlan = import("../../wasm/honmono.d.ts").RulesPlan;
type DetectorDoor = import("../../wasm/honmono.d.ts").Door;
type DetectorMethods = import("../../wasm/honmono.d.ts").Methods;

/** One question to the detector; it rejects with a DetectorError. */
type Ask = <M extends keyof DetectorMethods>(
  method: M,
  request: DetectorMethods[M]["request"],
) => Promise<DetectorMethods[M]["answer"]>;

/** What `honmono pack` writes into config.json. */
interface Config {
  /** Where the rule server is; empty for none. */
  rulesURL: string;
  /** The keys that may sign rules, as the detector reads them. */
  rulesKeys: string[];
  /** Whether the first page opens at install; left out for yes. */
  welcome?: boolean;
}
