// The content script in a frame that holds a body alone (see relay.js). It judges
// nothing: it shows the background the token that its parent gave it, hands over
// the body when the background asks, and marks the links that it is told to.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "bodyFrame")) return;
  const { clicks, dom, marks, reading } = honmono;

  /** So long a body may be empty before it counts as one. Milliseconds. */
  const emptyLimit = 3000;
  const again = 300;

  /**
   * @param {Parameters<Honmono["bodyFrame"]>[0]} parts
   * @returns {FrameSession}
   */
  function bodyFrame({ document, channel, frame, clickWarning }) {
    let known = frame;
    let token = "";
    /** What the background has been told of. @type {Element | undefined} */
    let told;
    let since = Date.now();
    let stopped = false;
    /** What was said of the body, and the hrefs that were read in it. @type {Judged | undefined} */
    let judged;
    /** @type {Set<string>} */
    let hrefs = new Set();
    const watch = honmono.watch(document, look);
    const guard = clicks({ channel, messageOf, ours: watch.ours });
    guard.also(document);

    /** @param {Node} node */
    function messageOf(node) {
      const body = clickWarning && judged ? bodyNow() : undefined;
      return body && dom.contains(body, node) ? judged : undefined;
    }

    const bodyNow = () => dom.first(document, known.body);

    /** @param {Touched} touched */
    function look(touched) {
      if (stopped || !token) return;
      if (!channel.alive()) return stop();
      const body = bodyNow();
      if (!body || (dom.blank(body) && Date.now() - since < emptyLimit)) {
        setTimeout(watch.soon, again);
        return;
      }
      if (body === told && !touched(body)) return;
      told = body;
      channel.open();
      channel.ask({ type: "join", token });
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
      if (given !== token) {
        token = given;
        told = undefined;
        since = Date.now();
      } else if (told) {
        // Asked again: the background has forgotten, as it does when it rests.
        told = undefined;
      }
      watch.soon();
    }

    function stop() {
      stopped = true;
      removeEventListener("message", hear);
      watch.stop();
      guard.stop();
      channel.close();
      const body = bodyNow();
      if (body) marks.clear(body);
    }

    addEventListener("message", hear);
    return {
      stop,
      refresh(news, warn) {
        known = news;
        clickWarning = warn;
        told = undefined;
        watch.soon();
      },
      async body(asked) {
        const body = asked === token ? bodyNow() : undefined;
        hrefs = new Set();
        const read = body && (await reading.bodyOf(body, [], hrefs));
        return read && { html: read.text, partial: !read.whole };
      },
      mark(asked, key, { level, marks: list, marksComplete: complete }) {
        const body = asked === token ? bodyNow() : undefined;
        if (!body) return;
        judged = { key, level, marks: new Map(list.map(({ href, label }) => [href, label])), complete, known: hrefs, hrefAttributes: [] };
        marks.apply(body, list, [], watch.ours);
      },
    };
  }

  honmono.bodyFrame = bodyFrame;
})();
