// Reads one element of a message's header: who sent it, or what it is about.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "header")) return;
  const { dom, address } = honmono;

  /** Where webmails keep a sender's address, the most certain first. */
  const addressAttributes = ["email", "data-email", "data-hovercard-id", "title", "href", "aria-label"];
  /** Characters. */
  const longest = 1000;
  const longestSubject = 2000;

  /**
   * "text" stands for the element's text. A label begins with a word in the
   * reader's language ("Von: …"), which is no part of the name.
   *
   * @param {Element} element
   * @param {string} source
   */
  function valueOf(element, source) {
    if (source === "text") return dom.text(element, longest);
    const value = dom.attribute(element, source).slice(0, longest);
    return source === "aria-label" ? value.replace(/^[^:：<@]{1,20}[:：]\s*/u, "") : value;
  }

  /**
   * Sources are tried in order. A webmail that shows a name only (Outlook does
   * for the own organisation) leaves the address empty, which is no lie.
   *
   * @param {Element} element
   * @param {Pick<Webmail, "senderAddress" | "senderName">} adapter
   * @returns {Address}
   */
  function sender(element, { senderAddress = [...addressAttributes, "text"], senderName = [] }) {
    let name = "";
    for (const source of senderName) name ||= address.parse(valueOf(element, source)).name ?? "";
    let found = "";
    for (const source of senderAddress) {
      const parsed = address.parse(valueOf(element, source));
      name ||= parsed.name ?? "";
      found = parsed.address ?? "";
      if (found) break;
    }
    name ||= address.parse(valueOf(element, "text")).name ?? "";
    return { ...(name && { name }), ...(found && { address: found }) };
  }

  /**
   * An address in the element itself, by attribute or else by text.
   *
   * @param {Element} element
   */
  function addressIn(element) {
    for (const source of [...addressAttributes, "text"]) {
      const { address: found } = address.parse(valueOf(element, source));
      if (found) return found;
    }
    return "";
  }

  /**
   * The subject, without the words that the webmail puts beside it.
   *
   * @param {Element} element
   * @param {Pick<Webmail, "subjectSkip">} adapter
   */
  function subject(element, { subjectSkip = [] }) {
    if (subjectSkip.length === 0) return dom.text(element, longestSubject);
    const { tree } = dom;
    let text = "";
    /** @param {Node} node */
    const read = (node) => {
      for (let child = tree.first(node); child && text.length < 4 * longestSubject; child = tree.next(child)) {
        if (tree.type(child) === Node.TEXT_NODE) text += tree.value(child);
        else if (dom.isElement(child) && !dom.matches(/** @type {Element} */ (child), subjectSkip)) read(child);
      }
    };
    read(element);
    return dom.tidy(text, longestSubject);
  }

  honmono.header = { sender, subject, addressIn };
})();
