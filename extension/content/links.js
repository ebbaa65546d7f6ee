// What counts as a link in a mail, and what it says: anchors, areas of pictures,
// links in drawings, and forms, which lead somewhere too.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "links")) return;
  const { dom } = honmono;

  const selector = "a, area";
  const names = ["href", "xlink:href"];
  const formNames = ["formaction", "action"];
  const svg = "http://www.w3.org/2000/svg";
  const drawn = typeof SVGAElement === "function" ? Object.getOwnPropertyDescriptor(SVGAElement.prototype, "href")?.get : undefined;

  /**
   * @param {Element} element
   * @returns {boolean} whether a click on it opens something
   */
  function is(element) {
    return /^(a|area)$/.test(dom.name(element)) && hrefNames(element).length > 0;
  }

  /**
   * The attributes that say where an element leads.
   *
   * @param {Element} element
   * @returns {string[]}
   */
  function hrefNames(element) {
    const own = dom.name(element) === "form" || dom.has(element, "formaction") ? formNames : names;
    return own.filter((name) => dom.has(element, name));
  }

  /**
   * As the message holds it, which is what the detector judged: before what the
   * webmail made of it.
   *
   * @param {Element} element
   * @param {string[]} hrefAttributes where the original is, if not in its own place
   */
  function href(element, hrefAttributes) {
    const holder = [...hrefAttributes, ...hrefNames(element)].find((name) => dom.attribute(element, name) !== "");
    return holder ? dom.attribute(element, holder).trim() : "";
  }

  /**
   * Where an animation leads a drawing's link at this moment; no attribute says so.
   *
   * @param {Element} element
   * @returns {string | undefined} undefined where none does
   */
  function animated(element) {
    if (!drawn || dom.tree.namespace(element) !== svg || dom.name(element) !== "a") return undefined;
    const { baseVal, animVal } = drawn.call(element);
    return animVal === baseVal ? undefined : animVal;
  }

  /**
   * The address that it opens, as it stands.
   *
   * @param {Element} element
   * @returns {string} empty where that is no address
   */
  function resolved(element) {
    const [name] = hrefNames(element);
    if (name === undefined) return "";
    try {
      return new URL(animated(element) ?? dom.attribute(element, name), dom.base(element)).href;
    } catch {
      return "";
    }
  }

  /**
   * What a person reads on it; of a picture, the words in its place.
   *
   * @param {Element} element
   * @param {number} limit characters
   */
  function text(element, limit) {
    const words = dom.text(element, limit);
    if (words) return words;
    const picture = dom.name(element) === "area" ? element : dom.first(element, ["img[alt]", "[aria-label]", "[title]"]);
    return picture ? (dom.attribute(picture, "alt") || dom.attribute(picture, "aria-label") || dom.attribute(picture, "title")).slice(0, limit) : "";
  }

  honmono.links = {
    all: (body) => dom.list(body, selector),
    is,
    href,
    hrefNames,
    animated,
    resolved,
    text,
    leads: (element) => is(element) || dom.name(element) === "form" || dom.has(element, "formaction"),
  };
})();
