// Tells the background which messages a page has open, by their keys, and that a
// page cannot be read.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "inventory")) return;

  /** A page that is still loading looks unreadable; this long it may. Milliseconds. */
  const loadingLimit = 3000;
  /** The key under which a page that cannot be read is reported. */
  const pageKey = "page";

  /**
   * @param {Parameters<Honmono["inventory"]>[0]} parts
   * @returns {Inventory}
   */
  function inventory({ channel, messages, later }) {
    /** What the background was told last. */
    let told = "";
    let problemSince = 0;
    /** @type {FailureReason | undefined} */
    let reported;

    function announce() {
      const open = messages();
      const keys = open.flatMap(({ key }) => key ?? []);
      const waiting = open.length > keys.length;
      if (open.length > 0) channel.open();
      else channel.close();
      const shown = reported ? [...keys, pageKey] : keys;
      const now = JSON.stringify([shown, waiting]);
      if (now === told) return;
      told = now;
      channel.ask({ type: "showing", keys: shown, waiting });
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
      if (wait > 0) setTimeout(later, wait);
      else if (reported !== problem) {
        reported = problem;
        told = JSON.stringify([[pageKey], false]);
        channel.ask({ type: "failed", key: pageKey, reason: problem });
      }
    }

    /**
     * @param {OpenMessage} message
     * @param {string} base what its key is made of
     */
    function name(message, base) {
      if (message.key && isNamed(message.key, base)) return message.key;
      const taken = new Set(messages().filter((other) => other !== message).map(({ key }) => key));
      let key = base;
      for (let n = 2; taken.has(key); n++) key = `${base}#${n}`;
      return (message.key = key);
    }

    return {
      announce,
      note,
      name,
      forget() {
        told = "";
      },
    };
  }

  /**
   * Whether a key was made of this, with a number after it where it was taken.
   *
   * @param {string} key
   * @param {string} base
   */
  function isNamed(key, base) {
    return key === base || key.startsWith(`${base}#`);
  }

  honmono.inventory = inventory;
})();
