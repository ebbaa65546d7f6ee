// Puts a banner where it is seen and keeps it there. A mail can draw over its
// surroundings, and a webmail re-renders what it likes: a banner that was taken
// out is put back, and one that the mail covers or that has no room is raised to
// the browser's top layer, above everything.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "placement")) return;
  const { dom } = honmono;

  /** A page that takes the banner out more often than this is not argued with. */
  const maxReturns = 20;
  /** Less than this is not to be read, in CSS pixels. */
  const minWidth = 120;
  const minHeight = 24;

  /**
   * @param {Banner} banner
   * @param {Reading} reading
   * @param {() => void} onLost called once when the banner cannot be kept
   * @returns {Placement}
   */
  function placement(banner, reading, onLost) {
    const { host } = banner;
    let returns = 0;
    let raised = false;
    let gone = false;

    /** @type {Anchor[]} the wanted place first */
    const anchors = [reading.anchor, { element: reading.place, place: "before" }];

    function insert() {
      for (const { element, place } of anchors) {
        if (!dom.connected(element)) continue;
        if (place === "prepend") element.prepend(host);
        else if (dom.parent(element)) element.before(host);
        else continue;
        return true;
      }
      return false;
    }

    function check() {
      if (gone) return;
      if (!dom.connected(host)) {
        if (!dom.connected(reading.place)) return;
        raised = false;
        if (++returns > maxReturns || !insert()) {
          gone = true;
          onLost();
          return;
        }
      }
      if (!raised && (isCrushed(host) || isCovered(host, reading))) raise();
    }

    function raise() {
      if (typeof host.showPopover !== "function") return;
      raised = true;
      host.popover = "manual";
      host.showPopover();
    }

    insert();
    // The region first, its text in the next frame, or it is not announced.
    setTimeout(() => {
      banner.fill();
      check();
    }, 50);
    setTimeout(check, 600);

    return {
      host,
      check,
      remove() {
        gone = true;
        host.remove();
      },
    };
  }

  /**
   * Without room or, through an ancestor, invisible. While the message's own
   * place is not shown either, nothing is wrong.
   *
   * @param {HTMLElement} host
   */
  function isCrushed(host) {
    const { width, height } = host.getBoundingClientRect();
    if (width === 0 && height === 0) return false;
    const seen = host.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
    return !seen || width < minWidth || height < minHeight;
  }

  /**
   * Whether the mail lies over the banner. The webmail's own menus and floating
   * bars may; they are no attack.
   *
   * @param {HTMLElement} host
   * @param {Reading} reading
   */
  function isCovered(host, { place }) {
    const { left, top, right, bottom } = host.getBoundingClientRect();
    const at = host.ownerDocument;
    const box = {
      left: Math.max(left, 0),
      top: Math.max(top, 0),
      right: Math.min(right, innerWidth),
      bottom: Math.min(bottom, innerHeight),
    };
    if (box.right - box.left < 8 || box.bottom - box.top < 8) return false;
    const xs = [0.1, 0.5, 0.9].map((part) => box.left + part * (box.right - box.left));
    const ys = [0.2, 0.5, 0.8].map((part) => box.top + part * (box.bottom - box.top));
    return xs.some((x) =>
      ys.some((y) => {
        const top = Document.prototype.elementFromPoint.call(at, x, y);
        return top !== null && top !== host && dom.contains(place, top);
      }),
    );
  }

  honmono.placement = placement;
})();
