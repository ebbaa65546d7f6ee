// Keeps a mail below the banner in the order of painting. What a mail draws over
// its surroundings — by place, by z-index, by a shadow, an outline or letters that
// overflow their box — is not all found by looking; but nothing in a stacking
// context of its own is painted over what lies above that context.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "stacking")) return;
  const { dom } = honmono;

  /**
   * The outermost element around the mail that the banner is not in. Inline
   * !important styles on it are beaten by no style sheet and no animation.
   *
   * @param {HTMLElement} host whose z-index is 1
   * @param {Element} place of the mail
   */
  function shellOf(host, place) {
    for (let e = place, up = dom.parent(e); up; e = up, up = dom.parent(e)) {
      if (dom.contains(up, host)) return /** @type {HTMLElement} */ (e);
    }
    return undefined;
  }

  /** @returns {Stacking} */
  function stacking() {
    /** @type {HTMLElement | undefined} */
    let shell;
    /** @type {{ name: string, value: string, priority: string }[]} */
    let before = [];

    function release() {
      const style = shell && dom.style(shell);
      for (const { name, value, priority } of before) {
        if (value) style?.setProperty(name, value, priority);
        else style?.removeProperty(name);
      }
      if (shell && dom.has(shell, "style") && dom.attribute(shell, "style") === "") dom.unset(shell, "style");
      shell = undefined;
      before = [];
    }

    /** @param {string} name @param {string} value */
    function set(name, value) {
      const style = shell && dom.style(shell);
      if (!style || (style.getPropertyValue(name) === value && style.getPropertyPriority(name) === "important")) return;
      if (!before.some((one) => one.name === name)) {
        before.push({ name, value: style.getPropertyValue(name), priority: style.getPropertyPriority(name) });
      }
      style.setProperty(name, value, "important");
    }

    return {
      keep(host, place) {
        const now = shellOf(host, place);
        if (now !== shell) {
          release();
          shell = now;
        }
        if (!shell) return;
        set("isolation", "isolate");
        if (Number(getComputedStyle(shell).zIndex) > 0) set("z-index", "auto");
      },
      release,
    };
  }

  honmono.stacking = stacking;
})();
