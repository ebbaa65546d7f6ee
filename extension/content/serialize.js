// Writes a mail's body as HTML, as the mail had it: links that the webmail
// rewrote get their originals back, and our own marks are left out. innerHTML
// would do the same in one go, after a copy of everything; this one can stop
// anywhere and let the page have its turn.
//
// What is written parses to the same tree (HTML Standard, 13.3 "Serializing HTML
// fragments"). The walk knows no recursion: a mail nests as deep as it likes.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "serialize")) return;
  const { dom, links, marks, note, slices } = honmono;

  const html = "http://www.w3.org/1999/xhtml";
  const empty = new Set("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split(" "));
  const manyParts = 20_000;
  /** Their text is written as it is. */
  const raw = new Set("style script xmp iframe noembed noframes plaintext noscript".split(" "));

  /**
   * @param {Element} root
   * @param {object} o
   * @param {boolean} o.outer with the root's own tags
   * @param {string[]} o.hrefAttributes where a link's original may be
   * @param {number} o.limit characters; beyond, the rest is left out
   * @param {Set<string>} [o.known] takes the hrefs that were read
   * @returns {Promise<{ text: string, whole: boolean } | undefined>} undefined
   *   where the body was taken apart meanwhile: it is another one by now
   */
  async function serialize(root, { outer, hrefAttributes, limit, known }) {
    const pace = slices.pace();
    /** @type {string[]} */
    const parts = [];
    let length = 0;
    /** @param {string} text */
    const write = (text) => {
      parts.push(text);
      length += text.length;
    };
    /** @type {Node | null} */
    let node = outer ? root : dom.tree.first(root);
    while (node && length <= limit) {
      if (pace.due()) await pace.rest();
      const inside = marks.owns(node) || note.owns(node) ? null : begin(node, write, hrefAttributes, known);
      if (inside) {
        node = inside;
        continue;
      }
      while (node && node !== root && !dom.tree.next(node)) {
        node = dom.tree.parent(node);
        if (node && (node !== root || outer)) end(node, write);
      }
      if (!node) return undefined;
      if (node === root) break;
      node = dom.tree.next(node);
    }
    // Joining them is work of its own.
    if (parts.length > manyParts) await pace.rest();
    return { text: parts.join("").slice(0, limit), whole: length <= limit };
  }

  /**
   * Writes a node up to its first child, which it returns, or the whole node.
   *
   * @param {Node} node
   * @param {(text: string) => void} write
   * @param {string[]} hrefAttributes
   * @param {Set<string>} [known]
   * @returns {Node | null}
   */
  function begin(node, write, hrefAttributes, known) {
    switch (dom.tree.type(node)) {
      case Node.ELEMENT_NODE:
        break;
      case Node.TEXT_NODE:
        write(isRaw(dom.tree.parent(node)) ? dom.tree.value(node) : escapeText(dom.tree.value(node)));
        return null;
      case Node.COMMENT_NODE:
        write(`<!--${dom.tree.value(node)}-->`);
        return null;
      default:
        return null;
    }
    const element = /** @type {Element} */ (node);
    const name = dom.tree.name(element);
    if (name === "template") {
      write(dom.tree.outer(element));
      return null;
    }
    if (known && links.leads(element)) known.add(links.href(element, hrefAttributes));
    write(`<${name}${attributes(element, name, hrefAttributes)}>`);
    const inside = dom.tree.first(node);
    if (!inside) end(node, write);
    return inside;
  }

  /**
   * @param {Node} node
   * @param {(text: string) => void} write
   */
  function end(node, write) {
    const name = dom.tree.name(/** @type {Element} */ (node));
    if (!empty.has(name) || !isHTML(node)) write(`</${name}>`);
  }

  /**
   * @param {Element} element
   * @param {string} name
   * @param {string[]} hrefAttributes
   */
  function attributes(element, name, hrefAttributes) {
    const isLink = name === "a" || name === "area";
    const style = marks.original(element);
    const source = isLink ? hrefAttributes.find((other) => dom.attribute(element, other) !== "") : undefined;
    let text = "";
    for (const attribute of dom.tree.attributes(element)) {
      // In the place it had: the mail reads the same with our mark and without.
      const value = attribute.name === "style" && style !== undefined ? style : attribute.value;
      if (value === null || (source && attribute.name === "href")) continue;
      text += ` ${attribute.name}="${escapeAttribute(value)}"`;
    }
    if (source) text += ` href="${escapeAttribute(dom.attribute(element, source))}"`;
    return text;
  }

  /** @param {Node | null} node */
  function isRaw(node) {
    return node !== null && raw.has(dom.tree.name(/** @type {Element} */ (node))) && isHTML(node);
  }

  /** @param {Node} node */
  function isHTML(node) {
    return dom.tree.namespace(/** @type {Element} */ (node)) === html;
  }

  /** @param {string} text */
  function escapeText(text) {
    return /[&<>\u00a0]/.test(text)
      ? text.replace(/&/g, "&amp;").replace(/\u00a0/g, "&nbsp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
      : text;
  }

  /** @param {string} text */
  function escapeAttribute(text) {
    return /[&"<>\u00a0]/.test(text) ? escapeText(text).replace(/"/g, "&quot;") : text;
  }

  honmono.serialize = serialize;
})();
