// Does a click once more that was held up: the page's own handlers see it, and the
// browser does what it would have done. It comes while the person's own click still
// counts as theirs (five seconds in both browsers), so that a new tab is no popup.
//
// What opens a tab behind or a window of its own, browsers do for a person's click
// only. There the page's handlers are asked, and who holds the click opens it.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "replay")) return;
  const { dom } = honmono;

  const { dispatchEvent } = EventTarget.prototype;
  const { requestSubmit } = HTMLFormElement.prototype;

  /**
   * @param {Event} event a click, or the submission of a form
   * @param {Element} link what it is about
   * @returns {() => boolean} does it again; whether it is left to the caller to open the link
   */
  function replay(event, link) {
    const [first] = event.composedPath();
    if (event.type === "submit") {
      const { submitter } = /** @type {SubmitEvent} */ (event);
      return () => {
        const form = /** @type {HTMLFormElement} */ (first);
        requestSubmit.call(form, submitter && dom.connected(submitter) ? submitter : null);
        return false;
      };
    }
    const { type, detail, button, buttons, clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey } = /** @type {MouseEvent} */ (event);
    /** @type {MouseEventInit} */
    const init = {
      bubbles: true, cancelable: true, composed: true,
      detail, button, buttons, clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey,
    };
    return () => {
      const target = dom.isElement(first) && dom.contains(link, /** @type {Node} */ (first)) ? /** @type {Element} */ (first) : link;
      const view = dom.document(link).defaultView;
      const again = new MouseEvent(type, { ...init, view });
      if (!view || !(button === 1 || ctrlKey || metaKey || shiftKey)) {
        dispatchEvent.call(target, again);
        return false;
      }
      let left = false;
      /** The last to hear of it. @param {Event} event */
      const end = (event) => {
        if (event !== again) return;
        left = !event.defaultPrevented;
        event.preventDefault();
      };
      view.addEventListener(type, end);
      dispatchEvent.call(target, again);
      view.removeEventListener(type, end);
      return left;
    };
  }

  honmono.replay = replay;
})();
