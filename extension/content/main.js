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
      channel.close();
      channel.ask({ type: "showing", keys: [] });
    } else if (session) session.refresh(answer.ok);
    else session = honmono.session({ document, url: () => location.href, channel, hello: answer.ok });
  }

  runtime.onMessage.addListener((notice, sender, respond) => {
    if (sender.id !== runtime.id || sender.tab) return;
    if (notice?.type === "present") respond(started);
    if (notice?.type === "rules" && started) begin();
  });

  // Out of the browser's back/forward cache: the background has forgotten us.
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted || !session) return;
    channel.reopen();
    begin();
  });

  // Where the first attempt failed, coming back to the page is another.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && !session && started) begin();
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
