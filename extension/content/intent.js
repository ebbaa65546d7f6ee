// What a click is about: the link or form, how it would have been opened, what the
// background is to know of it, and what speaks against it.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "intent")) return;
  const { dom, links } = honmono;

  /** Longest address and text handed over, in characters; the background refuses more. */
  const maxURL = 20_000;
  const maxText = 400;

  /**
   * Why a link must not simply be opened; undefined if it may.
   *
   * @param {Element} link
   * @param {Judged} message
   * @returns {StopReason | undefined}
   */
  function doubt(link, { level, marks, complete, known, hrefAttributes }) {
    const href = links.href(link, hrefAttributes);
    if (marks.has(href)) return "marked";
    if (links.animated(link) !== undefined) return "changed";
    if (/^#/.test(href)) return undefined;
    if (!known.has(href)) {
      // A webmail that leads links over its own server puts that in at the click;
      // it keeps the address at hand in another attribute.
      if (level !== "danger" && holdsElsewhere(link, href)) return undefined;
      return "changed";
    }
    return level === "danger" && !complete ? "unjudged" : undefined;
  }

  /**
   * @param {Element} link
   * @param {string} value
   */
  function holdsElsewhere(link, value) {
    const own = links.hrefNames(link);
    return dom.attributes(link).some((name) => !own.includes(name) && dom.attribute(link, name).trim() === value);
  }

  /**
   * The link or form that an event is about.
   *
   * @param {Event} event
   * @returns {Element | undefined}
   */
  function linkIn(event) {
    const path = event.composedPath();
    if (event.type === "submit") {
      const { submitter } = /** @type {SubmitEvent} */ (event);
      const sender = submitter && dom.attribute(submitter, "formaction") ? submitter : path[0];
      return dom.isElement(sender) ? /** @type {Element} */ (sender) : undefined;
    }
    return /** @type {Element | undefined} */ (path.find((node) => dom.isElement(node) && links.is(/** @type {Element} */ (node))));
  }

  /**
   * @param {Event} event
   * @param {Element} link
   * @returns {Way}
   */
  function wayOf(event, link) {
    const { button = 0, ctrlKey = false, metaKey = false, shiftKey = false } = /** @type {Partial<MouseEvent>} */ (event);
    if (button === 1 || ctrlKey || metaKey) return shiftKey ? "tab" : "behind";
    if (shiftKey) return "window";
    const target = dom.attribute(link, "target") || baseTarget(link);
    const view = dom.document(link).defaultView;
    const whole = /^(_top|_parent)$/i.test(target) || (view === top && /^(_self)?$/i.test(target));
    return whole ? "here" : "tab";
  }

  /** @param {Element} link */
  function baseTarget(link) {
    const base = dom.first(dom.document(link), ["base[target]"]);
    return base ? dom.attribute(base, "target") : "";
  }

  /**
   * What the background is to know of a link, as it is now.
   *
   * @param {Element} link
   * @param {Pick<Guarded, "hrefAttributes">} message
   */
  function about(link, { hrefAttributes }) {
    const href = links.href(link, hrefAttributes);
    const url = links.resolved(link) || href;
    return { href: href.slice(0, maxURL), url: url.slice(0, maxURL), text: links.text(link, maxText) };
  }

  /**
   * What a verdict says about clicks.
   *
   * @param {string} key
   * @param {Pick<View, "level" | "marks" | "marksComplete">} view
   * @param {Set<string>} known the hrefs that were read
   * @param {string[]} hrefAttributes
   * @returns {Judged}
   */
  function judged(key, { level, marks, marksComplete: complete }, known, hrefAttributes) {
    return { key, level, marks: new Map(marks.map(({ href, label }) => [href, label])), complete, known, hrefAttributes };
  }

  honmono.intent = { linkIn, wayOf, about, judged, doubt };
})();
