// A click in a mail that is still being judged waits for the verdict. Then it goes
// on as it would have, or is stopped; where there is no verdict in time, the person
// is told so, and may open the link all the same.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "hold")) return;
  const { dom, intent, note, replay } = honmono;

  /** A click waits no longer. In milliseconds; after five seconds browsers call what it opens a popup. */
  const patience = 3000;
  /** How long a word stays that the person is to read, in milliseconds. */
  const reading = 8000;

  /**
   * @param {Parameters<Honmono["hold"]>[0]} parts
   * @returns {Hold}
   */
  function holder({ channel, guardOf, ours, word }) {
    /** Links whose click waits. @type {Set<Element>} */
    const waiting = new Set();
    /** The link whose click we do once more. @type {Element | undefined} */
    let replayed;
    /** Links that nobody could be asked about; the person was told. @type {WeakSet<Element>} */
    const insisted = new WeakSet();

    /**
     * Holds a click until its message is judged, and does then what is to be done.
     *
     * @param {Event} event
     * @param {Element} link
     * @param {Guarded} message
     */
    async function hold(event, link, message) {
      const { isTrusted } = event;
      const way = intent.wayOf(event, link);
      const again = replay(event, link);
      const seen = intent.about(link, message);
      const said = note(link, /** @type {Partial<MouseEvent>} */ (event), word("checking"), ours);
      waiting.add(link);
      const answer = await within(message.settle(), patience);
      waiting.delete(link);
      said.remove();
      // What was found last stands until there is something newer.
      const judged = answer ?? (dom.connected(link) ? guardOf(link)?.judged : undefined);
      const why = judged === "free" ? undefined : verdictOn(link, seen, judged);
      if (why && channel.alive()) {
        if (!isTrusted) return;
        const now = dom.connected(link) ? intent.about(link, message) : seen;
        const answered = await follow(message.key, now, way, why);
        if ("error" in answered && why === "unchecked") admit(link);
        return;
      }
      replayed = link;
      const left = again();
      replayed = undefined;
      if (left && isTrusted) follow(message.key, intent.about(link, message), way, "cleared");
    }

    /**
     * Not even the background can be asked: the person is told, and may open the
     * link by a second click.
     *
     * @param {Element} link
     */
    function admit(link) {
      insisted.add(link);
      const said = note(link, {}, "", ours);
      said.say(word("unchecked"));
      setTimeout(() => said.remove(), reading);
    }

    /**
     * @param {string} key
     * @param {Pick<FollowRequest, "href" | "url" | "text">} what
     * @param {Way} way
     * @param {StopReason} why
     * @returns {Promise<Answer<FollowAnswer>>}
     */
    function follow(key, what, way, why) {
      return channel.ask({ type: "follow", key, ...what, way, why });
    }

    return {
      replays: (link) => link === replayed,
      insisted: (link) => insisted.has(link),
      take(event, link, message) {
        if (!waiting.has(link)) hold(event, link, message);
      },
    };
  }

  /**
   * Why a click that was held must not go on; undefined if it may. A link that the
   * page has taken away meanwhile can be opened by the background alone.
   *
   * @param {Element} link
   * @param {{ href: string }} seen as it was at the click
   * @param {Judged | undefined} judged
   * @returns {StopReason | undefined}
   */
  function verdictOn(link, { href }, judged) {
    if (!judged) return "unchecked";
    if (dom.connected(link)) return intent.doubt(link, judged);
    if (judged.marks.has(href)) return "marked";
    return judged.known.has(href) ? "cleared" : "changed";
  }

  /**
   * @template T
   * @param {Promise<T>} answer
   * @param {number} limit milliseconds
   * @returns {Promise<T | undefined>}
   */
  function within(answer, limit) {
    let timer = 0;
    const late = new Promise((/** @type {(value: undefined) => void} */ resolve) => (timer = setTimeout(resolve, limit, undefined)));
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  }

  honmono.hold = holder;
})();
