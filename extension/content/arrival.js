// When the body of an open message is there to be judged. A webmail fills its page
// in pieces, and may show a header before the body that belongs to it.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "arrival")) return;
  const { dom, same } = honmono;

  /**
   * A message is first judged when its body has been left alone for so long, or has
   * not come to rest at all for so long; one that is still empty is given more.
   * Milliseconds.
   */
  const settling = 300;
  const settleLimit = 2000;
  const emptyLimit = 3000;
  /**
   * Until then it is judged early, where it holds no more elements than this:
   * half a body can show that a mail is dangerous, never that it is not.
   */
  const earlyElements = 2000;
  /**
   * Another mail's header over a body that is as it was: the mail before left it
   * there. For so long its own is waited for; then it is judged as a part, as it may
   * be the other's. A body that changed just before the header did may have come for
   * it: it is taken for its own where no other comes in half the time. Milliseconds.
   */
  const leftLimit = 10_000;
  const leftGrace = 500;
  const freshLimit = 5000;
  /** A frame with the body that does not answer for so long cannot be read. Milliseconds. */
  const frameLimit = 6000;
  /** How often it is called until then. Milliseconds. */
  const callAgain = 700;

  /**
   * When a body may be taken for whole, if nothing of it changes until then.
   *
   * @param {Element} body
   * @param {number} changed when that was last seen
   * @param {number} since when its message was first seen
   */
  function whole(body, changed, since) {
    return dom.blank(body) ? since + emptyLimit : Math.min(changed + settling, since + settleLimit);
  }

  /**
   * What is to be done about a message that was not read as it is now.
   *
   * @param {OpenMessage} message
   * @returns {Step}
   */
  function next(message) {
    return message.reading.remote ? nextOfFrame(message, Date.now()) : nextOfBody(message, Date.now());
  }

  /**
   * @param {OpenMessage} message
   * @param {number} now
   * @returns {Step}
   */
  function nextOfFrame(message, now) {
    const { since, offered, left } = message;
    if (offered === undefined) return now - since > frameLimit ? { act: "give up" } : { act: "call", wait: callAgain };
    if (!left || offered !== left.body || now >= ownFrom(message, left)) return { act: "join" };
    return nextOfLeft(message, left, now, "join early");
  }

  /**
   * When a body that another mail may have left is judged under this header.
   *
   * @param {OpenMessage} message
   * @param {Left} left
   */
  function ownFrom({ since }, { fresh }) {
    return since + (fresh ? freshLimit : leftLimit);
  }

  /**
   * What another mail has left would be a false alarm under this header. But what was
   * dangerous there, and is still to be seen after a while, may be this mail's too, as
   * an attack comes more than once: then it is asked whether it is dangerous here. So
   * is at once what may have come for this header.
   *
   * @param {OpenMessage} message
   * @param {Left} left
   * @param {number} now
   * @param {"join early" | "read early"} ask
   * @returns {Step}
   */
  function nextOfLeft(message, left, now, ask) {
    const { since, early } = message;
    const end = ownFrom(message, left);
    let from = end;
    if (left.danger) from = since + settleLimit;
    else if (left.fresh) from = since;
    if (now < from) return { act: "wait", wait: from - now };
    return { act: early === since ? "wait" : ask, wait: end - now };
  }

  /**
   * @param {OpenMessage} message
   * @param {number} now
   * @returns {Step}
   */
  function nextOfBody(message, now) {
    const { reading, since, changed, left, rested, early } = message;
    // What was judged once is judged again without delay.
    if (rested) return { act: "read" };
    const blank = dom.blank(reading.body);
    const until = left && !blank ? ownFrom(message, left) : whole(reading.body, changed, since);
    if (now >= until) return { act: "read" };
    if (left && !blank) return nextOfLeft(message, left, now, "read early");
    const unfit = blank || early === changed || dom.exceeds(reading.body, earlyElements);
    return { act: unfit ? "wait" : "read early", wait: until - now };
  }

  /**
   * What one message left in the place of another. A header of which more is shown
   * is no other one, and one that says the same makes no difference.
   *
   * @param {OpenMessage} before
   * @param {Reading} reading the new message
   * @param {Touched} touched
   * @returns {Left | undefined}
   */
  function leftBy(before, reading, touched) {
    const { reading: old, changed, offered, offeredAt = 0, left, view } = before;
    if (old.body !== reading.body || same.withMore(old, reading) || same.claim(old, reading)) return undefined;
    if (left && !left.fresh && (reading.remote ? offered === left.body : !touched(reading.body))) return left;
    if (reading.remote ? offered === undefined : touched(reading.body) || dom.blank(reading.body)) return undefined;
    const last = reading.remote ? offeredAt : changed;
    return { body: offered, danger: view?.level === "danger", fresh: Date.now() - last < leftGrace };
  }

  /**
   * Whether a message's body is not there yet, or is not this mail's: nothing of it is
   * called harmless.
   *
   * @param {OpenMessage} message
   */
  function isMissing({ left, offered, reading }) {
    const others = left !== undefined && !left.fresh;
    if (reading.remote) return others && left.body === offered;
    return others || dom.blank(reading.body);
  }

  honmono.arrival = { whole, next, leftBy, isMissing };
})();
