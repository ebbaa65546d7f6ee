// Finds the open message of a page that no adapter fits, by what all webmails
// share: roles, structure and the address of the sender above the body. No class
// name and no word of any language is used. Where it is unsure it says so.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "fallback")) return;
  const { dom, header, structure } = honmono;

  const maxCandidates = 60;
  /** How far above the body its header may be, in levels. */
  const maxClimb = 14;
  /** Smaller things are no message, in CSS pixels² and characters. */
  const minArea = 20_000;
  const minText = 20;

  const bodies = '[role="document"], article, iframe';
  const senders =
    '[email], [data-email], [data-hovercard-id*="@"], [title*="@"], [aria-label*="@"], a[href^="mailto:"]';
  const headings = 'h1, h2, h3, h4, h5, h6, [role="heading"]';
  /** A test's id is the same in every message. */
  const identity = /^data-(?!test-?id$)(?:[a-z-]+-)?(?:id|uid|msgid)$/;

  /**
   * The first that is shown: one that the mail draws comes after the page's own.
   *
   * @param {Document} document
   */
  function mainOf(document) {
    const found = dom.some(document, '[role="main"], main', maxCandidates);
    return found.find(dom.shows) ?? found[0] ?? document.body;
  }

  /**
   * What says of itself that it holds a text, the largest first.
   *
   * @param {Document} document
   */
  function candidates(document) {
    const main = mainOf(document);
    return dom
      .some(main, bodies, maxCandidates)
      .filter((place) => dom.shows(place) && !dom.editable(place))
      .map((place) => ({ place, body: bodyOf(place), area: dom.extent(place) }))
      .filter(({ place, body, area }) => !isForeignFrame(place, body) && largeEnough(area, document))
      .sort((a, b) => b.area - a.area);
  }

  /**
   * The open message where its body is such an element.
   *
   * @param {Document} document
   * @param {ReturnType<typeof candidates>} [found]
   */
  function marked(document, found = mainOf(document) ? candidates(document) : []) {
    for (const { place, body } of found) {
      const reading = body && read(place, body, mainOf(document));
      if (reading) return reading;
    }
    return undefined;
  }

  /**
   * @param {Document} document
   * @returns {Findings}
   */
  function find(document) {
    const main = mainOf(document);
    if (!main) return { readings: [] };
    const found = candidates(document);
    const reads = marked(document, found);
    if (reads) return { readings: [reads] };
    // A mail has its subject above it; a list of mails has not.
    const shaped = structure.find(main, structure.addressed(main, senders)).map(({ holder, place, sender }) => reading(holder, place, place, sender, main)).filter(({ subject }) => subject !== "");
    if (shaped.length > 0) return { readings: shaped };
    const texts = found.filter(({ body }) => body && dom.text(body, minText).length >= minText);
    return texts.length > 0 ? { readings: [], problem: "unreadable" } : { readings: [] };
  }

  /**
   * A frame with an address of its own is read by the content script inside it;
   * what is written into an empty frame has no other reader than us.
   *
   * @param {Element} place
   * @param {Element | undefined} body
   */
  function isForeignFrame(place, body) {
    if (dom.name(place) !== "iframe") return false;
    const source = dom.attribute(place, "src");
    return !body || (source !== "" && !/^(about|blob|data|javascript):/i.test(source));
  }

  /** @param {Element} place */
  function bodyOf(place) {
    if (dom.name(place) !== "iframe") return place;
    const inner = dom.frameDocument(place);
    if (!inner || inner.designMode === "on") return undefined;
    return inner.documentElement ?? undefined;
  }

  /**
   * @param {number} area
   * @param {Document} document
   */
  function largeEnough(area, document) {
    // Without layout (in tests) every element has the area 0.
    return area >= minArea || dom.area(document.documentElement) === 0;
  }

  /**
   * Climbs until something above the body holds an address.
   *
   * @param {Element} place
   * @param {Element} body
   * @param {Element} main
   * @returns {Reading | undefined}
   */
  function read(place, body, main) {
    const search = dom.outside([place]);
    let element = dom.parent(place);
    for (let level = 0; element && level < maxClimb; level++) {
      const holder = element;
      /** @param {Element} node */
      const names = (node) => isHead(node, place) && dom.visible(node) && header.addressIn(node) !== "";
      const sender = search(holder, senders).find(names) ?? structure.written(holder).find(names);
      if (sender) return reading(holder, place, body, sender, main);
      if (holder === main) return undefined;
      element = dom.parent(holder);
    }
    return undefined;
  }

  /**
   * Whether a node stands above the body and is not part of another one.
   *
   * @param {Element} node
   * @param {Element} place
   */
  function isHead(node, place) {
    if (!dom.precedes(node, place) || dom.contains(node, place)) return false;
    const other = dom.closest(node, '[role="document"]') ?? dom.closest(node, "article");
    return other === null || dom.contains(other, place);
  }

  /**
   * @param {Element} holder
   * @param {Element} place
   * @param {Element} body
   * @param {Element} sender
   * @param {Element} main
   * @returns {Reading}
   */
  function reading(holder, place, body, sender, main) {
    const subject = dom
      .outside([place])(main, headings)
      .filter((node) => isHead(node, place) && dom.visible(node))
      .at(-1);
    return {
      webmail: "",
      element: holder,
      place,
      body,
      from: header.sender(sender, {}),
      subject: subject ? dom.text(subject, 2000) : "",
      mailbox: "",
      auth: {},
      attachments: [],
      clipped: false,
      folder: "inbox",
      id: idAbove(place, main),
      anchor: { element: place, place: "before" },
      hrefAttributes: [],
    };
  }

  /**
   * @param {Element} place
   * @param {Element} main
   */
  function idAbove(place, main) {
    for (let e = /** @type {Element | null} */ (place); e && e !== main; e = dom.parent(e)) {
      const name = dom.attributes(e).find((name) => identity.test(name));
      if (name) return dom.attribute(e, name).slice(0, 200);
    }
    return "";
  }

  honmono.fallback = { find, marked };
})();
