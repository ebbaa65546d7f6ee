// A body in a frame of another origin (iCloud Mail): the content script there
// reads it, the one here reads the header, and the background puts the two
// together. So that it takes the right two, this side hands the frame a token that
// nobody can guess, by postMessage: the browser delivers it to that frame alone,
// only while the frame is of the origin named, and tells the frame who sent it.
// The frame shows the token to the background, which knows by the browser which
// tab and which frame is speaking. A page that reads the token gains nothing: it
// cannot speak to the background.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "relay")) return;
  const { dom } = honmono;

  /** @type {WeakMap<Element, string>} by frame */
  const tokens = new WeakMap();

  /**
   * @param {Element} place
   * @param {string[]} hosts
   */
  function call(place, hosts) {
    const token = tokens.get(place) ?? crypto.randomUUID();
    tokens.set(place, token);
    for (const host of hosts) dom.frameWindow(place)?.postMessage({ honmono: token }, `https://${host}`);
    return token;
  }

  honmono.relay = { call, renew: (place) => tokens.delete(place), token: (place) => tokens.get(place) };
})();
