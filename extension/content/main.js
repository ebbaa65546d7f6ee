// Starts the content scripts in one frame of a page.
(() => {
  const { honmono } = globalThis;
  if (honmono.started) return;
  honmono.started = true;

  const { runtime } = globalThis.browser ?? globalThis.chrome;
  /** A frame with less room holds no mail: a counter, a sound, a chat button. */
  const minWidth = 200;
  const minHeight = 100;
  const channel = honmono.channel();
  let started = false;
  /** @type {Session | undefined} */
  let session;
  /** @type {FrameSession | undefined} */
  let bodyFrame;

  async function begin() {
    channel.open();
    /** @type {Answer<HelloAnswer>} */
    const answer = await channel.ask({ type: "hello" });
    if ("error" in answer) {
      channel.ask({ type: "failed", key: "page", reason: answer.error.reason });
      channel.close();
    } else if (answer.ok.off) {
      session?.stop();
      session = undefined;
      bodyFrame?.stop();
      bodyFrame = undefined;
      channel.close();
      channel.ask({ type: "showing", keys: [] });
    } else if (answer.ok.frame) {
      if (bodyFrame) bodyFrame.refresh(answer.ok.frame, answer.ok.clickWarning);
      else bodyFrame = honmono.bodyFrame({ document, channel, frame: answer.ok.frame, clickWarning: answer.ok.clickWarning });
    } else if (session) session.refresh(answer.ok);
    else session = honmono.session({ document, url: () => location.href, channel, hello: answer.ok });
  }

  runtime.onMessage.addListener((notice, sender, respond) => {
    if (sender.id !== runtime.id || sender.tab) return undefined;
    if (notice?.type === "present") respond(started);
    if (notice?.type === "rules" && started) begin();
    if (notice?.type === "joined") session?.joined(notice.token);
    if (notice?.type === "marks") bodyFrame?.mark(notice.token, notice.key, notice.view);
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
