// Reports a mail: to the company whose name was used, to the country's offices, to
// the own organisation, and, if the person wants, to the maintainers of the rules.
// Nothing goes out by itself. What would go is on the page, and can be changed.

import { ext, isFirefox } from "../background/ext.js";
import { readCase } from "../background/cases.js";
import { linkTo, shown } from "../guide/place-view.js";
import { places, regionFor, regions } from "../guide/places.js";
import { readProgress } from "../guide/progress.js";
import { rulesConfig } from "../settings/effect.js";
import { Settings } from "../settings/settings.js";
import { openSurface } from "../shared/surface.js";
import { factsText, mailto, rulesReport } from "./facts.js";
import { endpoint, sendReport } from "./send.js";

/** @import { Region } from "../guide/places.js" */

const { parts } = globalThis.honmono;
const catalogue = await openSurface("report_title");
const { lang, messages } = catalogue;
const kind = kindOf(new URLSearchParams(location.search).get("kind"));
const facts = location.hash ? await readCase(ext.storage.session, location.hash.slice(1)) : undefined;
const settings = await new Settings(ext.storage).read();

/** Offices that take reports by a page and not by mail. */
const takesReports = new Set(["us_ftc", "ca_cafc", "au_scamwatch", "other_econsumer"]);

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const text = /** @type {HTMLTextAreaElement} */ (at("text"));

at("title").textContent = messages[`report_title_${kind.replace("-", "_")}`];
at("lead").textContent = messages[`report_lead_${kind.replace("-", "_")}`];
at("gone").hidden = facts !== undefined;
// A false alarm is no business of the company's or the police's.
for (const id of ["facts", "offices"]) at(id).hidden = kind === "false-alarm" || !facts;
at("maintainers").hidden = !facts;
if (facts) {
  text.value = factsText(facts, catalogue);
  at("copy").addEventListener("click", async () => {
    at("copied").textContent = (await copy()) ? messages.report_copied : messages.report_copy_failed;
  });
  await showOffices(facts);
  await showMaintainers(facts);
}

/** @param {string | null} wanted @returns {ReportKind} */
function kindOf(wanted) {
  return wanted === "false-alarm" || wanted === "missed" ? wanted : "phishing";
}

/** @returns {Promise<boolean>} */
function copy() {
  return navigator.clipboard.writeText(text.value).then(
    () => true,
    () => false,
  );
}

/** @param {Case} facts */
async function showOffices(facts) {
  const { region } = await readProgress(ext.storage.local);
  const here = regions.includes(/** @type {Region} */ (region)) ? region : regionFor(lang, navigator.languages);
  /** @type {HTMLElement[]} */
  const list = [];
  if (facts.report) {
    const { name, url } = facts.report;
    list.push(office(name, messages.report_brand_what, url.startsWith("mailto:") ? url.slice(7) : "", url.startsWith("https:") ? url : "", facts));
  }
  if (settings.reportAddress) list.push(office(messages.report_own, messages.report_own_what, settings.reportAddress, "", facts));
  for (const [id, { region, mail = "", url = "" }] of Object.entries(places)) {
    if (region !== here || !(mail || takesReports.has(id))) continue;
    list.push(office(messages[`place_${id}`], messages[`place_${id}_what`], mail, url, facts));
  }
  at("places").replaceChildren(...list);
}

/**
 * @param {string} name
 * @param {string} what
 * @param {string} mail an address, or empty
 * @param {string} url a page, or empty
 * @param {Case} facts
 */
function office(name, what, mail, url, facts) {
  const item = parts.element("li", "");
  item.append(parts.element("strong", "", name), parts.element("span", "soft", what));
  const row = parts.element("p", "buttons");
  if (mail) {
    const link = linkTo(`mailto:${mail}`, messages.report_by_mail, "button small");
    // Made at the press: the person may have changed the text.
    link.addEventListener("click", () => {
      const { url, whole } = mailto(mail, facts, text.value, messages);
      link.href = url;
      at("pasted").textContent = whole ? "" : messages.report_pasted;
      if (!whole) copy();
    });
    row.append(link, parts.element("bdi", "soft", mail));
  }
  if (url) row.append(linkTo(url, messages.report_by_page, "button small"), parts.element("bdi", "soft", shown(url)));
  item.append(row);
  return item;
}

/** @param {Case} facts */
async function showMaintainers(facts) {
  at("maintainers-hint").textContent = messages[`report_maintainers_${kind.replace("-", "_")}`];
  const server = await serverOf();
  at("sending").hidden = server === "";
  if (!server) {
    at("maintainers-hint").textContent = messages.report_no_server;
    return;
  }
  const report = rulesReport(facts, { id: crypto.randomUUID(), kind, language: lang, program: ext.runtime.getManifest().version });
  const body = JSON.stringify(report, null, 2);
  at("server").textContent = endpoint(server);
  at("body").textContent = body;
  at("body").setAttribute("aria-label", messages.report_exactly);
  const button = /** @type {HTMLButtonElement} */ (at("send"));
  button.addEventListener("click", async () => {
    // Before anything is waited for: Firefox takes the press as the person's will
    // only now, and asks whether mail content may leave at all.
    if (!(await mayLeave())) {
      at("sent").textContent = messages.report_result_denied;
      return;
    }
    button.disabled = true;
    at("sent").textContent = messages.report_sending;
    const result = await sendReport(server, body);
    at("sent").textContent = messages[`report_result_${result}`];
    button.disabled = result === "sent";
  });
}

/**
 * Whether the browser lets facts about a mail leave it. Firefox has a permission for
 * that, which nobody gives at install (data_collection_permissions in manifest.json).
 *
 * @returns {Promise<boolean>}
 */
async function mayLeave() {
  const wanted = /** @type {chrome.permissions.Permissions} */ ({ data_collection: ["personalCommunications"] });
  return !isFirefox || ext.permissions.request(wanted);
}

/** Where reports go: the administrator's server, or the one that gives the rules. */
async function serverOf() {
  if (settings.reportURL) return settings.reportURL;
  /** @type {Config} */
  const packed = await (await fetch(ext.runtime.getURL("config.json"))).json();
  return rulesConfig(settings, packed).rulesURL;
}
