// Marks dangerous links where they stand: an outline and a ×, drawn so that
// nothing moves. The outline is an inline !important style, which no style sheet
// of the mail beats and which takes no room. The × is an element out of the flow,
// the last in its link, with a closed shadow root; it reaches to the side of the
// link's beginning and upwards only, where nothing can be scrolled to.
//
// A link without words is outlined at its pictures; an area, at the picture it
// belongs to; a link in a drawing, at the whole drawing: these have no outline of
// their own, or none that every browser draws.
//
// Marks are a help for the eye. The verdict is in the banner and the toolbar.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "marks")) return;
  const { dom, links, slices } = honmono;

  const outline = { outline: "2px solid #b3261e", "outline-offset": "1px" };
  const sheet = `
    :host { all: initial !important; position: absolute !important; display: inline !important;
      inline-size: 0 !important; block-size: 0 !important; overflow: visible !important; pointer-events: none !important; }
    span { position: absolute; inset-block-start: -12px; inset-inline-end: -2px; z-index: 1;
      font: bold 12px/15px sans-serif; inline-size: 15px; block-size: 15px; text-align: center; text-indent: 0;
      color: #fff; background: #b3261e; border-radius: 50%; box-shadow: 0 0 0 1px #fff; }`;

  /** @type {WeakMap<Element, { outlined: Element[], sign?: HTMLElement, body: Element }>} by link */
  const marked = new WeakMap();
  /** The marked links of a body. @type {WeakMap<Element, Set<Element>>} */
  const within = new WeakMap();
  /** @type {WeakMap<Element, { style: string | null, links: Set<Element> }>} by what is outlined */
  const outlined = new WeakMap();

  /** @type {WeakSet<Node>} */
  const signs = new WeakSet();

  /** The newest call for a body is the one that counts. @type {WeakMap<Element, object>} */
  const newest = new WeakMap();

  /**
   * Marks the links that have one of the hrefs; others lose their mark. In a mail
   * of many links that is done in slices.
   *
   * @param {Element} body
   * @param {LinkMark[]} marks
   * @param {string[]} hrefAttributes where the original href is, if not in href
   * @param {(write: () => void) => void} [ours] wraps each slice that writes
   */
  async function apply(body, marks, hrefAttributes, ours = (write) => write()) {
    const call = {};
    newest.set(body, call);
    const labels = new Map(marks.map(({ href, label }) => [href, label]));
    const all = links.all(body);
    const pace = slices.pace();
    for (let next = 0; next < all.length; ) {
      if (newest.get(body) !== call) return;
      ours(() => {
        do {
          const link = all[next++];
          const label = labels.get(links.href(link, hrefAttributes));
          if (label === undefined) unmark(link);
          else mark(link, label, body);
        } while (next < all.length && !pace.due());
      });
      if (next < all.length) await pace.rest();
    }
  }

  /**
   * @param {Element} link
   * @param {string} label
   * @param {Element} body
   */
  function mark(link, label, body) {
    const before = marked.get(link);
    const there = before?.sign === undefined || dom.contains(link, before.sign);
    if (before && there && before.outlined.every((target) => dom.connected(target) && isOutlined(target))) return;
    const targets = targetsOf(link, body);
    for (const target of targets) draw(target, link);
    const isAnchor = dom.name(link) === "a" && link instanceof HTMLElement;
    const sign = isAnchor ? (there && before?.sign) || signFor(dom.document(link), label) : undefined;
    marked.set(link, { outlined: targets, sign, body });
    within.get(body)?.add(link) ?? within.set(body, new Set([link]));
    if (sign && !dom.contains(link, sign)) link.append(sign);
  }

  /**
   * @param {Element} link
   * @param {Element} body
   */
  function targetsOf(link, body) {
    if (dom.name(link) === "area") {
      const map = dom.parent(link) && dom.closest(link, "map");
      const name = map ? dom.attribute(map, "name") || dom.attribute(map, "id") : "";
      return name ? dom.all(body, "img[usemap]").filter((img) => dom.attribute(img, "usemap") === `#${name}`) : [];
    }
    if (link.namespaceURI !== "http://www.w3.org/1999/xhtml") {
      let drawing = dom.closest(link, "svg");
      for (let up = drawing; up; up = dom.parent(up) && dom.closest(/** @type {Element} */ (dom.parent(up)), "svg")) drawing = up;
      return drawing ? [drawing] : [];
    }
    const pictures = dom.text(link, 1) === "" ? dom.all(link, "img, svg") : [];
    return pictures.length > 0 ? pictures : [link];
  }

  /** @param {Element} target */
  function isOutlined(target) {
    return /** @type {HTMLElement} */ (target).style.outlineStyle === "solid";
  }

  /**
   * @param {Element} target
   * @param {Element} link
   */
  function draw(target, link) {
    const before = outlined.get(target);
    if (before) before.links.add(link);
    else outlined.set(target, { style: target.getAttribute("style"), links: new Set([link]) });
    for (const [name, value] of Object.entries(outline)) {
      /** @type {HTMLElement} */ (target).style.setProperty(name, value, "important");
    }
  }

  /**
   * @param {Document} document
   * @param {string} label
   */
  function signFor(document, label) {
    const sign = document.createElement("span");
    signs.add(sign);
    const root = sign.attachShadow({ mode: "closed" });
    const style = document.createElement("style");
    style.textContent = sheet;
    const cross = document.createElement("span");
    cross.setAttribute("role", "img");
    cross.setAttribute("aria-label", label);
    cross.textContent = "×";
    root.append(style, cross);
    return sign;
  }

  /** @param {Element} link */
  function unmark(link) {
    const before = marked.get(link);
    if (!before) return;
    marked.delete(link);
    within.get(before.body)?.delete(link);
    before.sign?.remove();
    for (const target of before.outlined) {
      const drawn = outlined.get(target);
      drawn?.links.delete(link);
      if (!drawn || drawn.links.size > 0) continue;
      outlined.delete(target);
      restoreStyle(target, drawn.style);
    }
  }

  /**
   * @param {Element} element
   * @param {string | null} style
   */
  function restoreStyle(element, style) {
    if (style === null) element.removeAttribute("style");
    else element.setAttribute("style", style);
  }

  /** @param {Element} body */
  function clear(body) {
    newest.delete(body);
    for (const link of within.get(body) ?? []) {
      try {
        unmark(link);
      } catch {
        // Firefox lets nobody touch what was in a frame that is gone. Nobody sees it either.
      }
    }
  }

  /**
   * The style attribute that an element had before it was marked, so that the
   * detector reads the mail alone: null for none, undefined for one without a mark.
   * Marks are known by themselves; a name or a class to find them by could be used
   * by a mail to hide its own content.
   *
   * @param {Element} element
   */
  function original(element) {
    return outlined.get(element)?.style;
  }

  honmono.marks = { apply, clear, original, owns: (node) => signs.has(node) };
})();
