/**
 * The table that `make bench` ends in: what was measured, what it may be, and
 * whether it is.
 */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} measured
 * @property {number} [limit] none: told for what it is worth
 * @property {string} unit "×" for a ratio
 * @property {string} [note] what it was measured beside
 */

/** @typedef {{rows: Row[], skipped: string[]}} Part what one part has measured, and what it could not */

/** @param {Row} row */
function line({ name, measured, limit, unit, note = "" }) {
  const value = (/** @type {number} */ n) => (unit === "×" ? `× ${n.toFixed(2)}` : `${n.toFixed(n < 10 ? 2 : n < 100 ? 1 : 0)} ${unit}`);
  const met = limit === undefined ? "" : measured <= limit ? "yes" : "NO";
  return `${name.padEnd(52)} ${value(measured).padStart(11)}   ${(limit === undefined ? "–" : value(limit)).padStart(9)}   ${met.padEnd(4)} ${note}`;
}

/**
 * @param {Part[]} parts
 * @returns {string}
 */
export function table(parts) {
  const rows = parts.flatMap((p) => p.rows);
  const missed = rows.filter((r) => r.limit !== undefined && !(r.measured <= r.limit));
  return [
    `${"budget".padEnd(52)} ${"measured".padStart(11)}   ${"at most".padStart(9)}   met`,
    ...rows.map(line),
    ...parts.flatMap((p) => p.skipped).map((why) => `skipped: ${why}`),
    missed.length ? `${missed.length} of the budgets are missed` : "every budget is met",
  ].join("\n");
}

/**
 * The least of several measurements, in milliseconds: a machine that does other
 * work too makes things slower and never quicker.
 *
 * @param {number} times
 * @param {() => Promise<number>} measure
 */
export async function least(times, measure) {
  let best = Infinity;
  for (let i = 0; i < times; i++) best = Math.min(best, await measure());
  return best;
}
