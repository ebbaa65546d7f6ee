// Where Honmono works: the webmails of the manifest with a tick each, those that
// the person switched on, and a field to switch one more on.

import { ext, isFirefox } from "../background/ext.js";
import { isFixed, isSite, patternFor } from "../background/sites.js";
import { host } from "../settings/fields.js";
import { removeButton } from "./list.js";
import { webmails } from "./webmails.js";
import { at, catalogue, failureText, messages, parts, say, settings } from "./page.js";

const fixed = ext.runtime.getManifest().content_scripts?.[0]?.matches ?? [];

const own = parts.element("ul", "entries");
const none = parts.element("p", "soft", messages.options_none);
const told = parts.element("p", "told");

export function startSites() {
  told.setAttribute("role", "status");
  at("sites-own").append(own, none, told, form());
  at("sites").append(ticks());
  ext.permissions.onAdded.addListener(showOwn);
  ext.permissions.onRemoved.addListener(showOwn);
}

/** @param {SettingsState} state */
export async function showSites({ value }) {
  for (const tick of /** @type {NodeListOf<HTMLInputElement>} */ (at("sites").querySelectorAll("input"))) {
    tick.checked = !tick.value.split(" ").every((name) => value.sitesOff.includes(name));
  }
  await showOwn();
}

function ticks() {
  const list = parts.element("ul", "entries");
  for (const [ja, en, hosts] of webmails) {
    const item = document.createElement("li");
    const label = parts.element("label", "choice");
    const tick = /** @type {HTMLInputElement} */ (document.createElement("input"));
    tick.type = "checkbox";
    tick.value = hosts.join(" ");
    label.append(tick, parts.element("span", "", catalogue.lang === "ja" ? ja : en));
    item.append(label);
    tick.addEventListener("change", () => switchSite(hosts, tick.checked));
    list.append(item);
    offerAccess(item, hosts[0]);
  }
  return list;
}

/**
 * Firefox lets a person take our access to a site away; then a tick alone does
 * nothing, and they are told.
 *
 * @param {HTMLElement} item
 * @param {string} name
 */
async function offerAccess(item, name) {
  if (!isFirefox) return;
  const origins = [`https://${name}/*`];
  if (await ext.permissions.contains({ origins })) return;
  const button = /** @type {HTMLButtonElement} */ (parts.element("button", "button small", say("options_sites_allow", { host: name })));
  button.type = "button";
  const note = parts.element("span", "soft", messages.options_sites_denied);
  button.addEventListener("click", async () => {
    if (!(await ext.permissions.request({ origins }))) return;
    note.remove();
    button.remove();
  });
  item.append(note, button);
}

/**
 * @param {string[]} hosts
 * @param {boolean} on
 */
async function switchSite(hosts, on) {
  try {
    const { sitesOff } = await settings.read();
    const others = sitesOff.filter((name) => !hosts.includes(name));
    await settings.write({ sitesOff: on ? others : [...others, ...hosts] });
  } catch (error) {
    told.textContent = failureText(error);
    await showSites(await settings.state());
  }
}

async function showOwn() {
  const { origins = [] } = await ext.permissions.getAll();
  const patterns = origins.filter((origin) => isSite(origin) && !isFixed(origin.replace(/\*$/, ""), fixed)).sort();
  none.hidden = patterns.length > 0;
  own.hidden = patterns.length === 0;
  own.replaceChildren(...patterns.map((pattern) => {
    const item = document.createElement("li");
    const name = new URL(pattern.replace(/\*$/, "")).hostname;
    const text = parts.element("bdi", "entry", name);
    text.dir = "ltr";
    if (pattern.startsWith("http:")) text.append(parts.element("span", "whose", messages.options_sites_http));
    item.append(text, removeButton(name, async () => {
      await ext.permissions.remove({ origins: [pattern] });
      told.textContent = say("options_removed", { entry: name });
    }));
    return item;
  }));
}

function form() {
  const made = document.createElement("form");
  made.noValidate = true;
  const label = document.createElement("label");
  label.textContent = messages.options_sites_add;
  label.htmlFor = "site-new";
  const input = /** @type {HTMLInputElement} */ (parts.element("input", "text"));
  Object.assign(input, { id: "site-new", type: "url", dir: "ltr", maxLength: 2000, autocomplete: "off", spellcheck: false });
  const hint = parts.element("p", "soft", messages.options_sites_add_hint);
  hint.id = "site-hint";
  const wrong = parts.element("p", "wrong");
  wrong.id = "site-wrong";
  wrong.setAttribute("role", "alert");
  input.setAttribute("aria-describedby", "site-hint site-wrong");
  const button = /** @type {HTMLButtonElement} */ (parts.element("button", "button", messages.options_add));
  button.type = "submit";
  const row = parts.element("div", "row");
  row.append(input, button);
  made.append(label, row, hint, wrong);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.textContent = "";
    wrong.textContent = "";
    /** @type {string} */
    let name;
    /** @type {string} */
    let pattern;
    try {
      name = host(input.value, "sitesOff");
      const url = /^https?:\/\//i.test(input.value.trim()) ? input.value.trim() : `https://${input.value.trim()}`;
      pattern = /** @type {string} */ (patternFor(url));
      if (isFixed(url, fixed)) {
        wrong.textContent = say("options_sites_known", { host: name });
        return;
      }
    } catch (error) {
      wrong.textContent = failureText(error);
      return;
    }
    // Before anything is waited for: the browser takes the click as the person's
    // will only now.
    const granted = await ext.permissions.request({ origins: [pattern] }).catch(() => false);
    if (!granted) {
      wrong.textContent = say("options_sites_refused", { host: name });
      return;
    }
    input.value = "";
    told.textContent = say("options_added", { entry: name });
    await switchSite([name], true);
  });
  return made;
}
