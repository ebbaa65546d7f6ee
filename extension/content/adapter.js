// Finds the open messages of a page by an adapter, which is data from the rules
// (Webmail in detector/rules/set.go): lists of selectors, tried in order. There
// is no webmail's name in this file.
//
// What the mail itself may have put into the page counts for nothing: header
// elements are taken only outside every body and before the message's own, and
// message elements inside a body are no messages.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "adapter")) return;
  const { dom, header, authentication, fallback } = honmono;

  /** @typedef {Pick<Reading, "element" | "place" | "body" | "remote">} Slot */
  /** @typedef {ReturnType<typeof dom.outside>} Search */

  const maxMessages = 50;
  const maxAttachments = 100;
  const longest = 2000;

  /**
   * The adapter for a page: one whose detect matches, or that needs none.
   *
   * @param {Webmail[]} adapters in the order of preference
   * @param {Document} document
   */
  function choose(adapters, document) {
    const fitting = adapters.flatMap((adapter) => {
      const { hosts = [], detect = [] } = adapter;
      const sign = dom.first(document, detect);
      return sign || (hosts.length > 0 && detect.length === 0) ? [{ adapter, sign }] : [];
    });
    if (fitting.length === 0 || !fitting[0].sign) return fitting[0]?.adapter;
    // A mail may hold the signs of other webmails: they lie in the real one's body.
    const body = fallback.marked(document)?.place;
    const real = fitting.find(({ adapter, sign }) => {
      if (!sign) return true;
      const inside = fitting.some(({ adapter: other }) => other !== adapter && other.body.some((selector) => isWithin(sign, selector)));
      return !inside && !(body && dom.contains(body, sign));
    });
    return real?.adapter;
  }

  /**
   * A frame's whole body is called "body" too.
   *
   * @param {Element} element
   * @param {string} selector
   */
  function isWithin(element, selector) {
    const found = dom.closest(element, selector);
    return found !== null && found !== dom.document(element).body;
  }

  /**
   * Drafts and sent mail are never judged: there, no message is open.
   *
   * @param {Webmail} adapter
   * @param {Document} document
   * @param {string} url the page's
   * @returns {Findings}
   */
  function find(adapter, document, url) {
    const folder = folderOf(adapter, document, url);
    if (folder === "drafts" || folder === "sent") return { readings: [], quiet: true };
    /** @type {FailureReason | undefined} */
    let problem;
    let quiet = false;
    for (const selector of adapter.message) {
      const shown = dom.some(document, selector, 20 * maxMessages).filter(dom.shows);
      const elements = shown.filter((element) => !skipped(adapter, element)).slice(0, maxMessages);
      quiet ||= elements.length < shown.length;
      const found = readAll(adapter, document, elements, folder);
      if (found.readings.length > 0) return found;
      problem ??= found.problem;
    }
    return { readings: [], problem, quiet: quiet && !problem };
  }

  /**
   * @param {Webmail} adapter
   * @param {Document} document
   * @param {Element[]} elements candidates, in document order
   * @param {Reading["folder"]} folder
   * @returns {Findings}
   */
  function readAll(adapter, document, elements, folder) {
    /** @type {FailureReason | undefined} */
    let problem;
    /** @type {Slot[]} */
    const slots = [];
    for (const element of elements) {
      if (slots.some(({ place }) => dom.contains(place, element))) continue;
      const found = bodiesOf(adapter, element);
      problem ??= found.problem;
      // The innermost element that holds a body is its message.
      for (const slot of found.slots) {
        const other = slots.findIndex(({ place }) => place === slot.place);
        if (other < 0) slots.push(slot);
        else if (dom.contains(slots[other].element, element)) slots[other] = slot;
      }
    }
    slots.sort((a, b) => (dom.precedes(a.place, b.place) ? -1 : 1));
    const places = slots.map(({ place }) => place);
    const search = dom.outside(places);
    const readings = slots.flatMap((slot) => {
      const reading = read(adapter, document, slot, places, search, folder);
      if (!reading) problem ??= "unreadable";
      return reading ?? [];
    });
    // Elements without a body are messages that are folded, or not loaded yet.
    return { readings, problem };
  }

  /**
   * Whether a frame is of one of the hosts, by its address in the page; the
   * background asks the browser once more (background/relay.js).
   *
   * @param {Element} frame
   * @param {string[] | undefined} hosts
   */
  function comesFrom(frame, hosts = []) {
    try {
      const { protocol, hostname } = new URL(dom.attribute(frame, "src"), document.baseURI);
      return protocol === "https:" && hosts.includes(hostname);
    } catch {
      return false;
    }
  }

  /**
   * The bodies in a message's element: the first alternative that finds any.
   * A body inside a body is the mail's own doing.
   *
   * @param {Webmail} adapter
   * @param {Element} element
   */
  function bodiesOf(adapter, element) {
    const frames = outermost(adapter, element, adapter.frame ?? []);
    if (frames.length === 0) {
      const slots = outermost(adapter, element, adapter.body).map((body) => ({ element, place: body, body }));
      return { slots };
    }
    /** @type {FailureReason | undefined} */
    let problem;
    const slots = frames.flatMap((place) => {
      // Until it has gone there, a frame is an empty one of the page's own, which must
      // not be taken for the mail.
      if (comesFrom(place, adapter.frameHosts)) return [{ element, place, body: place, remote: adapter.frameHosts }];
      const inner = adapter.frameHosts?.length ? null : dom.frameDocument(place);
      const body = inner && (dom.first(inner, adapter.body) ?? inner.documentElement);
      if (!body) problem = "frame";
      if (inner?.designMode === "on") return [];
      return body ? [{ element, place, body }] : [];
    });
    return { slots, problem };
  }

  /**
   * @param {Webmail} adapter
   * @param {Element} element
   * @param {string[]} selectors
   */
  function outermost(adapter, element, selectors) {
    for (const selector of selectors) {
      const found = (dom.matches(element, [selector]) ? [element] : dom.some(element, selector, 20 * maxMessages)).filter(
        (body) => dom.shows(body) && !dom.editable(body) && !skipped(adapter, body),
      );
      if (found.length > 0) {
        return found.filter((body) => !found.some((other) => other !== body && dom.contains(other, body)));
      }
    }
    return [];
  }

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

  /**
   * @param {Webmail} adapter
   * @param {Element} element
   */
  function skipped(adapter, element) {
    return dom.closestOf(element, adapter.skip) !== undefined;
  }

  /**
   * @param {Webmail} adapter
   * @param {Document} document
   * @param {string} url
   * @returns {Reading["folder"]}
   */
  function folderOf(adapter, document, url) {
    /** @param {string[] | undefined} parts @param {string[] | undefined} signs */
    const is = (parts = [], signs) => parts.some((part) => holds(url, part)) || dom.first(document, signs) !== undefined;
    if (is(adapter.draftsURL, adapter.draftsIf)) return "drafts";
    if (is(adapter.sentURL, adapter.sentIf)) return "sent";
    return is(adapter.spamURL, adapter.spamIf) ? "spam" : "inbox";
  }

  /**
   * A part that ends in a letter or digit ends a word: "/sent" is not in
   * "/sentimental", nor in an id that begins like it.
   *
   * @param {string} url
   * @param {string} part
   */
  function holds(url, part) {
    const word = /[a-z0-9]$/i.test(part);
    for (let at = url.indexOf(part); at >= 0; at = url.indexOf(part, at + 1)) {
      if (!word || !/[a-z0-9_-]/i.test(url.charAt(at + part.length))) return true;
    }
    return false;
  }

  honmono.adapter = { choose, find };
})();
