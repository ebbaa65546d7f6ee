// Whether what is seen in a page now is the message that was seen there before.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "same")) return;

  /**
   * @param {Reading} a
   * @param {Reading} b
   */
  function sameMessage(a, b) {
    return a.body === b.body && a.id === b.id && sameClaim(a, b);
  }

  /**
   * Whether both say the same of themselves: what is found in one body under either
   * header is the same. A mail may come twice.
   *
   * @param {Reading} a
   * @param {Reading} b
   */
  function sameClaim(a, b) {
    return a.subject === b.subject && a.from.address === b.from.address && a.from.name === b.from.name;
  }

  /**
   * What may come later, or be folded away, in the head of the same message.
   *
   * @param {Reading} a
   * @param {Reading} b
   */
  function sameHead(a, b) {
    return a.clipped === b.clipped && a.attachments.join() === b.attachments.join() && JSON.stringify(a.auth) === JSON.stringify(b.auth);
  }

  /**
   * Whether a header is the one before with something added that was missing.
   *
   * @param {Reading} a
   * @param {Reading} b
   */
  function isMoreOf(a, b) {
    /** @param {string | undefined} before @param {string | undefined} now */
    const more = (before, now) => !before || before === now;
    if (a.id !== "" && a.id === b.id) return true;
    return more(a.id, b.id) && more(a.subject, b.subject) && more(a.from.name, b.from.name) && more(a.from.address, b.from.address);
  }

  honmono.same = { message: sameMessage, claim: sameClaim, head: sameHead, withMore: isMoreOf };
})();
