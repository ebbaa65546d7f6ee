// What the parts of the options page share: the settings, the sentences, and how
// an outcome is told.

import { ext } from "../background/ext.js";
import { Settings, SettingsError } from "../settings/settings.js";
import { ask, openSurface } from "../shared/surface.js";
import { sentence } from "../view/sentence.js";

export const settings = new Settings(ext.storage);
export const catalogue = await openSurface("options_title");
export const { messages } = catalogue;
export const { parts } = globalThis.honmono;

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 */
export const at = (id) => /** @type {T} */ (document.getElementById(id));

/**
 * A sentence with its holes filled.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export const say = (key, values) => sentence(messages, key, values) ?? "";

/** The names of settings as the page writes them. @type {Record<string, string>} */
const titles = {
  language: "options_language",
  strictness: "options_strictness",
  protectedDomains: "options_protected",
  trustedSenders: "options_trusted",
  sitesOff: "options_sites",
  rulesURL: "options_rules_url",
  rulesKeys: "options_rules_keys",
  reportURL: "options_report_url",
  reportAddress: "options_report_address",
  statistics: "options_statistics_on",
  clickWarning: "options_click_warning",
};

/** @param {string} name */
export const titleOf = (name) => (Object.hasOwn(titles, name) ? messages[titles[name]] : name);

/** @param {SettingsProblem} problem */
export function problemText({ code, name, seen }) {
  return say(`settings_error_${code}`, { name: titleOf(name), seen: seen || "?" });
}

/**
 * What went wrong, in words.
 *
 * @param {unknown} error
 */
export function failureText(error) {
  return error instanceof SettingsError ? problemText(error.problem()) : messages.options_failed;
}

/**
 * The domains in the spelling in which they are protected.
 *
 * @param {string[]} domains in ASCII
 * @returns {Promise<string[]>} rejects with a SettingsError for one that cannot be
 */
export async function protectable(domains) {
  /** @type {string[]} */
  const kept = await ask({ type: "domains", domains });
  const wrong = kept.indexOf("");
  if (wrong >= 0) throw new SettingsError("suffix", "protectedDomains", domains[wrong]);
  return kept;
}

/**
 * Says who locked a control, beside it, and keeps it from being changed.
 *
 * @param {SettingsValue} value
 */
export function showLocks({ locked }) {
  for (const place of document.querySelectorAll("[data-setting]")) {
    const name = place.getAttribute("data-setting") ?? "";
    const isLocked = locked.includes(/** @type {keyof SettingsChoice} */ (name));
    place.querySelector(":scope > .locked")?.remove();
    const id = `locked-${name}`;
    if (isLocked) {
      const note = parts.element(place.localName === "label" ? "span" : "p", "locked", messages.options_locked);
      note.id = id;
      place.append(note);
    }
    for (const control of place.querySelectorAll("input, select, textarea, button")) {
      if (!control.closest("[data-free]")) /** @type {HTMLInputElement} */ (control).disabled = isLocked;
      if (isLocked && control.matches("input, select, textarea")) control.setAttribute("aria-describedby", id);
    }
  }
}
