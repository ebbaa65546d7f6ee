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
   * A group with its name above it. It is no heading: in a stranger's page nobody
   * knows of which level.
   *
   * @param {string} heading
   * @param {Node[]} content
   */
  function part(heading, content) {
    if (content.length === 0) return [];
    const whole = element("div", "part");
    const name = element("p", "heading", heading);
    name.id = `part-${++ids}`;
    whole.setAttribute("role", "group");
    whole.setAttribute("aria-labelledby", name.id);
    whole.append(name, ...content);
    return [whole];
  }

  /** @param {string[]} texts */
  function list(texts) {
    if (texts.length === 0) return [];
    const whole = element("ul", "reasons");
    whole.append(...texts.map((text) => element("li", "", text)));
    return [whole];
  }

  /**
   * @param {string} className
   * @param {string} text
   * @param {() => void} press
   */
  function button(className, text, press) {
    const made = /** @type {HTMLButtonElement} */ (element("button", `button small ${className}`, text));
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  /**
   * The official way. The link is ours, made of the rules' address: a click on it
   * has nothing to do with the mail.
   *
   * @param {View} view
   */
  function official({ official }) {
    if (!official) return [];
    const whole = element("div", "official");
    whole.append(element("p", "", official.text));
    if (official.url) {
      const link = /** @type {HTMLAnchorElement} */ (element("a", "button primary small", official.label));
      link.href = official.url;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      const row = element("p", "buttons");
      const at = element("bdi", "soft", official.host);
      at.dir = "ltr";
      row.append(link, at);
      whole.append(row);
    }
    if (official.note) whole.append(element("p", "soft", official.note));
    return [whole];
  }

  /** @param {View} view */
  function links({ links, linksLeftOut, words }) {
    if (links.length === 0) return [];
    const whole = element("ul", "links");
    for (const link of links) {
      const item = element("li", link.level);
      const said = element("span", "hidden-text", `${words[`level_${link.level}`]}: `);
      const target = element("span", "target");
      if (!link.host) target.textContent = words.banner_link_nowhere;
      else if (link.hidden) target.textContent = unknown(link.hidden, link.host, words);
      else target.append(host(link.host));
      item.append(icon(link.level), said, element("bdi", "text", link.text), target);
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
   * The host of a shortener or a click counter is no destination.
   *
   * @param {LeadsOn} kind
   * @param {HostParts} parts
   * @param {Record<string, string>} words
   */
  function unknown(kind, { before, domain }, words) {
    return words[`banner_where_${kind}`].replace("{host}", () => before + domain);
  }

  /**
   * Opens and closes a part by a button, which says so.
   *
   * @param {HTMLButtonElement} control
   * @param {HTMLElement} content
   * @param {(open: boolean) => string} label
   */
  function disclose(control, content, label) {
    content.id = `part-${++ids}`;
    control.setAttribute("aria-controls", content.id);
    /** @param {boolean} open */
    const show = (open) => {
      content.hidden = !open;
      control.setAttribute("aria-expanded", String(open));
      control.textContent = label(open);
    };
    control.addEventListener("click", () => show(Boolean(content.hidden)));
    return show;
  }

  /**
   * Everything that is not needed at first sight, behind a button.
   *
   * @param {View} view
   */
  function more(view) {
    const { words } = view;
    const evidence = view.more.map(({ text }) => text);
    const content = [...part(words.banner_evidence, list(evidence)), ...part(words.banner_links, links(view))];
    if (content.length === 0) return { control: [], details: [] };
    const details = element("div", "details");
    details.append(...content);
    const control = button("more", "", () => {});
    disclose(control, details, (open) => (open ? words.banner_less : words.banner_more))(false);
    return { control: [control], details: [details] };
  }

  /**
   * The person's own buttons. What came of a press is said beside them.
   *
   * @param {View} view
   * @param {Act | undefined} act
   * @param {ViewAction[]} wanted
   * @param {Node[]} [besides] buttons of another kind, in the same row
   */
  function actions({ words, actions }, act, wanted, besides = []) {
    const shown = act ? actions.filter((action) => wanted.includes(action)) : [];
    if (shown.length + besides.length === 0) return [];
    const row = element("div", "buttons");
    const told = element("span", "told");
    told.setAttribute("role", "status");
    for (const action of shown) {
      const press = async () => {
        told.textContent = (await act?.(action)) ? "" : words.banner_failed;
      };
      row.append(button(action, words[`banner_${action}`], press));
    }
    row.append(...besides, told);
    return [row];
  }

  /**
   * Fills an empty region with a view. The word and the sentence come first and
   * alone are in the live region, so that a screen reader announces just them.
   *
   * @param {HTMLElement} root its first child is the live region, made before
   * @param {View} view
   * @param {FillOptions} [options]
   * @returns {Filled}
   */
  function fill(root, view, { act, fold } = {}) {
    const { words, level } = view;
    const word = element("p", "word");
    word.append(icon(level), element("strong", "", words[`level_${level}`]), element("span", "name", "Honmono"));
    const head = /** @type {HTMLElement} */ (root.firstElementChild);
    head.replaceChildren(word, element("p", "title", view.title));
    const where = view.destination ? [element("p", "where")] : [];
    if (view.destination) {
      const place = view.hidden ? element("bdi", "", unknown(view.hidden, view.destination, words)) : host(view.destination);
      where[0].append(element("span", "label", words.banner_where), " ", place);
    }
    // Where nothing was found there is nothing to ask "why" about.
    const heading = level === "ok" || level === "unknown" ? words.banner_notes : words.banner_reasons;
    const columns = element("div", "columns");
    columns.append(
      ...part(heading, list(view.reasons.map(({ text }) => text))),
      ...part(words.banner_todo, [...list(view.advice.map(({ text }) => text)), ...official(view)]),
    );
    const note = view.note ? [element("p", "trusted", view.note)] : [];
    const back = actions(view, act, ["untrust"]);
    const { control: opener, details } = more(view);
    const partial = view.partial && level !== "unknown" ? [element("p", "partial", words.banner_partial)] : [];
    const rest = element("div", "rest");
    rest.append(
      ...where,
      columns,
      ...partial,
      ...actions(view, act, ["guide", "report", "trust"], opener),
      ...details,
    );
    root.classList.toggle("quiet", view.quiet === true);
    root.classList.toggle("foldable", fold !== undefined);
    if (fold === undefined) {
      root.replaceChildren(head, ...note, ...back, rest);
      return { fold() {} };
    }
    const control = button("fold", "", () => (touched = true));
    let touched = false;
    const show = disclose(control, rest, (open) => {
      root.classList.toggle("folded", !open);
      return open ? words.banner_fold : words.banner_unfold;
    });
    show(!fold && !view.quiet);
    root.replaceChildren(head, control, ...note, ...back, rest);
    return {
      fold(folded) {
        if (!touched) show(!folded);
      },
    };
  }

  honmono.parts = { element, fill, host, icon };
})();
