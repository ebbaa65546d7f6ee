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
  const queryDocument = method(Document.prototype, "querySelectorAll");
  const queryElement = method(Element.prototype, "querySelectorAll");
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
    try {
      return [...(nodeType(root) === Node.DOCUMENT_NODE ? queryDocument : queryElement)(root, selector)];
    } catch {
      return [];
    }
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

  honmono.dom = {
    all,
    closest,
    visible,
    blank,
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
        const found = all(root, selector);
        if (found.length > 0) return found[0];
      }
      return undefined;
    },
    matches: (element, selectors = []) =>
      selectors.some((selector) => {
        try {
          return matchesOne(element, selector);
        } catch {
          return false;
        }
      }),
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
    text: (node, limit) => (textContent(node) ?? "").slice(0, 4 * limit).replace(/\s+/gu, " ").trim().slice(0, limit),
    parent: (node) => parentElement(node),
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
