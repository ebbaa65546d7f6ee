// In place of a dangerous link: what it says, where it leads, and the way back
// first. What is shown comes from the background, called by the random number in
// our address; the address itself says nothing.

import { ext } from "../background/ext.js";
import { ask, openSurface } from "../shared/surface.js";

const { parts } = globalThis.honmono;
const { messages } = await openSurface("warning_title");
const id = location.hash.slice(1);

/** @param {string} name */
const at = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

/** @type {WarningView | undefined} */
const view = await ask({ type: "warning", id }).catch(() => undefined);
if (view) show(view);
else showGone();

/** @param {WarningView} view */
function show(view) {
  const { why, level, reasons, official, openable, mail } = view;
  at("title").textContent = level === "danger" ? messages.warning_title : messages.warning_title_doubt;
  document.title = `${at("title").textContent} – Honmono`;
  at("stopped").classList.add(level === "danger" ? "danger" : "caution");
  at("facts").replaceChildren(...facts(view));
  const doubt = why === "marked" ? [] : [messages[`warning_${why}`]];
  const said = [...doubt, ...(mail ? [mail] : []), ...reasons];
  at("reasons").replaceChildren(...said.map((text) => parts.element("li", "", text)));
  if (official) at("official").replaceChildren(...way(official));
  at("official").hidden = official === undefined;
  at("note").textContent = openable ? messages.warning_open_note : messages.warning_not_openable;
  at("open").hidden = !openable;
  at("open").addEventListener("click", openAnyway);
  at("back").addEventListener("click", () => back(view));
  /** @type {HTMLElement} */ (document.querySelector("main")).hidden = false;
  at("back").focus();
}

/** @param {WarningView} view */
function facts({ text, url, host, hidden, by }) {
  const where = parts.element("span", "where");
  if (host && hidden) where.textContent = messages[`banner_where_${hidden}`].replace("{host}", () => host.before + host.domain);
  else if (host) where.append(parts.host(host));
  else where.textContent = messages.banner_link_nowhere;
  /** @type {[string, Node][]} */
  const rows = [
    ["warning_says", parts.element("bdi", "", text || messages.warning_picture)],
    ["warning_goes", where],
  ];
  if (by) rows.push(["warning_by", parts.host(by)]);
  rows.push(["warning_address", parts.element("bdi", "address", url)]);
  return rows.flatMap(([name, value]) => {
    const shown = parts.element("dd", "");
    shown.append(value);
    return [parts.element("dt", "", messages[name]), shown];
  });
}

/**
 * The official way: the brand's own address, from the rules and never from the mail.
 *
 * @param {OfficialView} official
 * @returns {Node[]}
 */
function way({ text, url, label, host, note }) {
  const nodes = [parts.element("p", "", text)];
  if (url) {
    const row = parts.element("p", "buttons");
    const link = /** @type {HTMLAnchorElement} */ (parts.element("a", "button small", label));
    link.href = url;
    link.rel = "noopener noreferrer";
    row.append(link, parts.element("bdi", "soft", host));
    nodes.push(row);
  }
  if (note) nodes.push(parts.element("p", "soft", note));
  return nodes;
}

/**
 * To the mail: where it was left behind in this very tab, back; else its tab comes
 * forward, and this page is gone.
 *
 * @param {WarningView} view
 */
async function back({ tabId, inPlace }) {
  if (inPlace && history.length > 1) return history.back();
  const tab = await ext.tabs.update(tabId, { active: true }).catch(() => undefined);
  if (tab?.windowId !== undefined) await ext.windows?.update(tab.windowId, { focused: true }).catch(() => {});
  await close();
}

async function close() {
  const own = await ext.tabs.getCurrent();
  if (own?.id !== undefined) await ext.tabs.remove(own.id);
}

/** Replaces this page, so that "back" leads to the mail and not here. */
async function openAnyway() {
  /** @type {{ url?: string }} */
  const { url } = await ask({ type: "openAnyway", id });
  if (url) location.replace(url);
}

function showGone() {
  at("close").addEventListener("click", close);
  at("gone").hidden = false;
}
