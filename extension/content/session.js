// Reads the page, asks, and shows the answers: the one place that knows which
// messages are open and what became of each.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "session")) return;
  const { adapter: adapters, fallback, reading: readings, banner, marks, placement } = honmono;

  /** A page that is still loading looks unreadable; this long it may. Milliseconds. */
  const loadingLimit = 3000;
  /** The key under which a page that cannot be read is reported. */
  const pageKey = "page";

  /**
   * @typedef {object} Open one message that is open
   * @property {Reading} reading
   * @property {string} key
   * @property {string} print its fingerprint
   * @property {View} [view]
   * @property {Placement} [placement]
   */

  /**
   * @param {Parameters<Honmono["session"]>[0]} parts
   * @returns {Session}
   */
  function session({ document, url, channel, hello }) {
    /** @type {Map<Element, Open>} by the body's place */
    let open = new Map();
    let shown = "";
    let stopped = false;
    let problemSince = 0;
    /** @type {FailureReason | undefined} */
    let reported;

    const watch = honmono.watch(document, scan);

    /** @param {Touched} touched */
    function scan(touched) {
      if (stopped) return;
      if (!channel.alive()) return stop();
      const found = discover();
      const before = open;
      open = new Map();
      for (const reading of found.readings) keep(reading, before.get(reading.place), touched);
      for (const [place, message] of before) if (open.get(place) !== message) drop(message);
      note(open.size > 0 ? undefined : found.problem);
      announce();
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
     * Keeps what is known of a message that is as it was; asks about any other.
     *
     * @param {Reading} reading
     * @param {Open | undefined} before
     * @param {Touched} touched
     */
    function keep(reading, before, touched) {
      if (reading.body.ownerDocument !== document) watch.also(reading.body.ownerDocument);
      if (before && sameHead(before.reading, reading) && !touched(reading.body)) {
        return show(reading, before);
      }
      const message = readings.message(reading);
      const print = readings.fingerprint(message);
      if (before?.print === print && before.reading.id === reading.id) return show(reading, before);
      const fresh = { reading, key: unique(readings.key(reading, print)), print };
      open.set(reading.place, fresh);
      ask(fresh, message);
    }

    /**
     * @param {Reading} reading
     * @param {Open} message
     */
    function show(reading, message) {
      message.reading = reading;
      open.set(reading.place, message);
      watch.ours(() => {
        message.placement?.check();
        if (message.view?.marks.length) marks.apply(reading.body, message.view.marks, reading.hrefAttributes);
      });
    }

    /**
     * @param {Open} message
     * @param {Message} content
     */
    async function ask(message, content) {
      const { key } = message;
      /** @type {Answer<CheckAnswer>} */
      const answer = await channel.ask({ type: "check", key, message: content });
      if (stopped || open.get(message.reading.place) !== message) return;
      if ("error" in answer) {
        channel.ask({ type: "failed", key, reason: answer.error.reason });
        return;
      }
      reveal(message, answer.ok.view);
    }

    /**
     * Nothing is drawn for a mail in which nothing was found: a mail can draw an
     * all-clear itself, so that one is in the toolbar alone.
     *
     * @param {Open} message
     * @param {View} view
     */
    function reveal(message, view) {
      message.view = view;
      if (view.level !== "danger" && view.level !== "caution") return;
      const { reading } = message;
      watch.ours(() => {
        const made = banner.create(view, hello.css);
        message.placement = placement(made, reading, () => (message.placement = undefined));
        marks.apply(reading.body, view.marks, reading.hrefAttributes);
      });
    }

    /** @param {Open} message */
    function drop({ placement, reading }) {
      watch.ours(() => {
        placement?.remove();
        marks.clear(reading.body);
      });
    }

    /** @param {FailureReason | undefined} problem */
    function note(problem) {
      if (!problem) {
        problemSince = 0;
        reported = undefined;
        return;
      }
      problemSince ||= Date.now();
      const wait = problemSince + loadingLimit - Date.now();
      if (wait > 0) setTimeout(watch.soon, wait);
      else if (reported !== problem) {
        reported = problem;
        shown = JSON.stringify([pageKey]);
        channel.ask({ type: "failed", key: pageKey, reason: problem });
      }
    }

    /** Tells which messages are open, when that has changed. */
    function announce() {
      const keys = [...open.values()].map(({ key }) => key);
      if (keys.length > 0) channel.open();
      else channel.close();
      const now = JSON.stringify(reported ? [...keys, pageKey] : keys);
      if (now === shown) return;
      shown = now;
      channel.ask({ type: "showing", keys: reported ? [...keys, pageKey] : keys });
    }

    /** @param {string} key */
    function unique(key) {
      const taken = new Set([...open.values()].map((message) => message.key));
      let name = key;
      for (let n = 2; taken.has(name); n++) name = `${key}#${n}`;
      return name;
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
      refresh(news) {
        hello = news;
        shown = "";
        for (const message of open.values()) drop(message);
        open = new Map();
        watch.soon();
      },
    };
  }

  /**
   * @param {Reading} a
   * @param {Reading} b
   */
  function sameHead(a, b) {
    return (
      a.body === b.body &&
      a.id === b.id &&
      a.subject === b.subject &&
      a.from.address === b.from.address &&
      a.from.name === b.from.name &&
      a.clipped === b.clipped &&
      a.attachments.join() === b.attachments.join()
    );
  }

  honmono.session = session;
})();
