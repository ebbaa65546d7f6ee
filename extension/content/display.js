// Shows in the page what was found in its messages: banners, and marks on links.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "display")) return;
  const { banner, intent, marks, placement } = honmono;

  /**
   * @param {Parameters<Honmono["display"]>[0]} parts
   * @returns {Display}
   */
  function display({ channel, messages, ours, css }) {
    /** Where the person was at our buttons when everything was read anew. @type {Element | undefined} */
    let attended;

    /**
     * Nothing is drawn for a mail in which nothing was found: a mail can draw an
     * all-clear itself, so that one is in the toolbar alone.
     *
     * @param {OpenMessage} message
     * @param {View} view
     */
    function reveal(message, view) {
      const { reading, key = "", known } = message;
      if (message.judged?.key === key && JSON.stringify(view) === JSON.stringify(message.view)) {
        // The same in half of the body as in all of it: the banner stays as it is.
        message.judged.known = known;
        return mark(message);
      }
      clear(message);
      message.view = view;
      message.judged = intent.judged(key, view, known, reading.hrefAttributes);
      if (view.level !== "danger" && view.level !== "caution") return;
      ours(() => {
        const focus = attended === reading.place;
        if (focus) attended = undefined;
        const made = banner.create(view, css(), { act: act(message), fold: false, focus });
        message.banner = made;
        message.placement = placement(made, reading, {
          ours,
          places: () => messages().map(({ reading: { place } }) => place),
          hidden: (hidden) => channel.ask({ type: "hidden", key, hidden }),
        });
        foldEarlier();
      });
      mark(message);
    }

    /**
     * Marks what the verdict says; the links of a body elsewhere are marked there.
     *
     * @param {OpenMessage} message
     */
    function mark({ reading, view }) {
      if (!view?.marks.length || reading.remote) return;
      marks.apply(reading.body, view.marks, reading.hrefAttributes, ours);
    }

    /**
     * @param {OpenMessage} message
     * @returns {Act}
     */
    function act(message) {
      return async (action) => {
        const { key = "" } = message;
        /** @type {PageRequest} */
        const request =
          action === "guide" || action === "report"
            ? { type: "open", page: action, key }
            : { type: "trust", key, trusted: action === "trust" };
        return "ok" in (await channel.ask(request));
      };
    }

    /** Of several warnings in a conversation the last stands open: nobody reads a wall of them. */
    function foldEarlier() {
      const warned = messages().flatMap(({ banner }) => banner ?? []);
      warned.forEach((one, i) => one.fold(i < warned.length - 1));
    }

    /** @param {OpenMessage} message */
    function clear(message) {
      ours(() => {
        message.placement?.remove();
        if (message.view?.marks.length) marks.clear(message.reading.body);
      });
      message.placement = message.banner = undefined;
      message.view = undefined;
      message.judged = undefined;
    }

    return {
      reveal,
      mark,
      clear,
      check(message) {
        ours(() => message.placement?.check());
      },
      attend() {
        const focused = document.activeElement;
        attended = messages().find(({ banner }) => banner && banner.host === focused)?.reading.place;
      },
    };
  }

  honmono.display = display;
})();
