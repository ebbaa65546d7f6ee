// The banner: one element of ours in the page, everything else behind a closed
// shadow root, where no style and no script of the page or the mail reaches.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "banner")) return;
  const { parts } = honmono;

  /**
   * Against styles of the page that would hide or move the host: :host with
   * !important beats them, !important or not. Custom properties are not reset by
   * "all", so the tokens hang on an element inside. A page styles the host's own
   * pseudo-elements too. Lines through the text around the host go on through all text
   * in it, whatever its own style says, but for what floats.
   */
  const hostRules = `
    :host {
      all: initial !important; display: flow-root !important; box-sizing: border-box !important;
      inline-size: auto !important; max-inline-size: 100% !important; block-size: auto !important;
      margin: 8px 0 !important; opacity: 1 !important; visibility: visible !important;
      transform: none !important; filter: none !important; clip-path: none !important; mask: none !important;
      animation: none !important; transition: none !important; position: relative !important;
      z-index: 1 !important; pointer-events: auto !important; contain: none !important;
    }
    :host::before, :host::after { content: none !important; display: none !important; }
    .banner { float: inline-start; inline-size: 100%; }
    :host(:popover-open) {
      position: fixed !important; inset: 8px 8px auto auto !important; margin: 0 !important;
      inline-size: min(680px, calc(100vw - 16px)) !important; max-block-size: calc(100vh - 16px) !important;
      overflow: auto !important;
    }
    /* On paper it stands in the text, once. */
    @media print {
      :host { break-inside: auto !important; }
      :host(:popover-open) {
        position: absolute !important; inset: 0 0 auto 0 !important; inline-size: auto !important;
        max-block-size: none !important; overflow: visible !important;
      }
    }`;

  /** What a webmail may listen for at its root and take for its own. */
  const events = [
    "click", "dblclick", "auxclick", "contextmenu", "mousedown", "mouseup", "mouseover", "mouseout", "mousemove",
    "pointerdown", "pointerup", "pointermove", "pointerover", "pointerout", "touchstart", "touchend", "touchmove",
    "keydown", "keypress", "keyup", "focusin", "focusout", "dragstart", "selectstart", "copy",
  ];

  /**
   * A page can register custom properties (@property) for shadow roots too, and
   * take away that they are inherited; so ours have names that nobody can guess.
   */
  const prefix = `--${[...crypto.getRandomValues(new Uint8Array(8))].map((n) => String.fromCharCode(97 + (n % 26))).join("")}-`;

  /** @param {string} css */
  const unguessable = (css) => css.replace(/--(?=[a-z])/g, prefix);

  /** @type {WeakSet<Node>} */
  const hosts = new WeakSet();

  /**
   * @param {View} view of level caution or danger
   * @param {string} css
   * @param {FillOptions} [options]
   * @returns {Banner}
   */
  function create(view, css, options = {}) {
    const host = document.createElement("div");
    hosts.add(host);
    const root = host.attachShadow({ mode: "closed" });
    dress(root, css);
    const sheet = parts.element("section", "");
    const live = parts.element("div", "head");
    sheet.append(live);
    root.append(sheet);
    sheet.className = `honmono banner ${view.level}`;
    sheet.lang = view.lang;
    sheet.dir = "ltr";
    sheet.setAttribute("aria-label", `Honmono: ${view.words[`level_${view.level}`]}: ${view.title}`);
    live.setAttribute("role", view.level === "danger" ? "alert" : "status");
    for (const event of events) host.addEventListener(event, (e) => e.stopPropagation());
    let folded = options.fold ?? false;
    /** @type {Filled | undefined} */
    let filled;

    function fill() {
      filled = parts.fill(sheet, view, { ...options, fold: folded });
      // Only for those who pressed our button in the banner that stood here
      // before; nobody else's focus is ever moved.
      if (options.focus) /** @type {HTMLElement | null} */ (sheet.querySelector("button.trust, button.untrust"))?.focus();
    }

    return {
      host,
      fill,
      fold(small) {
        folded = small;
        filled?.fold(small);
      },
    };
  }

  /**
   * A constructed style sheet works under any CSP of the page; where there are
   * none, a style element does.
   *
   * @param {ShadowRoot} root
   * @param {string} css
   */
  function dress(root, css) {
    const rules = hostRules + unguessable(css);
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      root.adoptedStyleSheets = [sheet];
    } catch {
      const style = document.createElement("style");
      style.textContent = rules;
      root.append(style);
    }
  }

  honmono.banner = { create, owns: (node) => hosts.has(node) };
})();
