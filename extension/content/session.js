// Reads the page, asks, and shows the answers: the one place that knows which
// messages are open and what became of each.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "session")) return;
  const { adapter: adapters, dom, fallback, reading: readings, relay, banner, clicks, marks, placement, slices } = honmono;

  /** A page that is still loading looks unreadable; this long it may. Milliseconds. */
  const loadingLimit = 3000;
  /** The key under which a page that cannot be read is reported. */
  const pageKey = "page";

  /**
   * A webmail fills its page in pieces. A message is first judged when its body has
   * been left alone for so long, or has not come to rest at all for so long; one
   * that is still empty is given more. Milliseconds.
   */
  const settling = 300;
  const settleLimit = 2000;
  const emptyLimit = 3000;
  /**
   * Until then it is judged early, where it holds no more elements than this:
   * half a body can show that a mail is dangerous, never that it is not.
   */
  const earlyElements = 2000;
  /** Characters. */
  const largeHTML = 500_000;
  /** A frame with the body that does not answer for so long cannot be read. */
  const frameLimit = 6000;
  /** How often it is called until then. */
  const callAgain = 700;

  /**
   * @typedef {object} Open one message that is open
   * @property {Reading} reading
   * @property {number} since when it was first seen
   * @property {number} changed when its body was last seen changed
   * @property {boolean} stale its content is to be read (again)
   * @property {boolean} rested its body has been at rest, or was not waited for
   * @property {number} [early] the change after which it was read early
   * @property {number} turn counts the readings; only the newest counts
   * @property {number} joined how often the frame with its body has spoken
   * @property {string} [key]
   * @property {object} [asked] the question that an answer is waited for
   * @property {string} [print] its fingerprint, once it was asked about
   * @property {Set<string>} known the hrefs that were read last
   * @property {View} [view]
   * @property {Banner} [banner]
   * @property {Judged} [judged]
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
    /** Where the person was at our buttons when everything was read anew. @type {Element | undefined} */
    let attended;
    let problemSince = 0;
    /** @type {FailureReason | undefined} */
    let reported;

    const watch = honmono.watch(document, scan);
    const guard = clicks({ channel, messageOf, ours: watch.ours });
    guard.also(document);

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
      for (const message of open.values()) consider(message);
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
     * @param {Open | undefined} before
     * @param {Touched} touched
     */
    function keep(reading, before, touched) {
      if (reading.body.ownerDocument !== document) {
        watch.also(reading.body.ownerDocument);
        guard.also(reading.body.ownerDocument);
      }
      const now = Date.now();
      if (!before || !sameMessage(before.reading, reading)) {
        open.set(reading.place, { reading, since: now, changed: now - watch.rest, stale: true, rested: false, turn: 0, joined: 0, known: new Set() });
        return;
      }
      const changed = !reading.remote && touched(reading.body);
      if (changed) before.changed = now - watch.rest;
      before.stale ||= changed || !sameHead(before.reading, reading);
      before.reading = reading;
      open.set(reading.place, before);
      watch.ours(() => before.placement?.check());
      if (changed) mark(before);
    }

    /**
     * Reads a message when it is time to.
     *
     * @param {Open} message
     */
    function consider(message) {
      if (!message.stale || !isOpen(message)) return;
      const { reading, since, changed, joined } = message;
      if (reading.remote) {
        if (joined > 0) return ask(message, { ...readings.head(reading) }, `frame ${joined}`);
        if (Date.now() - since > frameLimit) return fail(message, "frame");
        relay.call(reading.place, reading.remote);
        setTimeout(consider, callAgain, message);
        return;
      }
      const now = Date.now();
      const blank = dom.blank(reading.body);
      const until = blank ? since + emptyLimit : Math.min(changed + settling, since + settleLimit);
      // What was judged once is judged again without delay.
      if (!message.rested && now < until) {
        setTimeout(consider, until - now, message);
        if (blank || message.early === changed || dom.exceeds(reading.body, earlyElements)) return;
        read(message, (message.early = changed));
        return;
      }
      message.rested = true;
      message.stale = false;
      read(message);
    }

    /**
     * @param {Open} message
     * @param {number} [early] read before it has come to rest
     */
    async function read(message, early) {
      const turn = ++message.turn;
      /** @type {Set<string>} */
      const known = new Set();
      const content = await readings.message(message.reading, known);
      if (message.turn !== turn || !isOpen(message)) return;
      if (!content) {
        if (early) return;
        message.stale = true;
        watch.soon();
        return;
      }
      // Of a large mail each of these takes as long as the page can spare.
      const large = (content.html?.length ?? 0) > largeHTML;
      const pace = slices.pace();
      if (large) await pace.rest();
      const print = readings.fingerprint(content);
      if (print === message.print) return;
      if (large) await pace.rest();
      if (message.turn !== turn || !isOpen(message)) return;
      message.known = known;
      ask(message, content, print, early !== undefined);
    }

    /**
     * The message that a node of the page is in, once it has an answer.
     *
     * @param {Node} node
     */
    function messageOf(node) {
      if (!hello.clickWarning) return undefined;
      for (const { reading, judged } of open.values()) {
        if (judged && !reading.remote && dom.contains(reading.body, node)) return judged;
      }
      return undefined;
    }

    /** @param {Open} message */
    function isOpen(message) {
      return !stopped && open.get(message.reading.place) === message;
    }

    /**
     * @param {Open} message
     * @param {Message} content
     * @param {string} print
     * @param {boolean} [early] only danger is to be heard of
     */
    async function ask(message, content, print, early = false) {
      const asked = (message.asked = {});
      // What is read early is read once more, and asked about unless it has its answer.
      message.print = early ? undefined : print;
      message.stale &&= early;
      const { reading } = message;
      const frame = reading.remote && relay.token(reading.place);
      const name = readings.key(reading, frame ?? print);
      if (!message.key || !isNamed(message.key, name)) message.key = unique(name, message);
      const { key } = message;
      announce();
      /** @type {Answer<CheckAnswer>} */
      const answer = await channel.ask({ type: "check", key, message: content, ...(frame && { frame }), ...(early && { early }) });
      if (message.asked !== asked || !isOpen(message)) return;
      if (early && !("ok" in answer && answer.ok.view)) return;
      message.print = print;
      if ("error" in answer) {
        // The background has forgotten the frame: it is called, and will join anew.
        if (reading.remote && answer.error.reason === "frame") return again(message);
        return fail(message, answer.error.reason);
      }
      if (answer.ok.view) reveal(message, answer.ok.view);
    }

    /** @param {Open} message */
    function again(message) {
      message.joined = 0;
      message.stale = true;
      message.since = Date.now();
      consider(message);
    }

    /**
     * @param {Open} message
     * @param {FailureReason} reason
     */
    function fail(message, reason) {
      message.stale = false;
      message.key ??= unique(readings.key(message.reading, reason), message);
      clear(message);
      announce();
      channel.ask({ type: "failed", key: message.key, reason });
    }

    /**
     * Nothing is drawn for a mail in which nothing was found: a mail can draw an
     * all-clear itself, so that one is in the toolbar alone.
     *
     * @param {Open} message
     * @param {View} view
     */
    function reveal(message, view) {
      const { reading, key = "", known } = message;
      const { hrefAttributes } = reading;
      if (message.judged?.key === key && JSON.stringify(view) === JSON.stringify(message.view)) {
        // The same in half of the body as in all of it: the banner stays as it is.
        message.judged.known = known;
        return mark(message);
      }
      clear(message);
      message.view = view;
      const { level, marksComplete: complete } = view;
      message.judged = { key, level, marks: new Map(view.marks.map(({ href, label }) => [href, label])), complete, known, hrefAttributes };
      if (view.level !== "danger" && view.level !== "caution") return;
      watch.ours(() => {
        const focus = attended === message.reading.place;
        if (focus) attended = undefined;
        const made = banner.create(view, hello.css, { act: act(message), fold: false, focus });
        message.banner = made;
        message.placement = placement(made, reading, {
          ours: watch.ours,
          places: () => [...open.keys()],
          hidden: (hidden) => channel.ask({ type: "hidden", key, hidden }),
        });
        foldEarlier();
      });
      mark(message);
    }

    /**
     * Marks what the verdict says; the links of a body elsewhere are marked there.
     *
     * @param {Open} message
     */
    function mark({ reading, view }) {
      if (!view?.marks.length || reading.remote) return;
      marks.apply(reading.body, view.marks, reading.hrefAttributes, watch.ours);
    }

    /**
     * @param {Open} message
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
      const warned = [...open.values()].flatMap(({ banner }) => banner ?? []);
      warned.forEach((one, i) => one.fold(i < warned.length - 1));
    }

    /** @param {Open} message */
    function clear(message) {
      watch.ours(() => {
        message.placement?.remove();
        if (message.view?.marks.length) marks.clear(message.reading.body);
      });
      message.placement = message.banner = undefined;
      message.view = undefined;
      message.judged = undefined;
    }

    /** @param {Open} message */
    function drop(message) {
      clear(message);
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
      const keys = [...open.values()].flatMap(({ key }) => key ?? []);
      if (open.size > 0) channel.open();
      else channel.close();
      const now = JSON.stringify(reported ? [...keys, pageKey] : keys);
      if (now === shown) return;
      shown = now;
      channel.ask({ type: "showing", keys: reported ? [...keys, pageKey] : keys });
    }

    /**
     * @param {string} key
     * @param {Open} message
     */
    function unique(key, message) {
      const taken = new Set([...open.values()].filter((other) => other !== message).map((other) => other.key));
      let name = key;
      for (let n = 2; taken.has(name); n++) name = `${key}#${n}`;
      return name;
    }

    function stop() {
      stopped = true;
      watch.stop();
      guard.stop();
      channel.close();
      for (const message of open.values()) drop(message);
    }

    watch.soon();
    return {
      stop,
      refresh(news) {
        hello = news;
        const focused = document.activeElement;
        attended = [...open].find(([, { banner }]) => banner && banner.host === focused)?.[0];
        shown = "";
        for (const message of open.values()) drop(message);
        open = new Map();
        watch.soon();
      },
      joined(token) {
        for (const message of open.values()) {
          const { reading } = message;
          if (!reading.remote || relay.token(reading.place) !== token) continue;
          message.joined++;
          message.stale = true;
          consider(message);
        }
      },
    };
  }

  /**
   * Whether a key was made of a name, with a number after it where it was taken.
   *
   * @param {string} key
   * @param {string} name
   */
  function isNamed(key, name) {
    return key === name || key.startsWith(`${name}#`);
  }

  /**
   * @param {Reading} a
   * @param {Reading} b
   */
  function sameMessage(a, b) {
    return (
      a.body === b.body &&
      a.id === b.id &&
      a.subject === b.subject &&
      a.from.address === b.from.address &&
      a.from.name === b.from.name
    );
  }

  /**
   * What may come later, or be folded away, in the head of the same message.
   *
   * @param {Reading} a
   * @param {Reading} b
   */
  function sameHead(a, b) {
    return a.clipped === b.clipped && a.attachments.join() === b.attachments.join() && JSON.stringify(a.auth) === JSON.stringify(b.auth);
  }

  honmono.session = session;
})();
