// Starts the content scripts in one frame of a page.
(() => {
  const { honmono } = globalThis;
  if (honmono.started) return;
  honmono.started = true;

  const { runtime, i18n } = globalThis.browser ?? globalThis.chrome;
  /** A frame with less room holds no mail: a counter, a sound, a chat button. */
  const minWidth = 200;
  const minHeight = 100;
  const channel = honmono.channel();
  let started = false;
  /** @type {Session | undefined} */
  let session;
  /** @type {FrameSession | undefined} */
  let bodyFrame;
  /** @type {HelloAnswer["words"] | undefined} */
  let words;
  let off = false;
  /** Until the background has said what this page is. @type {Promise<void> | undefined} */
  let asking;

  /** @type {ClickParts} */
  const parts = {
    document,
    channel,
    guardOf: (node) => (asking && !side() ? unknown(node) : side()?.guardOf(node)),
    ours: (write) => (side()?.ours ?? ((write) => write()))(write),
    word: (name) => words?.[name] ?? i18n?.getMessage(`click_${name}`) ?? "…",
  };
  const guard = honmono.clicks(parts);

  /** @returns {Side | undefined} */
  function side() {
    return session ?? bodyFrame;
  }

  /**
   * The background has not said yet what this page is: then a link that leads out of
   * it may be a mail's.
   *
   * @param {Node} node
   * @returns {Guarded | undefined}
   */
  function unknown(node) {
    const url = honmono.links.resolved(/** @type {Element} */ (node));
    if (!/^https?:/.test(url) || new URL(url).host === location.host) return undefined;
    return {
      get key() {
        return side()?.guardOf(node)?.key ?? "";
      },
      settled: false, failed: false, hrefAttributes: [],
      async settle() {
        await asking;
        const message = side()?.guardOf(node);
        if (!message) return side() || off ? "free" : undefined;
        return message.settled ? message.judged : message.settle();
      },
    };
  }

  function begin() {
    const mine = greet().finally(() => {
      if (asking === mine) asking = undefined;
    });
    asking = mine;
  }

  async function greet() {
    channel.open();
    /** @type {Answer<HelloAnswer>} */
    const answer = await channel.ask({ type: "hello" });
    if ("error" in answer) {
      channel.ask({ type: "failed", key: "page", reason: answer.error.reason });
      channel.close();
      return;
    }
    const { ok: hello } = answer;
    words = hello.words;
    off = hello.off;
    if (off) {
      session?.stop();
      session = undefined;
      bodyFrame?.stop();
      bodyFrame = undefined;
      channel.close();
      channel.ask({ type: "showing", keys: [] });
    } else if (hello.frame) {
      if (bodyFrame) bodyFrame.refresh(hello.frame, hello.clickWarning);
      else bodyFrame = honmono.bodyFrame({ document, channel, frame: hello.frame, clickWarning: hello.clickWarning });
    } else if (session) session.refresh(hello);
    else session = honmono.session({ document, url: () => location.href, channel, hello, also: guard.also });
  }

  runtime.onMessage.addListener((notice, sender, respond) => {
    if (sender.id !== runtime.id || sender.tab) return undefined;
    if (notice?.type === "present") respond(started);
    if (notice?.type === "rules" && started) begin();
    if (notice?.type === "arrived") session?.arrived();
    if (notice?.type === "joined") session?.joined(notice.token, notice.body);
    if (notice?.type === "marks") bodyFrame?.mark(notice);
    if (notice?.type === "body" && bodyFrame) {
      bodyFrame.body(notice.token).then(respond, () => respond(undefined));
      return true;
    }
    return undefined;
  });

  // What is pressed may open a mail, and so may another address: the background
  // starts while the page fills it in.
  for (const type of ["pointerdown", "hashchange"]) {
    addEventListener(type, ({ isTrusted }) => isTrusted && session && channel.wake(), { capture: true, passive: true });
  }

  // Out of the browser's back/forward cache: the background has forgotten us.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || !(session || bodyFrame)) return;
    channel.reopen();
    begin();
  });

  // Where the first attempt failed, coming back to the page is another.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && !session && !bodyFrame && started) begin();
  });

  function startWithRoom() {
    if (started || (window !== top && (innerWidth < minWidth || innerHeight < minHeight))) return;
    started = true;
    removeEventListener("resize", startWithRoom);
    begin();
  }
  addEventListener("resize", startWithRoom);
  startWithRoom();
})();
