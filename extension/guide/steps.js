// What to do after a click, in the order in which it is to be done: first what
// stops the harm, then what limits it, then who is to be told. A step's words are
// the messages guide_step_<id> and guide_step_<id>_how; a form for one country
// has the country at its end (guide_step_bank_how_uk).

/** How far it went; several may be true. The words are guide_stage_<stage>. */
export const stages = /** @type {const} */ (["opened", "password", "card", "paid", "attachment"]);

/** @typedef {typeof stages[number]} Stage */

/**
 * @typedef {object} Step
 * @property {string} id never reused: ticks are remembered by it
 * @property {readonly Stage[]} after which stages
 * @property {string[]} [places] who to turn to, of all countries
 * @property {boolean} [official] whether the brand's own place belongs to it
 * @property {boolean} [report] whether the brand's place for reports belongs to it
 */

const harmed = /** @type {const} */ (["password", "card", "paid", "attachment"]);

/** @type {Step[]} */
export const steps = [
  { id: "offline", after: ["attachment"] },
  { id: "close", after: stages },
  { id: "hangup", after: ["paid"] },
  { id: "password", after: ["password"], official: true },
  { id: "reused", after: ["password"] },
  { id: "card", after: ["card"] },
  { id: "bank", after: ["paid"], places: ["uk_bank"] },
  { id: "work", after: ["password", "attachment"] },
  { id: "twofactor", after: ["password"] },
  { id: "orders", after: ["password", "card"], official: true },
  { id: "scan", after: ["attachment"], places: ["jp_ipa"] },
  { id: "elsewhere", after: ["attachment"] },
  { id: "statement", after: ["card", "paid"] },
  { id: "watch", after: ["opened"] },
  { id: "evidence", after: harmed },
  { id: "police", after: harmed, places: ["jp_police", "us_ic3", "uk_fraud", "uk_scotland", "ca_cafc", "au_cyber"] },
  { id: "consumer", after: ["password", "card", "paid"], places: ["jp_consumer", "us_ftc", "us_identity", "au_idcare", "other_econsumer"] },
  { id: "national", after: stages, places: ["jp_antiphishing", "jp_dekyo", "us_apwg", "uk_ncsc", "au_scamwatch"] },
  { id: "brand", after: stages, report: true },
];

/**
 * The steps for what happened, each once, in their order.
 *
 * @param {readonly string[]} happened stages
 */
export function stepsFor(happened) {
  return steps.filter(({ after }) => after.some((stage) => happened.includes(stage)));
}
