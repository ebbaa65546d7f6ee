// The way to the background. The browser ends the background when it rests, also
// between a question and its answer; then the question is asked again, which
// starts it anew. Without an answer in the end, the message counts as unchecked.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "channel")) return;

  /** Milliseconds. A cold start takes under one second, 10 MB of mail a few. */
  const answerLimit = 30_000;
  const pauses = [200, 1000];
  /** Below the 30 s after which an idle background is ended. */
  const pingEvery = 20_000;
  /** After so long with the same mail open, the background may rest. */
  const pingFor = 5 * 60_000;

  /** @returns {Channel} */
  function channel() {
    const { runtime } = globalThis.browser ?? globalThis.chrome;
    /** @type {chrome.runtime.Port | undefined} */
    let port;
    let open = false;
    let openedAt = 0;
    let timer = 0;

    /** After an update or removal the old content script is cut off for good. */
    const alive = () => runtime?.id !== undefined;

    /**
     * @template T
     * @param {PageRequest} request
     * @returns {Promise<Answer<T>>}
     */
    async function ask(request) {
      /** @type {FailureReason} */
      let reason = "detector";
      let detail = "";
      for (let attempt = 0; attempt <= pauses.length && alive(); attempt++) {
        if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, pauses[attempt - 1]));
        try {
          const answer = await withLimit(runtime.sendMessage(request));
          if (isAnswer(answer)) return answer;
          detail = "no answer";
        } catch (error) {
          detail = String(error);
          reason = error === tooLate ? "timeout" : "detector";
        }
      }
      return { error: { reason, detail } };
    }

    function connect() {
      if (!alive()) return;
      try {
        port = runtime.connect({ name: "mail" });
      } catch {
        return;
      }
      const mine = port;
      port.onDisconnect.addListener(() => {
        if (port !== mine) return;
        port = undefined;
        if (open && recent()) connect();
      });
    }

    function recent() {
      return Date.now() - openedAt < pingFor && document.visibilityState === "visible";
    }

    function ping() {
      if (!recent()) return;
      try {
        if (port) port.postMessage(0);
        else connect();
      } catch {
        port = undefined;
      }
    }

    return {
      ask,
      alive,
      open() {
        openedAt = Date.now();
        open = true;
        if (!port) connect();
        if (timer === 0) timer = setInterval(ping, pingEvery);
      },
      wake() {
        if (!port) connect();
      },
      reopen() {
        const old = port;
        port = undefined;
        old?.disconnect();
        this.open();
      },
      close() {
        open = false;
        clearInterval(timer);
        timer = 0;
      },
    };
  }

  const tooLate = new Error("channel: no answer in time");

  /**
   * @template T
   * @param {Promise<T>} answer
   * @returns {Promise<T>}
   */
  function withLimit(answer) {
    let timer = 0;
    const limit = new Promise((_, reject) => (timer = setTimeout(reject, answerLimit, tooLate)));
    return /** @type {Promise<T>} */ (Promise.race([answer, limit])).finally(() => clearTimeout(timer));
  }

  /**
   * @param {unknown} value
   * @returns {value is Answer<any>}
   */
  function isAnswer(value) {
    return typeof value === "object" && value !== null && ("ok" in value || "error" in value);
  }

  honmono.channel = channel;
})();
