// Whether a mail's style sheets reach what is around the mail. A webmail keeps them
// to the mail, by names of its own or by a frame; where one does not, no element of
// the page is trusted to be as the webmail made it, and the banner must stand where
// nothing around it counts.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "reach")) return;
  const { dom, slices } = honmono;

  const maxSheets = 200;
  /** More rules than that are not gone through: they count as reaching. */
  const maxRules = 3000;
  const maxDepth = 20;
  /** Found elements that are looked at one by one; more are counted. */
  const maxFound = 500;
  /** CSSRule.type, which knows no class of another window's. */
  const [styleRule, importRule, pageRule] = [1, 3, 6];

  /**
   * What newsletters say of body, table and img hides and covers nothing. Shadows of
   * letters, thick lines through them and round corners of what scrolls can.
   */
  const harmless = /^(-webkit-text-size-adjust|-moz-text-size-adjust|text-(align.*|decoration-(color|line|style)|indent|rendering|size-adjust|transform)|border-(collapse|spacing|.*color|.*style)|color|cursor|direction|font.*|hyphens|letter-spacing|line-(break|height)|list-style.*|outline-(color|style)|overflow-wrap|quotes|unicode-bidi|vertical-align|white-space.*|word-.*|-webkit-font-smoothing)$/;
  const resets = /^(margin|padding|border|outline|width|height|min-width|min-height|max-width|text-(decoration-thickness|overflow|shadow|underline-offset))(-.*)?$/;

  /**
   * @param {CSSStyleDeclaration} style
   */
  function isHarmless(style) {
    for (let i = 0; i < style.length; i++) {
      const name = style[i];
      if (harmless.test(name)) continue;
      if (resets.test(name) && /^(0|0px|0%|auto|clip|none|100%|initial|medium)$/.test(style.getPropertyValue(name))) continue;
      if (/^border-.*radius$/.test(name) && /^1?\d(\.\d+)?(px)?( 1?\d(\.\d+)?(px)?)?$/.test(style.getPropertyValue(name))) continue;
      return false;
    }
    return true;
  }

  /**
   * The selectors of all rules that could do harm.
   *
   * @param {Element} place of the mail
   * @returns {string[] | undefined} undefined where they cannot be looked through
   */
  function selectors(place) {
    /** @type {string[]} */
    const found = [];
    let rules = 0;
    /**
     * @param {ArrayLike<CSSRule>} list
     * @param {string} parent selector of the rule around
     * @param {number} depth
     * @returns {boolean} whether all were read
     */
    function read(list, parent, depth) {
      if (depth > maxDepth) return false;
      for (let i = 0; i < list.length; i++) {
        if (++rules > maxRules) return false;
        const rule = /** @type {any} */ (list[i]);
        if (rule.type === pageRule) continue;
        if (rule.type === importRule) {
          if (!readSheet(rule.styleSheet, depth)) return false;
        } else if (rule.type === styleRule) {
          const selector = parent ? String(rule.selectorText).replaceAll("&", `:is(${parent})`) : String(rule.selectorText);
          if (!isHarmless(rule.style)) found.push(selector);
          if (rule.cssRules?.length > 0 && !read(rule.cssRules, selector, depth + 1)) return false;
        } else if ("start" in rule && "end" in rule) {
          // @scope without a place of its own begins at the style element's parent.
          if (rule.start) found.push(rule.start);
        } else if (parent && rule.style && !rule.cssRules) {
          // Declarations after a nested rule.
          if (!isHarmless(rule.style)) found.push(parent);
        } else if (rule.cssRules && !("keyText" in rule) && !("name" in rule && "findRule" in rule)) {
          if (!read(rule.cssRules, parent, depth + 1)) return false;
        }
      }
      return true;
    }
    /**
     * @param {CSSStyleSheet | null | undefined} sheet
     * @param {number} depth
     */
    function readSheet(sheet, depth) {
      if (!sheet || sheet.disabled) return true;
      try {
        return read(sheet.cssRules, "", depth + 1);
      } catch {
        // Of another origin: the browser shows nobody what it says.
        return false;
      }
    }
    const owners = dom.some(place, 'style, link[rel~="stylesheet" i]', maxSheets + 1);
    if (owners.length > maxSheets) return undefined;
    return owners.every((owner) => readSheet(/** @type {HTMLStyleElement} */ (owner).sheet, 0)) ? found : undefined;
  }

  /** Before and after an element, or in a state that may come: the element counts. */
  const pseudoElements = /::[a-z-]+(\([^()]*\))?|:(?:before|after|first-line|first-letter)\b/gi;
  const states = /:(?:hover|focus(?:-visible|-within)?|active|target(?:-within)?|visited|checked|open)\b(?!\()/gi;
  const negations = /:not\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/gi;

  /**
   * Whatever state an element is in or not in.
   *
   * @param {string} selector
   */
  function inAnyState(selector) {
    return selector.replace(negations, (one) => (one.search(states) < 0 ? one : ":is(*)")).replace(states, ":is(*)");
  }

  /**
   * @param {string} selector
   * @param {Document} document
   * @param {Element[]} mails
   */
  function finds(selector, document, mails) {
    const plain = selector.replace(pseudoElements, ":is(*)");
    const stateless = inAnyState(plain);
    return [plain, ...(stateless === plain ? [] : [stateless])].some((one) => {
      // A style sheet may say more than can be asked for: names of a namespace.
      if (!isKnown(one, document)) return true;
      const found = dom.list(document, one);
      if (found.length > maxFound) return found.length > mails.reduce((sum, mail) => sum + dom.list(mail, one).length, 0);
      return [...found].some((element) => !mails.some((mail) => dom.contains(mail, element) && mail !== element));
    });
  }

  /**
   * @param {string} selector
   * @param {Document} document
   */
  function isKnown(selector, document) {
    try {
      Document.prototype.createDocumentFragment.call(document).querySelector(selector);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Takes its time in slices.
   *
   * @param {Element} place of the mail
   * @param {() => Element[]} places of all open mails
   * @returns {Promise<boolean>}
   */
  async function reaches(place, places) {
    const found = selectors(place);
    if (!found) return true;
    const document = dom.document(place);
    const all = [...new Set([place, ...places()])];
    const mails = all.filter((mail) => !all.some((other) => other !== mail && dom.contains(other, mail)));
    const pace = slices.pace();
    const seen = new Set();
    for (const selector of found) {
      if (seen.has(selector)) continue;
      seen.add(selector);
      if (finds(selector, document, mails)) return true;
      if (pace.due()) await pace.rest();
    }
    return false;
  }

  honmono.reach = reaches;
})();
