// Reads the page, asks, and shows the answers: the one place that knows which
// messages are open and what became of each.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "session")) return;
  const { adapter: adapters, dom, fallback, reading: readings, relay, same, banner, marks, placement, slices } = honmono;

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
  /**
   * Another mail's header over a body that is as it was: the mail before left it
   * there. For so long its own is waited for, unless the body changed just before
   * the header did. Milliseconds.
   */
  const leftLimit = 10_000;
  const leftGrace = 500;
  /** Characters. */
  const largeHTML = 500_000;
  /** A frame with the body that does not answer for so long cannot be read. */
  const frameLimit = 6000;
  /** How often it is called until then. */
  const callAgain = 700;
  /** How often in a row a frame may be lost between its word and the question. */
  const maxLost = 5;

  /**
   * @typedef {object} Open one message that is open
   * @property {Reading} reading
   * @property {number} since when it was first seen
   * @property {number} changed when its body was last seen changed
   * @property {boolean} stale its content is to be read (again)
   * @property {boolean} rested its body has been at rest, or was not waited for
   * @property {number} [early] the change after which it was read early
   * @property {number} turn counts the readings; only the newest counts
   * @property {object} [work] the reading or question under way
   * @property {boolean} [failed] it could not be judged when that was last tried
   * @property {Set<() => void>} waiting called when anything of this has changed
   * @property {string} [left] what the message before left in its place: its remote body's name, or "body"
   * @property {string} [offered] names the body that the frame has to be read
   * @property {number} [offeredAt] since when
   * @property {number} joined how often the frame with its body has been asked about
   * @property {number} lost how often in a row it was gone then
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
  function session({ document, url, channel, hello, also }) {
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
        also(reading.body.ownerDocument);
      }
      const now = Date.now();
      if (!before || !same.message(before.reading, reading)) {
        // What the frame is told from now on is about this message.
        if (reading.remote) relay.renew(reading.place);
        const left = before && leftBy(before, reading, touched);
        open.set(reading.place, { reading, since: now, changed: now - watch.rest, stale: true, rested: false, turn: 0, joined: 0, lost: 0, known: new Set(), waiting: new Set(), left });
        return;
      }
      const changed = !reading.remote && touched(reading.body);
      if (changed) {
        before.changed = now - watch.rest;
        before.left = undefined;
      }
      before.stale ||= changed || !same.head(before.reading, reading);
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
      const { reading, since, changed } = message;
      const now = Date.now();
      if (reading.remote) {
        if (message.offered === undefined) {
          if (now - since > frameLimit) return fail(message, "frame");
          relay.call(reading.place, reading.remote);
          setTimeout(consider, callAgain, message);
        } else if (message.offered === message.left && now < since + leftLimit) setTimeout(consider, since + leftLimit - now, message);
        else begin(message, ask(message, readings.head(reading), `frame ${++message.joined}`));
        return;
      }
      const blank = dom.blank(reading.body);
      let until = Math.min(changed + settling, since + settleLimit);
      if (blank) until = since + emptyLimit;
      else if (message.left) until = since + leftLimit;
      // What was judged once is judged again without delay.
      if (!message.rested && now < until) {
        setTimeout(consider, until - now, message);
        // What another mail has left would be a false alarm.
        if (blank || message.left || message.early === changed || dom.exceeds(reading.body, earlyElements)) return;
        begin(message, read(message, (message.early = changed)));
        return;
      }
      readNow(message);
    }

    /** @param {Open} message */
    function readNow(message) {
      message.rested = true;
      message.stale = false;
      message.failed = false;
      begin(message, read(message));
    }

    /**
     * @param {Open} message
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

    /** @param {Open} message */
    function tell({ waiting }) {
      const all = [...waiting];
      waiting.clear();
      for (const hear of all) hear();
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
      // Of a body that is not there yet, or not this mail's, nothing is called harmless.
      if (message.left || dom.blank(message.reading.body)) content.partial = true;
      // Of a large mail each of these takes as long as the page can spare.
      const large = (content.html?.length ?? 0) > largeHTML;
      const pace = slices.pace();
      if (large) await pace.rest();
      const print = readings.fingerprint(content);
      if (print === message.print) return;
      if (large) await pace.rest();
      if (message.turn !== turn || !isOpen(message)) return;
      message.known = known;
      await ask(message, content, print, early !== undefined);
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
        settled: isSettled(message),
        failed: message.failed === true,
        hrefAttributes: message.reading.hrefAttributes,
        settle: () => settle(message),
      };
    }

    /** @param {Node} node */
    function messageWith(node) {
      return [...open.values()].find(({ reading }) => !reading.remote && dom.contains(reading.body, node));
    }

    /** @param {Open} message */
    function isSettled({ judged, stale, work }) {
      return judged !== undefined && !stale && work === undefined;
    }

    /**
     * Judges a message at once: somebody waits.
     *
     * @param {Open} message
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
      const { reading, known } = message;
      const frame = reading.remote && relay.token(reading.place);
      const name = readings.key(reading, frame ?? print);
      if (!message.key || !isNamed(message.key, name)) message.key = unique(name, message);
      const { key } = message;
      announce();
      /** @type {Answer<CheckAnswer>} */
      const answer = await channel.ask({ type: "check", key, message: content, ...(frame && { frame }), ...(early && { early }) });
      if (!isOpen(message)) return;
      const view = "ok" in answer ? answer.ok.view : undefined;
      if (message.asked !== asked) {
        // Overtaken by a change, it is better than nothing for a click that waits.
        if (view) message.judged ??= judgedBy(message, view, known);
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
      if (view) reveal(message, view);
    }

    /** @param {Open} message */
    function again(message) {
      if (++message.lost > maxLost) return fail(message, "frame");
      message.offered = undefined;
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
      message.failed = true;
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
      if (message.judged?.key === key && JSON.stringify(view) === JSON.stringify(message.view)) {
        // The same in half of the body as in all of it: the banner stays as it is.
        message.judged.known = known;
        return mark(message);
      }
      clear(message);
      message.view = view;
      message.judged = judgedBy(message, view, known);
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
      tell(message);
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
        shown = JSON.stringify([[pageKey], false]);
        channel.ask({ type: "failed", key: pageKey, reason: problem });
      }
    }

    /** Tells which messages are open, when that has changed, and whether one waits for its first answer. */
    function announce() {
      const keys = [...open.values()].flatMap(({ key }) => key ?? []);
      const waiting = open.size > keys.length;
      if (open.size > 0) channel.open();
      else channel.close();
      const now = JSON.stringify([reported ? [...keys, pageKey] : keys, waiting]);
      if (now === shown) return;
      shown = now;
      channel.ask({ type: "showing", keys: reported ? [...keys, pageKey] : keys, waiting });
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
        const focused = document.activeElement;
        attended = [...open].find(([, { banner }]) => banner && banner.host === focused)?.[0];
        shown = "";
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
          consider(message);
        }
      },
      arrived() {
        for (const { reading } of open.values()) if (reading.remote) relay.call(reading.place, reading.remote);
      },
    };
  }

  /**
   * What a verdict says about clicks.
   *
   * @param {Open} message
   * @param {View} view
   * @param {Set<string>} known
   * @returns {Judged}
   */
  function judgedBy({ key = "", reading }, { level, marks, marksComplete: complete }, known) {
    return { key, level, marks: new Map(marks.map(({ href, label }) => [href, label])), complete, known, hrefAttributes: reading.hrefAttributes };
  }

  /**
   * What one message left in the place of another: a page may show a header before
   * the body that belongs to it. A header of which more is shown is no other one.
   *
   * @param {Open} before
   * @param {Reading} reading the new message
   * @param {Touched} touched
   * @returns {string | undefined}
   */
  function leftBy(before, reading, touched) {
    const { reading: old, changed, offered, offeredAt = 0 } = before;
    if (old.body !== reading.body || same.withMore(old, reading)) return undefined;
    if (before.left && (reading.remote ? offered === before.left : !touched(reading.body))) return before.left;
    const last = reading.remote ? offeredAt : changed;
    if (Date.now() - last < leftGrace) return undefined;
    if (reading.remote) return offered;
    return touched(reading.body) || dom.blank(reading.body) ? undefined : "body";
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

  honmono.session = session;
})();
