// The popup: what was found in the open mail, a place to ask about a link, the
// rules in use, and the switch for the site. It may also be opened as a tab, with
// ?tab=ID for the tab that it speaks about.

import { ext } from "../background/ext.js";
import { ask, openSurface } from "../shared/surface.js";
import { addressIn, dropped } from "./input.js";
import { messageNodes, verdictNode } from "./messages.js";
import { addressPicture } from "./picture.js";
import { failureOf, rulesFacts } from "./rules.js";
import { siteSwitch } from "./site.js";

const { parts } = globalThis.honmono;
const catalogue = await openSurface();
const { messages } = catalogue;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const tab = await findTab();
const tabId = tab?.id ?? -1;
/** What of the tab is shown. */
let shown = "";
/** While a check is under way the answer is asked for again, in milliseconds. */
const refreshEvery = 700;

at("link-form").addEventListener("submit", (event) => {
  event.preventDefault();
  checkLink();
});
const link = /** @type {HTMLInputElement} */ (at("link"));
// Pasted or dropped, an address is checked at once.
link.addEventListener("paste", () => setTimeout(checkLink));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  const given = event.dataTransfer && dropped(event.dataTransfer);
  if (!given) return;
  link.value = given.slice(0, link.maxLength);
  checkLink();
});
document.addEventListener("keydown", closeFold);
at("update").addEventListener("click", update);
at("options").addEventListener("click", () => ext.runtime.openOptionsPage());
at("guide").addEventListener("click", () => ext.tabs.create({ url: ext.runtime.getURL("guide/guide.html") }));
// What is known of the tab's messages lies there (background/tabs.js).
ext.storage.onChanged.addListener((changes, area) => {
  if (area === "session" && `tab:${tabId}` in changes) refresh();
});
await showSite();
await refresh();

/**
 * The tab that the popup was opened over. Its address is known to us by the
 * activeTab permission, or where we run anyway.
 */
async function findTab() {
  const id = Number(new URLSearchParams(location.search).get("tab"));
  if (id > 0) return ext.tabs.get(id).catch(() => undefined);
  return (await ext.tabs.query({ active: true, currentWindow: true }))[0];
}

/**
 * Opened as a tab of its own, the popup may not see the other tab's address, and
 * has nothing to say about its site.
 */
async function showSite() {
  const place = at("site");
  if (tab && tab.url === undefined) /** @type {HTMLElement} */ (place.parentElement).hidden = true;
  else place.replaceChildren(...(await siteSwitch(tab?.url, catalogue)));
}

async function refresh() {
  /** @type {StateAnswer} */
  let state;
  try {
    state = await ask({ type: "state", tabId });
  } catch {
    at("messages").replaceChildren(parts.element("p", "quiet", messages.failure_detector));
    return;
  }
  // Made anew only where something has changed: the person may be reading, or at a
  // button of it.
  const now = JSON.stringify(state.tab);
  if (now !== shown) at("messages").replaceChildren(...messageNodes(state.tab, tabId, catalogue));
  shown = now;
  showRules(state.rules);
  if (state.tab.level === "checking") setTimeout(refresh, refreshEvery);
}

/**
 * Escape closes what "more" has opened, and only then, pressed again, the popup:
 * the browser leaves it open where the key was used for something.
 *
 * @param {KeyboardEvent} event
 */
function closeFold(event) {
  if (event.key !== "Escape") return;
  const within = /** @type {Element} */ (event.target).closest(".verdict") ?? document;
  const opener = /** @type {HTMLElement | null} */ (within.querySelector("button.more[aria-expanded=true]"));
  if (!opener) return;
  event.preventDefault();
  opener.click();
  opener.focus();
}

async function checkLink() {
  const { url, mail } = addressIn(link.value);
  if (!url) return;
  const place = at("link-verdict");
  place.textContent = messages.popup_checking;
  try {
    /** @type {{ view: View }} */
    const { view } = await ask({ type: "checkURL", url });
    const note = mail ? [parts.element("p", "quiet", messages.popup_link_mail)] : [];
    place.replaceChildren(...note, verdictNode(view), ...addressPicture(view, url, messages));
  } catch {
    place.replaceChildren(parts.element("p", "quiet", messages.failure_detector));
  }
}

async function update() {
  const button = /** @type {HTMLButtonElement} */ (at("update"));
  button.disabled = true;
  at("update-result").textContent = messages.popup_rules_updating;
  try {
    /** @type {{ result: string, rules: RulesState }} */
    const { result, rules } = await ask({ type: "updateRules" });
    showRules(rules);
    at("update-result").textContent = resultOf(result, rules);
  } catch {
    at("update-result").textContent = messages.failure_detector;
  } finally {
    button.disabled = false;
  }
}

/**
 * @param {string} result
 * @param {RulesState} rules
 */
function resultOf(result, { server, error }) {
  if (result === "updated") return messages.popup_rules_updated;
  if (result === "failed") return error ? failureOf(error, messages) : "";
  return server ? messages.popup_rules_current : messages.popup_rules_noserver;
}

/** @param {RulesState} state */
function showRules(state) {
  at("rules").replaceChildren(rulesFacts(state, catalogue, Math.floor(Date.now() / 1000)));
  /** @type {HTMLButtonElement} */ (at("update")).hidden = !state.server;
}
