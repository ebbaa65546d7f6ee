// Notices changes of the page: one observer for all, and one look at the page
// for any number of changes. A page that never stops changing is looked at all
// the same, only not more often.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "watch")) return;
  const { dom } = honmono;

  /** Milliseconds: after a change it may rest this long, and never wait longer than that. */
  const rest = 150;
  const patience = 700;
  const idleLimit = 300;
  /** From so many changed places on, everything counts as changed. */
  const maxTargets = 400;

  /** What opening, folding and re-using a message does to its elements. */
  const options = {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: [
      "action", "alt", "aria-expanded", "aria-hidden", "aria-label", "class", "data-expanded", "email", "formaction", "hidden", "href",
      "name", "src", "title", "xlink:href",
    ],
  };

  /**
   * @param {Document} document
   * @param {(touched: Touched) => void} changed
   * @returns {Watch}
   */
  function watch(document, changed) {
    /** @type {Set<Node>} */
    let targets = new Set();
    /** @type {WeakSet<Document>} */
    const watched = new WeakSet();
    let timer = 0;
    let first = 0;

    const observer = new MutationObserver(collect);

    /** @param {MutationRecord[]} records */
    function collect(records) {
      for (const { target } of records) {
        if (targets.size > maxTargets) break;
        targets.add(target);
      }
      if (records.length > 0) schedule();
    }

    function schedule() {
      const now = Date.now();
      if (timer === 0) first = now;
      clearTimeout(timer);
      timer = setTimeout(look, Math.max(0, Math.min(rest, first + patience - now)));
    }

    function look() {
      if (typeof requestIdleCallback === "function") requestIdleCallback(report, { timeout: idleLimit });
      else report();
    }

    function report() {
      clearTimeout(timer);
      timer = 0;
      const seen = targets;
      targets = new Set();
      const everything = seen.size > maxTargets;
      changed((node) => everything || [...seen].some((target) => dom.contains(node, target)));
    }

    /** @param {Document} other */
    function also(other) {
      if (watched.has(other)) return;
      watched.add(other);
      observer.observe(other, options);
    }

    also(document);
    return {
      also,
      rest,
      soon: schedule,
      due() {
        collect(observer.takeRecords());
        return timer !== 0;
      },
      touches(node) {
        collect(observer.takeRecords());
        return targets.size > maxTargets || [...targets].some((target) => dom.contains(node, target));
      },
      now: report,
      ours(write) {
        collect(observer.takeRecords());
        write();
        observer.takeRecords();
      },
      stop() {
        clearTimeout(timer);
        observer.disconnect();
      },
    };
  }

  honmono.watch = watch;
})();
