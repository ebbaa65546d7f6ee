// Reading the page without being misled by it. A mail may name its elements so
// that they hide the methods of the document or of a form around them
// (<img name="querySelectorAll">), in our world too; so methods and properties
// are taken from the prototypes, never from the element.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "dom")) return;

  /**
   * @param {object} prototype
   * @param {string} name
   * @returns {(self: any, ...rest: any[]) => any}
   */
  const method = (prototype, name) => {
    const { value, get } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
    const code = value ?? get ?? (() => undefined);
    return (self, ...rest) => Reflect.apply(code, self, rest);
  };

  const nodeType = method(Node.prototype, "nodeType");
  const byTagName = method(Element.prototype, "getElementsByTagName");
  const nth = method(HTMLCollection.prototype, "item");
  const queryDocument = method(Document.prototype, "querySelectorAll");
  const queryElement = method(Element.prototype, "querySelectorAll");
  const firstInDocument = method(Document.prototype, "querySelector");
  const firstInElement = method(Element.prototype, "querySelector");
  const getAttribute = method(Element.prototype, "getAttribute");
  const hasAttribute = method(Element.prototype, "hasAttribute");
  const attributeNames = method(Element.prototype, "getAttributeNames");
  const localName = method(Element.prototype, "localName");
  const baseURI = method(Node.prototype, "baseURI");
  const ownerDocument = method(Node.prototype, "ownerDocument");
  const matchesOne = method(Element.prototype, "matches");
  const closestOne = method(Element.prototype, "closest");
  const contains = method(Node.prototype, "contains");
  const position = method(Node.prototype, "compareDocumentPosition");
  const prepend = method(Element.prototype, "prepend");
  const before = method(Element.prototype, "before");
  const removeAttribute = method(Element.prototype, "removeAttribute");
  const styleOf = method(HTMLElement.prototype, "style");
  const textContent = method(Node.prototype, "textContent");
  const parentElement = method(Node.prototype, "parentElement");
  const isConnected = method(Node.prototype, "isConnected");
  const rectOf = method(Element.prototype, "getBoundingClientRect");
  const rectsOf = method(Element.prototype, "getClientRects");
  const checkVisibility = method(Element.prototype, "checkVisibility");
  const hasCheck = "checkVisibility" in Element.prototype;
  const contentDocument = method(HTMLIFrameElement.prototype, "contentDocument");
  const contentWindow = method(HTMLIFrameElement.prototype, "contentWindow");
  const firstChild = method(Node.prototype, "firstChild");
  const nextSibling = method(Node.prototype, "nextSibling");
  const parentNode = method(Node.prototype, "parentNode");
  const nodeValue = method(Node.prototype, "nodeValue");
  const tagName = method(Element.prototype, "localName");
  const namespaceURI = method(Element.prototype, "namespaceURI");
  const attributesOf = method(Element.prototype, "attributes");
  const outerHTML = method(Element.prototype, "outerHTML");

  /**
   * A selector comes from the rules; one that this browser does not know finds
   * nothing and spoils nothing.
   *
   * @param {Document | Element} root
   * @param {string} selector
   * @returns {Element[]}
   */
  function all(root, selector) {
    return [...list(root, selector)];
  }

  /**
   * The same before anything is made of it: of a mail's 100,000 elements each that
   * is touched costs its time and memory.
   *
   * @param {Document | Element} root
   * @param {string} selector
   * @returns {ArrayLike<Element> & Iterable<Element>}
   */
  function list(root, selector) {
    try {
      return (nodeType(root) === Node.DOCUMENT_NODE ? queryDocument : queryElement)(root, selector);
    } catch {
      return [];
    }
  }

  /**
   * @param {Document | Element} root
   * @param {string} selector
   * @param {number} limit
   */
  function some(root, selector, limit) {
    const found = list(root, selector);
    return Array.from({ length: Math.min(found.length, limit) }, (_, i) => found[i]);
  }

  /**
   * @param {Document | Element} root
   * @param {string} selector
   * @returns {Element | null}
   */
  function one(root, selector) {
    try {
      return (nodeType(root) === Node.DOCUMENT_NODE ? firstInDocument : firstInElement)(root, selector);
    } catch {
      return null;
    }
  }

  /**
   * Searches the page outside of some elements, without going through what is in
   * them: a mail can be larger than all of the webmail around it.
   *
   * @param {Element[]} places
   * @returns {(root: Element, selector: string) => Element[]} in document order,
   *   neither the places nor what is in them
   */
  function outside(places) {
    const closed = new Set(places);
    /** @type {Set<Node>} */
    const above = new Set();
    for (const place of places) {
      for (let up = parentNode(place); up && !above.has(up); up = parentNode(up)) above.add(up);
    }
    /**
     * @param {Element} root
     * @param {string} selector
     * @returns {Element[]}
     */
    function search(root, selector) {
      if (closed.has(root)) return [];
      if (!above.has(root)) return all(root, selector);
      const found = [];
      for (let node = firstChild(root); node; node = nextSibling(node)) {
        if (nodeType(node) !== Node.ELEMENT_NODE || closed.has(node)) continue;
        if (matchesAny(node, [selector])) found.push(node);
        if (firstChild(node)) found.push(...search(node, selector));
      }
      return found;
    }
    return (root, selector) => (places.some((place) => contains(place, root)) ? [] : search(root, selector));
  }

  /**
   * @param {Element} element
   * @param {string[]} [selectors]
   */
  function matchesAny(element, selectors = []) {
    return selectors.some((selector) => {
      try {
        return matchesOne(element, selector);
      } catch {
        return false;
      }
    });
  }

  /**
   * @param {Element} element
   * @param {string} selector
   * @returns {Element | null}
   */
  function closest(element, selector) {
    try {
      return closestOne(element, selector);
    } catch {
      return null;
    }
  }

  /** Looked at before it is called empty. */
  const maxLook = 200;
  const shown = new Set(["a", "area", "audio", "button", "canvas", "embed", "form", "iframe", "img", "input", "object", "svg", "video"]);

  /**
   * Whether there is nothing to be read in an element: a body that the webmail
   * has made and not filled yet.
   *
   * @param {Node} root
   */
  function blank(root) {
    let node = firstChild(root);
    for (let n = 0; node; n++) {
      const isElement = nodeType(node) === Node.ELEMENT_NODE;
      if (n > maxLook || (isElement && shown.has(tagName(node)))) return false;
      const hidden = isElement && (tagName(node) === "style" || tagName(node) === "head");
      if (nodeType(node) === Node.TEXT_NODE && /\S/u.test(nodeValue(node))) return false;
      let next = hidden ? null : firstChild(node);
      while (!next && node && node !== root) {
        next = nextSibling(node);
        if (!next) node = parentNode(node);
        if (node === root) return true;
      }
      node = next;
    }
    return true;
  }

  /**
   * Without layout (in tests) the style alone is asked.
   *
   * @param {Element} element
   */
  function visible(element) {
    if (hasCheck) {
      return checkVisibility(element, { visibilityProperty: true }) && rectsOf(element).length > 0;
    }
    for (let e = /** @type {Element | null} */ (element); e; e = parentElement(e)) {
      const { display, visibility } = getComputedStyle(e);
      if (display === "none" || visibility === "hidden") return false;
    }
    return true;
  }

  /** Looked through for one that is visible in one that is not. */
  const maxInside = 300;

  /**
   * Whether an element, or anything in it, is to be seen: one without a box of its
   * own (display: contents), or hidden with visible parts, shows them all the same.
   *
   * @param {Element} element
   */
  function shows(element) {
    if (visible(element)) return true;
    if (!hasCheck) return false;
    const { display, visibility } = getComputedStyle(element);
    if (display !== "contents" && (visibility === "visible" || !checkVisibility(element))) return false;
    return some(element, "*", maxInside).some(visible);
  }

  /**
   * @param {string} text
   * @param {number} limit characters
   */
  function tidy(text, limit) {
    return text.slice(0, 4 * limit).replace(/\s+/gu, " ").trim().slice(0, limit);
  }

  /**
   * The area that an element takes, or, without a box of its own, what is in it.
   *
   * @param {Element} element
   */
  function extent(element) {
    const { width, height } = rectOf(element);
    if (width * height > 0 || !hasCheck || checkVisibility(element)) return width * height;
    const range = Document.prototype.createRange.call(ownerDocument(element));
    range.selectNodeContents(element);
    const around = range.getBoundingClientRect();
    return around.width * around.height;
  }

  honmono.dom = {
    all,
    list,
    some,
    outside,
    closest,
    visible,
    shows,
    extent,
    blank,
    // Counted no further than that: the collection is not filled.
    exceeds: (root, count) => nth(byTagName(root, "*"), count) !== null,
    tree: {
      first: (node) => firstChild(node),
      next: (node) => nextSibling(node),
      parent: (node) => parentNode(node),
      type: (node) => nodeType(node),
      value: (node) => nodeValue(node) ?? "",
      name: (element) => tagName(element),
      namespace: (element) => namespaceURI(element),
      attributes: (element) => attributesOf(element),
      outer: (element) => outerHTML(element),
    },
    first: (root, selectors = []) => {
      for (const selector of selectors) {
        const found = one(root, selector);
        if (found) return found;
      }
      return undefined;
    },
    matches: matchesAny,
    closestOf: (element, selectors = []) => {
      for (const selector of selectors) {
        const found = closest(element, selector);
        if (found) return found;
      }
      return undefined;
    },
    contains: (outer, inner) => contains(outer, inner),
    precedes: (earlier, later) =>
      (position(later, earlier) & Node.DOCUMENT_POSITION_PRECEDING) !== 0,
    attribute: (element, name) => getAttribute(element, name) ?? "",
    has: (element, name) => hasAttribute(element, name),
    attributes: (element) => attributeNames(element),
    name: (element) => localName(element),
    base: (element) => baseURI(element),
    document: (element) => ownerDocument(element),
    isElement: (node) => {
      try {
        return nodeType(node) === Node.ELEMENT_NODE;
      } catch {
        return false;
      }
    },
    text: (node, limit) => tidy(textContent(node) ?? "", limit),
    tidy,
    parent: (node) => parentElement(node),
    prepend: (element, node) => prepend(element, node),
    before: (element, node) => before(element, node),
    style: (element) => styleOf(element),
    unset: (element, name) => removeAttribute(element, name),
    connected: (node) => isConnected(node),
    editable: (element) => {
      const marked = closest(element, "[contenteditable]");
      return marked !== null && getAttribute(marked, "contenteditable")?.toLowerCase() !== "false";
    },
    area: (element) => {
      const { width, height } = rectOf(element);
      return width * height;
    },
    box: (element) => rectOf(element),
    height: (element) => rectOf(element).height,
    frameWindow: (frame) => contentWindow(frame),
    frameDocument: (frame) => {
      try {
        return contentDocument(frame);
      } catch {
        return null;
      }
    },
  };
})();
