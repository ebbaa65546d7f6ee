import { ask } from "../shared/surface.js";
import { bySeverity } from "../view/level.js";

/** @import { Catalogue } from "../view/catalogue.js" */

const { parts } = globalThis.honmono;

/**
 * What is known of the messages that are open, the worst first, with what the
 * person can do about each.
 *
 * @param {TabState} state
 * @param {number} tabId
 * @param {Catalogue} catalogue
 * @returns {Node[]}
 */
export function messageNodes({ active, messages: open }, tabId, { messages }) {
  if (!active) return [parts.element("p", "quiet", messages.popup_not_a_webmail)];
  if (open.length === 0) return [parts.element("p", "quiet", messages.popup_no_message)];
  const sorted = [...open].sort((a, b) => bySeverity(a.level, b.level));
  return sorted.map(({ view, pending, frameId, key }, i) => {
    if (!view || pending) return parts.element("p", "quiet", messages.popup_checking);
    const place = { tabId, frameId, key };
    /** @type {Act} */
    const act = async (action) => {
      try {
        if (action === "guide" || action === "report") await ask({ type: "openCase", page: action, ...place });
        else await ask({ type: "trustSender", trusted: action === "trust", ...place });
        return true;
      } catch {
        return false;
      }
    };
    const node = verdictNode(view, { act, ...(open.length > 1 && { fold: i > 0 }) });
    node.append(...feedback(view, place, messages));
    return node;
  });
}

/**
 * @param {View} view
 * @param {FillOptions} [options]
 */
export function verdictNode(view, options) {
  const node = parts.element("div", `verdict ${view.level}`);
  node.lang = view.lang;
  node.append(parts.element("div", "head"));
  parts.fill(node, view, options);
  return node;
}

/**
 * "This warning is wrong", "you missed this one".
 *
 * @param {View} view
 * @param {{ tabId: number, frameId: number, key: string }} place
 * @param {Record<string, string>} messages
 */
function feedback({ level }, place, messages) {
  if (level === "unknown") return [];
  const page = level === "ok" ? "missed" : "false-alarm";
  const row = parts.element("p", "feedback");
  const button = parts.element("button", "button quiet small", level === "ok" ? messages.popup_missed : messages.popup_false_alarm);
  /** @type {HTMLButtonElement} */ (button).type = "button";
  button.addEventListener("click", () => ask({ type: "openCase", page, ...place }).catch(() => {}));
  row.append(button);
  return [row];
}
