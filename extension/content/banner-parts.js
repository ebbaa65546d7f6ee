// Builds what people read of a view: in the banner and, the same, in the popup.
// Every text goes in as text; there is no HTML in a view and none is made here.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "parts")) return;

  const svg = "http://www.w3.org/2000/svg";

  /** The shapes say it without colour: a circle, a triangle, a cross, a question. */
  const shapes = {
    ok: "M12 4.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15z",
    caution: "M12 4.2L20.6 19H3.4z",
    danger: "M5.5 5.5L18.5 18.5M18.5 5.5L5.5 18.5",
    unknown: "M8.6 9.2a3.4 3.4 0 1 1 5.2 2.9c-1.2.8-1.8 1.4-1.8 2.9M12 18.4v.2",
  };

  let ids = 0;

  /**
   * @param {string} name
   * @param {string} className
   * @param {string} [text]
   */
  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** @param {Level} level */
  function icon(level) {
    const picture = document.createElementNS(svg, "svg");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("class", "icon");
    picture.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(svg, "path");
    path.setAttribute("d", shapes[level]);
    picture.append(path);
    return picture;
  }

  /**
   * A host with the part marked that says whose it is. Hosts run from left to
   * right in every language.
   *
   * @param {HostParts} parts
   */
  function host({ before, domain }) {
    const whole = element("bdi", "host");
    whole.dir = "ltr";
    if (before) whole.append(element("span", "before", before));
    whole.append(element("strong", "domain", domain));
    return whole;
  }

  /**
   * @param {string} heading
   * @param {Node[]} content
   */
  function part(heading, content) {
    if (content.length === 0) return [];
    const whole = element("div", "part");
    whole.append(element("h3", "heading", heading), ...content);
    return [whole];
  }

  /** @param {Reason[]} reasons */
  function list(reasons) {
    if (reasons.length === 0) return [];
    const whole = element("ul", "reasons");
    whole.append(...reasons.map(({ text }) => element("li", "", text)));
    return [whole];
  }

  /** @param {AdviceView[]} advice */
  function todo(advice) {
    if (advice.length === 0) return [];
    const whole = element("ul", "advice");
    for (const { text, url, label } of advice) {
      const item = element("li", "", text);
      if (url) {
        const link = /** @type {HTMLAnchorElement} */ (element("a", "official", label));
        link.href = url;
        link.target = "_blank";
        link.rel = "noopener noreferrer";
        item.append(" ", link);
      }
      whole.append(item);
    }
    return [whole];
  }

  /** @param {View} view */
  function links({ links, linksLeftOut, words }) {
    if (links.length === 0) return [];
    const whole = element("ul", "links");
    for (const link of links) {
      const item = element("li", link.level);
      const target = element("span", "target");
      if (link.host) target.append(host(link.host));
      else target.textContent = words.banner_link_nowhere;
      item.append(icon(link.level), element("bdi", "text", link.text), target);
      item.title = link.href;
      for (const note of link.notes) item.append(element("span", "note", note));
      whole.append(item);
    }
    if (linksLeftOut > 0) {
      const rest = words.banner_links_more.replace("{count}", String(linksLeftOut));
      whole.append(element("li", "left-out", rest));
    }
    return [whole];
  }

  /**
   * Everything that is not needed at first sight, behind a button.
   *
   * @param {View} view
   */
  function more(view) {
    const { words } = view;
    const content = [...part(words.banner_evidence, list(view.more)), ...part(words.banner_links, links(view))];
    if (content.length === 0) return [];
    const details = element("div", "details");
    details.id = `details-${++ids}`;
    details.hidden = true;
    details.append(...content);
    const button = /** @type {HTMLButtonElement} */ (element("button", "more", words.banner_more));
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", details.id);
    button.addEventListener("click", () => {
      details.hidden = !details.hidden;
      button.setAttribute("aria-expanded", String(!details.hidden));
      button.textContent = details.hidden ? words.banner_more : words.banner_less;
    });
    return [button, details];
  }

  /**
   * Fills an empty region with a view. The word and the sentence come first and
   * alone are in the live region, so that a screen reader announces just them.
   *
   * @param {HTMLElement} root its first child is the live region, made before
   * @param {View} view
   */
  function fill(root, view) {
    const { words, level } = view;
    const word = element("p", "word");
    word.append(icon(level), element("strong", "", words[`level_${level}`]), element("span", "name", "Honmono"));
    const head = /** @type {HTMLElement} */ (root.firstElementChild);
    head.replaceChildren(word, element("p", "title", view.title));
    const where = view.destination ? [element("p", "where")] : [];
    if (view.destination) {
      where[0].append(element("span", "label", words.banner_where), " ", host(view.destination));
    }
    const partial = view.partial && level !== "unknown" ? [element("p", "partial", words.banner_partial)] : [];
    root.replaceChildren(
      head,
      ...where,
      ...part(words.banner_reasons, list(view.reasons)),
      ...part(words.banner_todo, todo(view.advice)),
      ...partial,
      ...more(view),
    );
  }

  honmono.parts = { element, fill, host, icon };
})();
