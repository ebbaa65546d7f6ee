// A word at a link whose click is held up, for as long as it is held: one element
// of ours in the page, out of the flow, everything in it behind a closed shadow
// root, and nothing that the mouse could meet.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "note")) return;
  const { dom } = honmono;

  /** What is over sooner needs no word. Milliseconds. */
  const delay = 150;
  /** By the style object, which no content security policy of the page forbids. */
  const hostStyle =
    "all: initial !important; position: fixed !important; display: block !important; inset: 0 auto auto 0 !important; " +
    "z-index: 2147483647 !important; pointer-events: none !important;";
  const lineStyle =
    "position: fixed; margin: 0; padding: 6px 12px; border-radius: 8px; max-width: min(320px, 80vw); box-sizing: border-box; " +
    "font: 14px/1.5 system-ui, sans-serif; color: #fff; background: #2b2d33; box-shadow: 0 1px 6px #0006;";

  /** @type {WeakSet<Node>} */
  const hosts = new WeakSet();

  /**
   * @param {Element} link
   * @param {{ clientX?: number, clientY?: number }} at where the mouse is; 0, 0 where there is none
   * @param {string} text
   * @param {(write: () => void) => void} ours
   * @returns {Note}
   */
  function note(link, { clientX = 0, clientY = 0 }, text, ours) {
    const document = dom.document(link);
    /** @type {HTMLElement | undefined} */
    let host;
    /** @type {HTMLElement | undefined} */
    let line;
    let timer = setTimeout(show, delay);

    function show() {
      const made = (host = document.createElement("div"));
      hosts.add(made);
      const root = made.attachShadow({ mode: "closed" });
      made.style.cssText = hostStyle;
      const shown = (line = document.createElement("p"));
      shown.setAttribute("role", "status");
      shown.textContent = text;
      shown.style.cssText = lineStyle;
      root.append(shown);
      place(shown);
      ours(() => document.documentElement.append(made));
    }

    /** @param {HTMLElement} line */
    function place(line) {
      const box = dom.box(link);
      const { innerWidth = 0, innerHeight = 0 } = document.defaultView ?? {};
      const [x, y] = clientX || clientY ? [clientX + 12, clientY + 16] : [box.left, box.bottom + 4];
      line.style.left = `${Math.max(8, Math.min(x, innerWidth - 240))}px`;
      line.style.top = `${Math.max(8, Math.min(y, innerHeight - 48))}px`;
    }

    return {
      say(words) {
        text = words;
        if (line) line.textContent = words;
        else {
          clearTimeout(timer);
          show();
        }
      },
      remove() {
        clearTimeout(timer);
        const gone = host;
        if (gone) ours(() => gone.remove());
      },
    };
  }

  honmono.note = Object.assign(note, { owns: (/** @type {Node} */ node) => hosts.has(node) });
})();
