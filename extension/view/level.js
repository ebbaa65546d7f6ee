/** What a verdict may say, the worst first. @type {readonly Level[]} */
export const levels = ["danger", "caution", "unknown", "ok"];

/**
 * For sorting, the worst first. A level that is not known yet stands with "unknown".
 *
 * @param {Level} a
 * @param {Level} b
 */
export function bySeverity(a, b) {
  return levels.indexOf(known(a)) - levels.indexOf(known(b));
}

/**
 * @param {Level} level as another version may have it
 * @returns {Level}
 */
export function known(level) {
  return levels.includes(level) ? level : "unknown";
}
