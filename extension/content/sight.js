// Whether a banner of ours can be seen by a person. What the page around it can do
// to it is looked for here, one kind after the other: by a mail's style sheet that
// the webmail lets through (reach.js), by the webmail's own doing, by chance.
//
// A banner that was merely scrolled away is seen; so is one under the webmail's
// own menus. Being wrong is cheap: the banner then stands in a corner of the window.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "sight")) return;
  const { dom } = honmono;

  /** Less than this is not to be read, in CSS pixels. */
  const minWidth = 120;
  const minHeight = 24;
  /** What is fainter than this is not noticed, as a part of full opacity. */
  const minOpacity = 0.6;
  /** In CSS pixels: its title and its first sentence. */
  const enough = 120;
  /** Screens that may lie between the banner and its mail. */
  const maxAway = 3;
  const fading = /opacity|blur|brightness|contrast|invert|url\(/;
  /** Drawn smaller than this part of its size, letters are hard to read. */
  const minScale = 0.6;

  /**
   * @param {HTMLElement} host
   * @param {Element} place of the mail
   * @param {boolean} raised whether it is in the top layer, out of reach of what is around it
   * @param {boolean} noticed whether it has been in the window before
   * @returns {Obstacle | undefined}
   */
  function sight(host, place, raised, noticed) {
    const view = host.ownerDocument.defaultView;
    if (!view || dom.area(host.ownerDocument.documentElement) === 0) return undefined;
    const rect = host.getBoundingClientRect();
    const { width, height } = rect;
    const shown = dom.shows(place);
    // While the mail is folded away, nothing is wrong.
    if (width === 0 && height === 0) return shown ? "hidden" : undefined;
    if (!shown && !raised) return undefined;
    if (width < minWidth || height < minHeight || isShrunk(host, rect)) return "crushed";
    if (!(host.checkVisibility?.({ visibilityProperty: true, contentVisibilityAuto: false }) ?? true)) return "hidden";
    if (!raised) {
      const around = surroundings(host, view);
      if (around) return around;
      if (isAway(rect, place, view)) return "moved";
    }
    const box = visiblePart(host, rect, view, raised);
    if (!raised && !noticed && !isEnough(box, rect) && isPassed(host, place, view)) return "moved";
    // Nobody scrolls to what is in the top layer.
    if (raised && (!box || box.right - box.left < minWidth || box.bottom - box.top < minHeight)) return "moved";
    return box && covering(host, place, box, raised);
  }

  /**
   * By zoom, or by a perspective that it was moved away in.
   *
   * @param {HTMLElement} host
   * @param {DOMRect} rect
   */
  function isShrunk(host, rect) {
    const { currentCSSZoom = 1 } = /** @type {HTMLElement & { currentCSSZoom?: number }} */ (host);
    return currentCSSZoom < minScale || rect.width < minScale * currentCSSZoom * host.offsetWidth;
  }

  /**
   * What the elements around the banner do to it.
   *
   * @param {HTMLElement} host
   * @param {Window & typeof globalThis} view
   * @returns {Obstacle | undefined}
   */
  function surroundings(host, view) {
    let opacity = 1;
    for (let e = dom.parent(host); e; e = dom.parent(e)) {
      const style = view.getComputedStyle(e);
      opacity *= Number(style.opacity);
      if (opacity < minOpacity || fading.test(style.filter)) return "faded";
      if (style.mixBlendMode && style.mixBlendMode !== "normal") return "faded";
      if (style.maskImage && style.maskImage !== "none") return "clipped";
      if (isDistorted(style, view)) return "crushed";
    }
    return undefined;
  }

  /**
   * Turned, mirrored or made small. Moving is another matter.
   *
   * @param {CSSStyleDeclaration} style
   * @param {Window & typeof globalThis} view
   */
  function isDistorted({ transform, rotate, scale }, view) {
    if (rotate && rotate !== "none") return true;
    if (scale && scale !== "none" && scale.split(" ").some((part) => !(Number(part) > 0.5))) return true;
    if (!transform || transform === "none") return false;
    const { a, b, c, d } = new view.DOMMatrix(transform);
    return a < 0.5 || d < 0.5 || Math.abs(b) > 0.1 || Math.abs(c) > 0.1;
  }

  /**
   * @param {DOMRect} rect
   * @param {Element} place
   * @param {Window} view
   */
  function isAway(rect, place, view) {
    const mail = dom.box(place);
    const sideways = rect.right < 8 || rect.left > view.innerWidth - 8;
    const mailSideways = mail.right < 8 || mail.left > view.innerWidth - 8;
    return (sideways && !mailSideways) || Math.abs(mail.top - rect.bottom) > maxAway * view.innerHeight;
  }

  /**
   * Whether so much of the banner is in the window that a person notices it.
   *
   * @param {Box | undefined} box that is in the window
   * @param {DOMRect} rect
   */
  function isEnough(box, rect) {
    return box !== undefined && box.bottom - box.top >= Math.min(rect.height / 2, enough);
  }

  /**
   * Whether the page stands at a later part of the mail: a mail can say where a page
   * begins (autofocus, scroll-initial-target), and nobody looks above that.
   *
   * @param {HTMLElement} host
   * @param {Element} place
   * @param {Window & typeof globalThis} view
   */
  function isPassed(host, place, view) {
    const { left, top, right, bottom } = dom.box(place);
    const part = visiblePart(host, { left, top, right, bottom }, view, false);
    return part !== undefined && top < part.top;
  }

  /**
   * @param {HTMLElement} host
   */
  function isNoticed(host) {
    const view = host.ownerDocument.defaultView;
    if (!view) return false;
    const rect = host.getBoundingClientRect();
    return isEnough(visiblePart(host, rect, view, false), rect);
  }

  /**
   * The part of the banner that is in the window and in what scrolls around it.
   *
   * @param {HTMLElement} host
   * @param {Box} rect of it, or of what stands beside it
   * @param {Window & typeof globalThis} view
   * @param {boolean} raised
   * @returns {Box | undefined}
   *
   * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
   */
  function visiblePart(host, rect, view, raised) {
    let box = within(rect, { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight });
    for (let e = raised ? null : dom.parent(host); e; e = dom.parent(e)) {
      if (e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1) continue;
      const { overflowX, overflowY } = view.getComputedStyle(e);
      if (/auto|scroll/.test(overflowX + overflowY) && e !== host.ownerDocument.scrollingElement) box = within(box, dom.box(e));
    }
    return box.right - box.left < 8 || box.bottom - box.top < 8 ? undefined : box;
  }

  /**
   * @param {Box} a
   * @param {Box} b
   * @returns {Box}
   */
  function within(a, b) {
    return {
      left: Math.max(a.left, b.left),
      top: Math.max(a.top, b.top),
      right: Math.min(a.right, b.right),
      bottom: Math.min(a.bottom, b.bottom),
    };
  }

  /**
   * What lies over the banner. The webmail's own menus may.
   *
   * @param {HTMLElement} host
   * @param {Element} place
   * @param {Box} box
   * @param {boolean} raised
   * @returns {Obstacle | undefined}
   */
  function covering(host, place, box, raised) {
    const xs = [0.1, 0.5, 0.9].map((part) => box.left + part * (box.right - box.left));
    const ys = [0.2, 0.5, 0.8].map((part) => box.top + part * (box.bottom - box.top));
    let own = 0;
    let around = 0;
    for (const x of xs) {
      for (const y of ys) {
        const top = Document.prototype.elementFromPoint.call(host.ownerDocument, x, y);
        if (top === host) own++;
        else if (top === null || dom.contains(top, host)) around++;
        else if (dom.contains(place, top)) return "covered";
      }
    }
    // What surrounds the banner is before it only where it is cut off, or where
    // content of its style sheet (::before) lies over it.
    if (own < around) return "clipped";
    return liesOver(place, box) ? "covered" : undefined;
  }

  /**
   * What lets the mouse through is not found by pointing at it. The mail is kept
   * below the banner (stacking.js) but for what it has in the top layer.
   *
   * @param {Element} place
   * @param {Box} box
   */
  function liesOver(place, box) {
    return dom.all(place, ":popover-open, dialog:modal").some((element) => {
      const { left, top, right, bottom } = dom.box(element);
      const over = Math.min(right, box.right) - Math.max(left, box.left) > 24 && Math.min(bottom, box.bottom) - Math.max(top, box.top) > 8;
      return over && getComputedStyle(element).pointerEvents === "none" && dom.visible(element);
    });
  }

  honmono.sight = Object.assign(sight, { isNoticed });
})();
