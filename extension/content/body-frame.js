// The content script in a frame that holds a body alone (see relay.js). It judges
// nothing: it shows the background the token that its parent gave it, hands over
// the body when the background asks, and marks the links that it is told to.
//
// A webmail may put another mail into the same frame, or another document into the
// same place, at a moment of its own. So each state of the body has a name, which
// is shown with the token, and each body handed over has a number, which comes back
// with what was found in it.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "bodyFrame")) return;
  const { arrival, dom, intent, marks, reading } = honmono;

  /** How often a body that is not whole yet is looked at. Milliseconds. */
  const again = 300;
  /** Bodies handed over and not answered yet, remembered at most. */
  const maxHanded = 8;

  /**
   * @param {Parameters<Honmono["bodyFrame"]>[0]} parts
   * @returns {FrameSession}
   */
  function bodyFrame({ document, channel, frame, clickWarning }) {
    /** This document's own; no other in this place has it. */
    const name = crypto.randomUUID();
    let known = frame;
    let token = "";
    /** @type {Element | undefined} */
    let seen;
    /** Counts what has been in the body. */
    let revision = 0;
    let changed = Date.now();
    /** The revision that the background has been told of, with this token. */
    let told = -1;
    let since = Date.now();
    let stopped = false;
    let number = 0;
    /** Bodies that were handed over, by number. @type {Map<number, { known: Set<string>, revision: number, token: string }>} */
    const handed = new Map();
    /** The newest of them that an answer has come for. */
    let answered = 0;
    /** @type {{ revision: number, judged: Judged | undefined } | undefined} */
    let found;
    /** Called when something of this has changed. @type {Set<() => void>} */
    const waiting = new Set();
    const watch = honmono.watch(document, look);

    const bodyNow = () => dom.first(document, known.body);

    /** @param {Touched} touched */
    function look(touched) {
      if (stopped) return;
      if (!channel.alive()) return stop();
      const body = bodyNow();
      if (body !== seen || (body && touched(body))) {
        seen = body;
        revision++;
        changed = Date.now() - watch.rest;
      }
      if (!token || told === revision) return;
      const now = Date.now();
      const until = body ? arrival.whole(body, changed, since) : Infinity;
      if (now < until) setTimeout(watch.soon, Math.min(again, until - now));
      else join();
    }

    function join() {
      told = revision;
      channel.open();
      channel.ask({ type: "join", token, body: `${name} ${revision}` });
    }

    /**
     * Only the parent may hand out a token, and only a webmail's page: the browser
     * names the sender, and says whether a script made the event up.
     *
     * @param {MessageEvent} event
     */
    function hear(event) {
      if (!event.isTrusted || window === parent || event.source !== parent) return;
      const { protocol, hostname } = new URL(event.origin);
      if (protocol !== "https:" || !known.parents.includes(hostname)) return;
      const given = event.data?.honmono;
      if (typeof given !== "string" || given.length > 64) return;
      // Given once more: the background has forgotten, as it does when it rests.
      told = -1;
      if (given !== token) {
        token = given;
        since = Date.now();
        forget();
      }
      watch.soon();
    }

    /** What was found was found in another mail. */
    function forget() {
      found = undefined;
      const body = bodyNow();
      if (body) watch.ours(() => marks.clear(body));
    }

    function tell() {
      const all = [...waiting];
      waiting.clear();
      for (const hear of all) hear();
    }

    function stop() {
      stopped = true;
      removeEventListener("message", hear);
      watch.stop();
      channel.close();
      const body = bodyNow();
      if (body) marks.clear(body);
      tell();
    }

    /**
     * @param {Node} node
     * @returns {Guarded | undefined}
     */
    function guardOf(node) {
      const body = clickWarning && !stopped ? bodyNow() : undefined;
      if (!body || !dom.contains(body, node)) return undefined;
      if (watch.touches(body)) watch.now();
      return {
        get key() {
          return found?.judged?.key ?? "";
        },
        judged: found?.judged,
        settled: isSettled() && found?.judged !== undefined,
        failed: isSettled() && found?.judged === undefined,
        hrefAttributes: [],
        settle,
      };
    }

    const isSettled = () => found !== undefined && found.revision === revision;

    /** Shows the body as it is, at once: somebody waits. */
    async function settle() {
      for (let tried = false; !stopped; tried = true) {
        if (isSettled() && (found?.judged || tried)) return found?.judged;
        if (isSettled()) {
          found = undefined;
          told = -1;
        }
        if (token && told !== revision) join();
        await new Promise((/** @type {(value?: undefined) => void} */ resolve) => waiting.add(resolve));
      }
      return undefined;
    }

    addEventListener("message", hear);
    channel.ask({ type: "arrived" });
    return {
      stop,
      guardOf,
      ours: watch.ours,
      refresh(news, warn) {
        known = news;
        clickWarning = warn;
        told = -1;
        watch.soon();
      },
      async body(asked) {
        const body = asked === token ? bodyNow() : undefined;
        if (!body) return undefined;
        const mine = ++number;
        /** @type {Set<string>} */
        const hrefs = new Set();
        handed.set(mine, { known: hrefs, revision, token });
        for (const old of handed.keys()) if (old <= mine - maxHanded) handed.delete(old);
        // Of a body that is not there yet nothing is called harmless.
        const blank = dom.blank(body);
        const read = await reading.bodyOf(body, [], hrefs);
        // Another message may have come meanwhile, or another body.
        if (!read || asked !== token || bodyNow() !== body) return undefined;
        return { html: read.text, partial: blank || !read.whole, number: mine };
      },
      mark({ token: asked, key, number: of, view }) {
        const body = asked === token ? bodyNow() : undefined;
        const read = handed.get(of);
        if (!body || !read || read.token !== token || of < answered) return;
        answered = of;
        found = { revision: read.revision, judged: undefined };
        if (view) {
          found.judged = intent.judged(key, view, read.known, []);
          marks.apply(body, view.marks, [], watch.ours);
        }
        tell();
      },
    };
  }

  honmono.bodyFrame = bodyFrame;
})();
