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

  /**
   * What the page's root does to everything in the document, the top layer included.
   * Firefox draws that through the root's filter, and zoom holds for all descendants.
   */
  const neutral = { filter: "none", zoom: "1" };

  /** @returns {Stacking} */
  function stacking() {
    const shell = styled();
    const root = styled();

    return {
      keep(host, place) {
        const now = shellOf(host, place);
        shell.at(now);
        if (!now) return;
        shell.set("isolation", "isolate");
        if (Number(getComputedStyle(now).zIndex) > 0) shell.set("z-index", "auto");
      },
      free(host) {
        const top = host.ownerDocument.documentElement;
        root.at(top);
        const style = getComputedStyle(top);
        for (const [name, value] of Object.entries(neutral)) {
          const now = style.getPropertyValue(name);
          if (now && now !== value) root.set(name, value);
        }
      },
      release() {
        shell.at(undefined);
        root.at(undefined);
      },
    };
  }

  /** Inline styles of an element that is not ours, which are put back. */
  function styled() {
    /** @type {HTMLElement | undefined} */
    let element;
    /** @type {{ name: string, value: string, priority: string }[]} */
    let before = [];

    function restore() {
      const style = element && dom.style(element);
      for (const { name, value, priority } of before) {
        if (value) style?.setProperty(name, value, priority);
        else style?.removeProperty(name);
      }
      if (element && dom.has(element, "style") && dom.attribute(element, "style") === "") dom.unset(element, "style");
      before = [];
    }

    return {
      /** @param {HTMLElement | undefined} now */
      at(now) {
        if (now === element) return;
        restore();
        element = now;
      },
      /** @param {string} name @param {string} value */
      set(name, value) {
        const style = element && dom.style(element);
        if (!style || (style.getPropertyValue(name) === value && style.getPropertyPriority(name) === "important")) return;
        if (!before.some((one) => one.name === name)) {
          before.push({ name, value: style.getPropertyValue(name), priority: style.getPropertyPriority(name) });
        }
        style.setProperty(name, value, "important");
      },
    };
  }

  honmono.stacking = stacking;
})();
