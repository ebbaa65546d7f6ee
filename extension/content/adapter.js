// Finds the open messages of a page by an adapter, which is data from the rules
// (Webmail in detector/rules/set.go): lists of selectors, tried in order. There
// is no webmail's name in this file. What stands around each body is read by slot.js.
//
// What the mail itself may have put into the page counts for nothing: message
// elements inside a body are no messages.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "adapter")) return;
  const { dom, fallback, slot: around } = honmono;

  const maxMessages = 50;

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
      const reading = around.read(adapter, document, slot, places, search, folder);
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
