/**
 * Says when something was done, in the background's own performance timeline, where
 * the benchmarks read it (e2e/bench/banner.mjs). It costs a microsecond, and only the
 * last mark of each name is kept.
 *
 * @param {"program" | "instantiated" | "started" | "rules" | "index" | "check" | "checked"} name
 *   program: it is fetched. rules: they are restored and decoded. index: all that a
 *   check needs is built.
 */
export function mark(name) {
  performance.clearMarks(name);
  performance.mark(name);
}
