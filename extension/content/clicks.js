// Stops dangerous links before the webmail or the browser opens them, and asks
// the background, which shows a page of ours instead. Whatever changed since the
// check is not the link that was checked, and is asked about first. While a mail is
// still being judged, a click in it waits for the verdict: then it goes on as it
// would have, or is stopped.
//
// The listeners are the window's, in the capture phase: before those of the
// webmail's own that open links by program.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "clicks")) return;
  const { dom, hold, intent, links } = honmono;

  const kinds = ["click", "auxclick", "contextmenu", "dragstart", "submit"];
  const ends = ["pointermove", "pointerdown", "keydown"];
  /** What tells that a frame may have something in it to click on. */
  const frameSigns = ["load", "pointerover"];
  /** What the browser's menu shows in a dangerous link's place; nothing opens there. */
  const nowhere = "about:blank#honmono";
  /** Milliseconds after a menu's end in which the tab that it opened may come. */
  const grace = 1500;
  /** They lead to no page, and what they open shows where it goes. */
  const noPage = /^(#|mailto:|tel:|sms:)/i;

  /**
   * @param {object} parts
   * @param {Document} parts.document
   * @param {Channel} parts.channel
   * @param {(node: Node) => Guarded | undefined} parts.guardOf the message that a node is in
   * @param {(write: () => void) => void} parts.ours writes to the page unnoticed by ourselves
   * @param {(name: "checking" | "unchecked") => string} parts.word what a click that waits is told
   * @returns {Clicks}
   */
  function clicks({ document, channel, guardOf, ours, word }) {
    /** @type {Set<Window>} */
    const windows = new Set();
    let menuIsOpen = false;
    const held = hold({ channel, guardOf, ours, word });

    /** @param {Event} event */
    function handle(event) {
      if (event.type === "auxclick" && /** @type {MouseEvent} */ (event).button !== 1) return;
      if (!channel.alive()) return stop();
      const link = intent.linkIn(event);
      const message = link && !held.replays(link) && guardOf(link);
      if (!link || !message) return;
      const why = message.judged && intent.doubt(link, message.judged);
      // In a mail known to be dangerous, no link that speaks against itself need wait.
      if (!message.settled && !(why && message.judged?.level === "danger")) return early(event, link, message);
      if (!why) return;
      // Context menus and drags of links that are only in doubt are left alone.
      if (event.type === "contextmenu") return why === "marked" ? disguise(event, link, message) : undefined;
      if (event.type === "dragstart" && why !== "marked") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // A page that clicks by itself gets nothing opened, and no warning either:
      // it could fill the screen with them.
      if (event.isTrusted && event.type !== "dragstart") follow(message.key, intent.about(link, message), intent.wayOf(event, link), why);
    }

    /**
     * A link of a message that has no verdict yet, or has changed since.
     *
     * @param {Event} event
     * @param {Element} link
     * @param {Guarded} message
     */
    function early(event, link, message) {
      if (noPage.test(links.href(link, [])) || held.insisted(link)) return;
      // The browser's menu cannot wait: it has read the link already.
      if (event.type === "contextmenu") return void arm(event, link, message);
      if (event.type === "dragstart" && message.failed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.type === "dragstart") message.settle();
      else held.take(event, link, message);
    }

    /**
     * What a menu has opened is led away from, should the link turn out dangerous
     * while the menu is open.
     *
     * @param {Event} event
     * @param {Element} link
     * @param {Guarded} message
     */
    async function arm(event, link, message) {
      if (!event.isTrusted) return;
      menuIsOpen = true;
      const judged = await message.settle();
      if (!menuIsOpen || typeof judged !== "object" || intent.doubt(link, judged) !== "marked") return;
      follow(message.key, intent.about(link, message), "menu", "marked");
    }

    /**
     * @param {string} key
     * @param {Pick<FollowRequest, "href" | "url" | "text">} what
     * @param {Way} way
     * @param {StopReason} why
     */
    function follow(key, what, way, why) {
      channel.ask({ type: "follow", key, ...what, way, why });
    }

    /**
     * The browser's own menu opens what the link says at this moment, and cannot be
     * stopped: for this moment the link says nothing.
     *
     * @param {Event} event
     * @param {Element} link
     * @param {Guarded} message
     */
    function disguise(event, link, message) {
      if (!event.isTrusted) return;
      follow(message.key, intent.about(link, message), "menu", "marked");
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

    /**
     * A frame's document may be written anew, which takes its window's listeners, and
     * another may take its place in the same window: adding twice is adding once.
     *
     * @param {Document} document
     */
    function also(document) {
      const view = document.defaultView;
      if (!view) return;
      windows.add(view);
      for (const kind of kinds) view.addEventListener(kind, handle, true);
      for (const kind of ends) view.addEventListener(kind, menuGone, { capture: true, passive: true });
    }

    /**
     * Nothing can be clicked on in a frame before one of these is heard around it;
     * nothing can be followed there by key before our own window has lost the focus.
     *
     * @param {Event} event
     */
    function frameSeen({ type, target }) {
      const frame = type === "blur" ? document.activeElement : target;
      if (!dom.isElement(frame) || dom.name(/** @type {Element} */ (frame)) !== "iframe") return;
      const inner = dom.frameDocument(/** @type {Element} */ (frame));
      if (inner) also(inner);
    }

    function stop() {
      for (const kind of frameSigns) document.removeEventListener(kind, frameSeen, true);
      document.defaultView?.removeEventListener("blur", frameSeen);
      for (const view of windows) {
        try {
          for (const kind of kinds) view.removeEventListener(kind, handle, true);
          for (const kind of ends) view.removeEventListener(kind, menuGone, { capture: true });
        } catch {
          // The frame has gone elsewhere, and its listeners with it.
        }
      }
      windows.clear();
    }

    also(document);
    for (const kind of frameSigns) document.addEventListener(kind, frameSeen, { capture: true, passive: true });
    document.defaultView?.addEventListener("blur", frameSeen);
    return { also, stop };
  }

  honmono.clicks = clicks;
})();
