// Stops dangerous links before the webmail or the browser opens them, and asks
// the background, which shows a page of ours instead. Whatever changed since the
// check is not the link that was checked, and is asked about first.
//
// The listeners are the window's, in the capture phase: before those of the
// webmail's own that open links by program.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "clicks")) return;
  const { dom, links } = honmono;

  const kinds = ["click", "auxclick", "contextmenu", "dragstart", "submit"];
  /** What the browser's menu shows in a dangerous link's place; nothing opens there. */
  const nowhere = "about:blank#honmono";
  /** Milliseconds after a menu's end in which the tab that it opened may come. */
  const grace = 1500;
  /** Longest address and text handed over, in characters; the background refuses more. */
  const maxURL = 20_000;
  const maxText = 400;

  /**
   * @param {object} parts
   * @param {Channel} parts.channel
   * @param {(node: Node) => Judged | undefined} parts.messageOf the checked message that a node is in
   * @param {(write: () => void) => void} parts.ours writes to the page unnoticed by ourselves
   * @returns {Clicks}
   */
  function clicks({ channel, messageOf, ours }) {
    /** @type {Set<Window>} */
    const windows = new Set();
    let menuIsOpen = false;

    /** @param {Event} event */
    function handle(event) {
      if (event.type === "auxclick" && /** @type {MouseEvent} */ (event).button !== 1) return;
      if (!channel.alive()) return;
      const link = linkIn(event);
      const message = link && messageOf(link);
      const why = message && doubtAbout(link, message);
      if (!link || !message || !why) return;
      // Context menus and drags of links that are only in doubt are left alone.
      if (event.type === "contextmenu") return why === "marked" ? disguise(event, link, message) : undefined;
      if (event.type === "dragstart" && why !== "marked") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // A page that clicks by itself gets nothing opened, and no warning either:
      // it could fill the screen with them.
      if (event.isTrusted && event.type !== "dragstart") follow(message, link, wayOf(event, link), why);
    }

    /**
     * @param {Judged} message
     * @param {Element} link
     * @param {Way} way
     * @param {StopReason} why
     */
    function follow({ key, hrefAttributes }, link, way, why) {
      const href = links.href(link, hrefAttributes);
      const url = links.resolved(link) || href;
      channel.ask({
        type: "follow",
        key,
        href: href.slice(0, maxURL),
        url: url.slice(0, maxURL),
        text: links.text(link, maxText),
        way,
        why,
      });
    }

    /**
     * The browser's own menu opens what the link says at this moment, and cannot be
     * stopped: for this moment the link says nothing.
     *
     * @param {Event} event
     * @param {Element} link
     * @param {Judged} message
     */
    function disguise(event, link, message) {
      if (!event.isTrusted) return;
      follow(message, link, "menu", "marked");
      menuIsOpen = true;
      const held = links.hrefNames(link).map((name) => /** @type {const} */ ([name, dom.attribute(link, name)]));
      ours(() => held.forEach(([name]) => link.setAttribute(name, nowhere)));
      // Both browsers have read the link when the event is over.
      setTimeout(() => {
        ours(() => {
          for (const [name, value] of held) if (dom.attribute(link, name) === nowhere) link.setAttribute(name, value);
        });
      }, 0);
    }

    /**
     * While a menu is open the page hears nothing; so what it hears says that it is
     * closed. A move of no length is the browser's own, when the page moves.
     *
     * @param {Event} event
     */
    function menuGone(event) {
      const { type, movementX, movementY } = /** @type {PointerEvent} */ (event);
      if (!menuIsOpen || (type === "pointermove" && !movementX && !movementY)) return;
      menuIsOpen = false;
      setTimeout(() => {
        if (!menuIsOpen && channel.alive()) channel.ask({ type: "menuClosed" });
      }, grace);
    }

    /** @param {Document} document */
    function also(document) {
      const view = document.defaultView;
      if (!view || windows.has(view)) return;
      windows.add(view);
      for (const kind of kinds) view.addEventListener(kind, handle, true);
      for (const kind of ["pointermove", "pointerdown", "keydown"]) view.addEventListener(kind, menuGone, { capture: true, passive: true });
    }

    function stop() {
      for (const view of windows) {
        try {
          for (const kind of kinds) view.removeEventListener(kind, handle, true);
          for (const kind of ["pointermove", "pointerdown", "keydown"]) view.removeEventListener(kind, menuGone, { capture: true });
        } catch {
          // The frame has gone elsewhere, and its listeners with it.
        }
      }
      windows.clear();
    }

    return { also, stop };
  }

  /**
   * Why a link must not simply be opened; undefined if it may.
   *
   * @param {Element} link
   * @param {Judged} message
   * @returns {StopReason | undefined}
   */
  function doubtAbout(link, { level, marks, complete, known, hrefAttributes }) {
    const href = links.href(link, hrefAttributes);
    if (marks.has(href)) return "marked";
    if (/^#/.test(href)) return undefined;
    if (!known.has(href)) {
      // A webmail that leads links over its own server puts that in at the click;
      // it keeps the address at hand in another attribute.
      if (level !== "danger" && holdsElsewhere(link, href)) return undefined;
      return "changed";
    }
    return level === "danger" && !complete ? "unjudged" : undefined;
  }

  /**
   * @param {Element} link
   * @param {string} value
   */
  function holdsElsewhere(link, value) {
    const own = links.hrefNames(link);
    return dom.attributes(link).some((name) => !own.includes(name) && dom.attribute(link, name).trim() === value);
  }

  /**
   * The link or form that an event is about.
   *
   * @param {Event} event
   * @returns {Element | undefined}
   */
  function linkIn(event) {
    const path = event.composedPath();
    if (event.type === "submit") {
      const { submitter } = /** @type {SubmitEvent} */ (event);
      const sender = submitter && dom.attribute(submitter, "formaction") ? submitter : path[0];
      return dom.isElement(sender) ? /** @type {Element} */ (sender) : undefined;
    }
    return /** @type {Element | undefined} */ (path.find((node) => dom.isElement(node) && links.is(/** @type {Element} */ (node))));
  }

  /**
   * @param {Event} event
   * @param {Element} link
   * @returns {Way}
   */
  function wayOf(event, link) {
    const { button = 0, ctrlKey = false, metaKey = false, shiftKey = false } = /** @type {Partial<MouseEvent>} */ (event);
    if (button === 1 || ctrlKey || metaKey) return shiftKey ? "tab" : "behind";
    if (shiftKey) return "window";
    const target = dom.attribute(link, "target") || baseTarget(link);
    const view = dom.document(link).defaultView;
    const whole = /^(_top|_parent)$/i.test(target) || (view === top && /^(_self)?$/i.test(target));
    return whole ? "here" : "tab";
  }

  /** @param {Element} link */
  function baseTarget(link) {
    const base = dom.first(dom.document(link), ["base[target]"]);
    return base ? dom.attribute(base, "target") : "";
  }

  honmono.clicks = clicks;
})();
