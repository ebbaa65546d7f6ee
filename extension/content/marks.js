// Marks dangerous links where they stand: an outline and a ×, drawn so that
// nothing moves. The × is an element of no size with a closed shadow root; the
// outline is an inline !important style, which no style sheet of the mail beats.
//
// Marks are a help for the eye. The verdict is in the banner and the toolbar.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "marks")) return;
  const { dom, slices } = honmono;

  const links = "a, area";
  const outline = { outline: "2px solid #b3261e", "outline-offset": "1px" };
  const sheet = `
    :host { all: initial !important; position: relative !important; display: inline-block !important;
      inline-size: 0 !important; block-size: 0 !important; overflow: visible !important; pointer-events: none !important; }
    span { position: absolute; inset-block-end: 8px; inset-inline-start: -14px; z-index: 1;
      font: bold 11px/16px sans-serif; inline-size: 16px; block-size: 16px; text-align: center;
      color: #fff; background: #b3261e; border-radius: 50%; }`;

  /** @type {WeakMap<Element, { style: string | null, sign: HTMLElement }>} by link */
  const marked = new WeakMap();
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
    const all = dom.all(body, links);
    const pace = slices.pace();
    for (let next = 0; next < all.length; ) {
      if (newest.get(body) !== call) return;
      ours(() => {
        do {
          const link = all[next++];
          const label = labels.get(hrefOf(link, hrefAttributes));
          if (label === undefined) unmark(link);
          else mark(link, label);
        } while (next < all.length && !pace.due());
      });
      if (next < all.length) await pace.rest();
    }
  }

  /**
   * @param {Element} link
   * @param {string[]} hrefAttributes
   */
  function hrefOf(link, hrefAttributes) {
    const holder = [...hrefAttributes, "href"].find((name) => dom.attribute(link, name) !== "");
    return holder ? dom.attribute(link, holder).trim() : "";
  }

  /**
   * @param {Element} link
   * @param {string} label
   */
  function mark(link, label) {
    const before = marked.get(link);
    if (before && dom.contains(link, before.sign)) return;
    const style = before ? before.style : link.getAttribute("style");
    for (const [name, value] of Object.entries(outline)) {
      /** @type {HTMLElement} */ (link).style.setProperty(name, value, "important");
    }
    const sign = signFor(link.ownerDocument, label);
    signs.add(sign);
    marked.set(link, { style, sign });
    if (link.localName === "a") link.prepend(sign);
  }

  /**
   * @param {Document} document
   * @param {string} label
   */
  function signFor(document, label) {
    const sign = document.createElement("span");
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
    before.sign.remove();
    restoreStyle(link, before.style);
  }

  /**
   * @param {Element} link
   * @param {string | null} style
   */
  function restoreStyle(link, style) {
    if (style === null) link.removeAttribute("style");
    else link.setAttribute("style", style);
  }

  /** @param {Element} body */
  function clear(body) {
    newest.delete(body);
    for (const link of dom.all(body, links)) unmark(link);
  }

  /**
   * The style attribute that a marked link had before, so that the detector reads
   * the mail alone: null for none, undefined for a link without a mark. Marks are
   * known by themselves; a name or a class to find them by could be used by a mail
   * to hide its own content.
   *
   * @param {Element} link
   */
  function original(link) {
    return marked.get(link)?.style;
  }

  honmono.marks = { apply, clear, original, owns: (node) => signs.has(node) };
})();
