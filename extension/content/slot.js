// Reads the message around one body's place by an adapter: who sent it, what it is
// about, what is attached, and where its banner goes.
//
// What the mail itself may have put into the page counts for nothing: header elements
// are taken only outside every body and before the message's own.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "slot")) return;
  const { dom, header, authentication } = honmono;

  /** @typedef {ReturnType<typeof dom.outside>} Search */

  const maxAttachments = 100;
  /** Characters. */
  const longest = 2000;

  /**
   * @param {Webmail} adapter
   * @param {Document} document
   * @param {Slot} slot
   * @param {Element[]} places all bodies of the page, in document order
   * @param {Search} search outside of them
   * @param {Reading["folder"]} folder
   * @returns {Reading | undefined} undefined where nobody can be named as sender
   */
  function read(adapter, document, { element, place, body, remote }, places, search, folder) {
    const scope = dom.closestOf(element, adapter.scope) ?? element;
    const previous = places[places.indexOf(place) - 1];
    /** @param {Element} node */
    const before = (node) => dom.precedes(node, place);
    /** @param {Element} node */
    const ownHead = (node) => before(node) && (!previous || dom.precedes(previous, node));
    /** A mail's style sheet can hide its header, but not make another. @param {string[] | undefined} selectors @param {(node: Element) => boolean} fits */
    const nearest = (selectors, fits) => {
      /** @param {(node: Element) => boolean} also */
      const one = (also) => last(search, element, selectors, fits, also) ?? last(search, scope, selectors, fits, also);
      return one(dom.visible) ?? one(() => true);
    };

    const sender = nearest(adapter.sender, ownHead);
    if (!sender) return undefined;
    const from = header.sender(sender, adapter);
    if (!from.address && !from.name) return undefined;
    const subject = nearest(adapter.subject, before);
    const replyTo = last(search, element, adapter.replyTo, ownHead, dom.visible);
    const mailbox = mailboxOf(adapter, document, search);
    return {
      webmail: adapter.id,
      element,
      place,
      body,
      ...(remote && { remote }),
      from,
      ...(replyTo && { replyTo: header.sender(replyTo, {}) }),
      subject: subject ? header.subject(subject, adapter) : "",
      mailbox: mailbox ? header.addressIn(mailbox) : "",
      auth: authentication.read(adapter, (selector) => search(element, selector).filter(ownHead), sender),
      attachments: attachmentsOf(adapter, element, search),
      clipped: dom.first(element, adapter.clipped) !== undefined,
      folder,
      id: idOf(adapter, place),
      anchor: anchorOf(adapter, element, place, places, search),
      hrefAttributes: adapter.hrefAttributes ?? [],
    };
  }

  /**
   * The last element that fits, which is the one nearest before the body: what
   * precedes it belongs to messages above.
   *
   * @param {Search} search
   * @param {Element} root
   * @param {string[] | undefined} selectors
   * @param {(node: Element) => boolean} fits
   * @param {(node: Element) => boolean} also what is asked of those that fit
   */
  function last(search, root, selectors = [], fits, also) {
    for (const selector of selectors) {
      const found = search(root, selector).filter((node) => fits(node) && also(node));
      if (found.length > 0) return found.at(-1);
    }
    return undefined;
  }

  /**
   * Whose mailbox it is, which stands outside every mail.
   *
   * @param {Webmail} adapter
   * @param {Document} document
   * @param {Search} search
   */
  function mailboxOf(adapter, document, search) {
    for (const selector of adapter.mailbox ?? []) {
      const [found] = search(document.documentElement, selector);
      if (found) return found;
    }
    return undefined;
  }

  /**
   * Some webmails show what is attached below the mail's text, in the same element.
   * A mail that draws an attachment there speaks against itself only.
   *
   * @param {Webmail} adapter
   * @param {Element} element
   * @param {Search} search
   */
  function attachmentsOf(adapter, element, search) {
    for (const selector of adapter.attachment ?? []) {
      const outside = search(element, selector);
      const found = outside.length > 0 ? outside.slice(0, maxAttachments) : dom.some(element, selector, maxAttachments);
      const names = found.map(
        (node) => dom.attribute(node, "download") || dom.attribute(node, "title") || dom.text(node, longest),
      );
      if (names.length > 0) return names.map((name) => name.slice(0, longest)).filter(Boolean);
    }
    return [];
  }

  /**
   * The nearest id at or above the body's place. The mail's own ids are inside.
   *
   * @param {Webmail} adapter
   * @param {Element} place
   */
  function idOf(adapter, place) {
    for (const name of adapter.messageId ?? []) {
      const holder = dom.closest(place, `[${name}]`);
      const value = holder ? dom.attribute(holder, name).replace(/^#/, "") : "";
      if (value) return value.slice(0, 200);
    }
    return "";
  }

  /**
   * Where the banner goes. An anchor that several open messages share is no
   * one's: each of them then has its banner before its own body.
   *
   * @param {Webmail} adapter
   * @param {Element} element
   * @param {Element} place
   * @param {Element[]} places
   * @param {Search} search
   * @returns {Anchor}
   */
  function anchorOf(adapter, element, place, places, search) {
    for (const selector of adapter.anchor ?? []) {
      const inside = search(element, selector).filter((node) => dom.precedes(node, place));
      const anchor = inside.at(-1) ?? dom.closest(element, selector);
      if (!anchor || places.some((other) => other !== anchor && dom.contains(other, anchor))) continue;
      const shared = places.some((other) => other !== place && dom.contains(anchor, other));
      if (shared) continue;
      const prepend = adapter.anchorPlace === "prepend" && anchor !== place;
      return { element: anchor, place: prepend ? "prepend" : "before" };
    }
    return { element: place, place: "before" };
  }

  honmono.slot = { read };
})();
