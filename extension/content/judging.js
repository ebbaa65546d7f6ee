// Reads open messages when it is time to, asks the background about each, and keeps
// what became of it. Only the newest reading of a message counts, and only its newest
// question.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "judging")) return;
  const { arrival, intent, reading: readings, relay, slices } = honmono;

  /** Characters. */
  const largeHTML = 500_000;
  /** How often in a row a frame may be lost between its word and the question. */
  const maxLost = 5;

  /**
   * @param {Parameters<Honmono["judging"]>[0]} parts
   * @returns {Judging}
   */
  function judging({ channel, isOpen, later, display, inventory }) {
    /**
     * Reads a message when it is time to.
     *
     * @param {OpenMessage} message
     */
    function consider(message) {
      if (!message.stale || !isOpen(message)) return;
      const step = arrival.next(message);
      if (step.wait !== undefined) setTimeout(consider, step.wait, message);
      const { reading } = message;
      switch (step.act) {
        case "read":
          return readNow(message);
        case "read early":
          message.early = message.left ? message.since : message.changed;
          return begin(message, read(message, true));
        case "call":
          return void relay.call(reading.place, reading.remote ?? []);
        case "join":
          return begin(message, join(message));
        case "join early":
          message.early = message.since;
          return begin(message, join(message, true));
        case "give up":
          return fail(message, "frame");
      }
    }

    /** @param {OpenMessage} message */
    function readNow(message) {
      message.rested = true;
      message.stale = false;
      message.failed = false;
      begin(message, read(message));
    }

    /**
     * @param {OpenMessage} message
     * @param {Promise<void>} work
     */
    function begin(message, work) {
      message.work = work;
      work.catch(() => {}).finally(() => {
        if (message.work !== work) return;
        message.work = undefined;
        tell(message);
      });
    }

    /** @param {OpenMessage} message */
    function tell({ waiting }) {
      const all = [...waiting];
      waiting.clear();
      for (const hear of all) hear();
    }

    /**
     * @param {OpenMessage} message
     * @param {boolean} [early] read before it has come to rest
     */
    async function read(message, early = false) {
      const turn = ++message.turn;
      /** @type {Set<string>} */
      const known = new Set();
      const content = await readings.message(message.reading, known);
      if (message.turn !== turn || !isOpen(message)) return;
      if (!content) {
        if (early) return;
        message.stale = true;
        later();
        return;
      }
      if (arrival.isMissing(message)) content.partial = true;
      // Of a large mail each of these takes as long as the page can spare.
      const large = (content.html?.length ?? 0) > largeHTML;
      const pace = slices.pace();
      if (large) await pace.rest();
      const print = readings.fingerprint(content);
      if (print === message.print) return;
      if (large) await pace.rest();
      if (message.turn !== turn || !isOpen(message)) return;
      message.known = known;
      await ask(message, content, print, early);
    }

    /**
     * Asks about a message whose body the background fetches from its frame.
     *
     * @param {OpenMessage} message
     * @param {boolean} [early] before it is known whether the body is this mail's
     */
    function join(message, early = false) {
      const head = readings.head(message.reading);
      if (arrival.isMissing(message)) head.partial = true;
      return ask(message, head, `frame ${++message.joined}`, early);
    }

    /**
     * @param {OpenMessage} message
     * @param {Message} content
     * @param {string} print
     * @param {boolean} [early] only danger is to be heard of
     */
    async function ask(message, content, print, early = false) {
      const asked = (message.asked = {});
      // What is read early is read once more, and asked about unless it has its answer.
      message.print = early ? undefined : print;
      message.stale &&= early;
      const { reading, known } = message;
      const frame = reading.remote && relay.token(reading.place);
      const key = inventory.name(message, readings.key(reading, frame ?? print));
      inventory.announce();
      /** @type {Answer<CheckAnswer>} */
      const answer = await channel.ask({ type: "check", key, message: content, ...(frame && { frame }), ...(early && { early }) });
      if (!isOpen(message)) return;
      const view = "ok" in answer ? answer.ok.view : undefined;
      if (message.asked !== asked) {
        // Overtaken by a change, it is better than nothing for a click that waits.
        if (view) message.judged ??= intent.judged(key, view, known, reading.hrefAttributes);
        return;
      }
      if (early && !view) return;
      message.print = print;
      if ("error" in answer) {
        // The background has forgotten the frame: it is called, and will join anew.
        if (reading.remote && answer.error.reason === "frame") return again(message);
        return fail(message, answer.error.reason);
      }
      message.lost = 0;
      if (view) display.reveal(message, view);
    }

    /** @param {OpenMessage} message */
    function again(message) {
      if (++message.lost > maxLost) return fail(message, "frame");
      message.offered = undefined;
      message.stale = true;
      message.since = Date.now();
      consider(message);
    }

    /**
     * @param {OpenMessage} message
     * @param {FailureReason} reason
     */
    function fail(message, reason) {
      message.stale = false;
      message.failed = true;
      const key = message.key ?? inventory.name(message, readings.key(message.reading, reason));
      display.clear(message);
      inventory.announce();
      channel.ask({ type: "failed", key, reason });
    }

    /**
     * Judges a message at once: somebody waits.
     *
     * @param {OpenMessage} message
     * @returns {Promise<Judged | undefined>}
     */
    async function settle(message) {
      let retried = !message.failed;
      while (isOpen(message)) {
        if (isSettled(message)) return message.judged;
        if (message.failed && retried) return undefined;
        if (message.failed) message.print = undefined;
        if (message.stale || message.failed) readNow(message);
        retried = true;
        await new Promise((/** @type {(value?: undefined) => void} */ resolve) => message.waiting.add(resolve));
      }
      return undefined;
    }

    return { consider, settle, isSettled, tell };
  }

  /** @param {OpenMessage} message */
  function isSettled({ judged, stale, work }) {
    return judged !== undefined && !stale && work === undefined;
  }

  honmono.judging = judging;
})();
