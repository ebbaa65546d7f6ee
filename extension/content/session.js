// Which messages a page has open: finds them, keeps what is known of those that are
// as they were, and lets go of those that are gone. When one is judged, how, and how
// that is shown is arrival.js, judging.js and display.js.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "session")) return;
  const { adapter: adapters, arrival, dom, fallback, relay, same } = honmono;

  /**
   * @param {Parameters<Honmono["session"]>[0]} parts
   * @returns {Session}
   */
  function session({ document, url, channel, hello, also }) {
    /** @type {Map<Element, OpenMessage>} by the body's place */
    let open = new Map();
    let stopped = false;

    const messages = () => [...open.values()];
    const watch = honmono.watch(document, scan);
    const inventory = honmono.inventory({ channel, messages, later: watch.soon });
    const display = honmono.display({ channel, messages, ours: watch.ours, css: () => hello.css });
    const judging = honmono.judging({ channel, isOpen, later: watch.soon, display, inventory });

    /** @param {Touched} touched */
    function scan(touched) {
      if (stopped) return;
      if (!channel.alive()) return stop();
      const found = discover();
      const before = open;
      open = new Map();
      for (const reading of found.readings) open.set(reading.place, messageOf(reading, before.get(reading.place), touched));
      for (const [place, message] of before) if (open.get(place) !== message) drop(message);
      inventory.note(open.size > 0 ? undefined : found.problem);
      inventory.announce();
      for (const message of open.values()) {
        display.check(message);
        judging.consider(message);
      }
    }

    /** @returns {Findings} */
    function discover() {
      const adapter = adapters.choose(hello.adapters, document);
      const found = adapter && adapters.find(adapter, document, url());
      if (found && (found.quiet || found.readings.length > 0)) return found;
      const guess = fallback.find(document);
      if (guess.readings.length > 0) return guess;
      return { readings: [], problem: found?.problem ?? guess.problem };
    }

    /**
     * Keeps what is known of a message that is as it was. A body that changed is
     * read again; another id or sender in the same place is another message.
     *
     * @param {Reading} reading
     * @param {OpenMessage | undefined} before
     * @param {Touched} touched
     */
    function messageOf(reading, before, touched) {
      const inner = dom.document(reading.body);
      if (inner !== document) {
        watch.also(inner);
        also(inner);
      }
      if (!before || !same.message(before.reading, reading)) {
        // What the frame is told from now on is about this message.
        if (reading.remote) relay.renew(reading.place);
        return opened(reading, before && arrival.leftBy(before, reading, touched));
      }
      const changed = !reading.remote && touched(reading.body);
      if (changed) {
        before.changed = Date.now() - watch.rest;
        before.left = undefined;
      }
      before.stale ||= changed || !same.head(before.reading, reading);
      before.reading = reading;
      if (changed) display.mark(before);
      return before;
    }

    /**
     * @param {Reading} reading
     * @param {Left | undefined} left
     * @returns {OpenMessage}
     */
    function opened(reading, left) {
      const now = Date.now();
      return {
        reading, left, since: now, changed: now - watch.rest, stale: true, rested: false, joined: 0, lost: 0, turn: 0, known: new Set(),
        waiting: new Set(),
      };
    }

    /** @param {OpenMessage} message */
    function isOpen(message) {
      return !stopped && open.get(message.reading.place) === message;
    }

    /**
     * The message that a node of the page is in. Where the page has changed since it
     * was last looked at, it is looked at now.
     *
     * @param {Node} node
     * @returns {Guarded | undefined}
     */
    function guardOf(node) {
      if (!hello.clickWarning || stopped) return undefined;
      const found = messageWith(node);
      const behind = found ? watch.touches(found.reading.body) : watch.due();
      if (behind) watch.now();
      const message = behind ? messageWith(node) : found;
      return message && {
        get key() {
          return message.key ?? "";
        },
        judged: message.judged,
        settled: judging.isSettled(message),
        failed: message.failed === true,
        hrefAttributes: message.reading.hrefAttributes,
        settle: () => judging.settle(message),
      };
    }

    /** @param {Node} node */
    function messageWith(node) {
      return messages().find(({ reading }) => !reading.remote && dom.contains(reading.body, node));
    }

    /** @param {OpenMessage} message */
    function drop(message) {
      display.clear(message);
      judging.tell(message);
    }

    function stop() {
      stopped = true;
      watch.stop();
      channel.close();
      for (const message of open.values()) drop(message);
    }

    watch.soon();
    return {
      stop,
      guardOf,
      ours: watch.ours,
      refresh(news) {
        hello = news;
        display.attend();
        inventory.forget();
        for (const message of open.values()) drop(message);
        open = new Map();
        watch.soon();
      },
      joined(token, body) {
        for (const message of open.values()) {
          const { reading, offered, failed, judged, work } = message;
          if (!reading.remote || relay.token(reading.place) !== token) continue;
          // A body that was called once more, and is the one that was read.
          if (offered === body && !failed && (judged || work || message.stale)) continue;
          message.offered = body;
          message.offeredAt = Date.now();
          message.failed = false;
          message.stale = true;
          judging.consider(message);
        }
      },
      arrived() {
        for (const { reading } of open.values()) if (reading.remote) relay.call(reading.place, reading.remote);
      },
    };
  }

  honmono.session = session;
})();
