// Long work in slices: a mail of 100,000 links is read and marked while the page
// stays quick under the person's hands. After a few milliseconds the page has its
// turn.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "slices")) return;

  /** Milliseconds of work at a time; what runs longer than 50 is felt. */
  const slice = 5;
  /** The clock is looked at once for so many steps. */
  const stride = 32;

  /** A task of its own, without the 4 ms that nested timers wait. */
  const turn = (() => {
    if (typeof MessageChannel !== "function") return () => new Promise((resolve) => setTimeout(resolve, 0));
    /** @type {(() => void)[]} */
    const waiting = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => waiting.shift()?.();
    return () =>
      new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
        waiting.push(resolve);
        port2.postMessage(0);
      });
  })();

  /** @returns {Pace} for one piece of work */
  function pace() {
    let began = performance.now();
    let steps = 0;
    return {
      due: () => ++steps % stride === 0 && performance.now() - began > slice,
      async rest() {
        await turn();
        began = performance.now();
      },
    };
  }

  honmono.slices = { pace };
})();
