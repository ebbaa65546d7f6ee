// Language, strictness and the switches: each is saved as soon as it is changed.

import { at, failureText, messages, settings } from "./page.js";

const language = at("language");
const radios = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[name=strictness]")]);
const switches = /** @type {const} */ ([["clickWarning", "general-told"], ["statistics", "statistics-told"]]);

/** @param {SettingsState} state */
export function showGeneral({ value }) {
  /** @type {HTMLSelectElement} */ (language).value = value.language;
  for (const radio of radios) radio.checked = radio.value === value.strictness;
  for (const [name] of switches) /** @type {HTMLInputElement} */ (at(name)).checked = value[name];
}

export function startGeneral() {
  language.addEventListener("change", async () => {
    const choice = /** @type {SettingsChoice["language"]} */ (/** @type {HTMLSelectElement} */ (language).value);
    // Said anew from the beginning, in the other language.
    if (await save({ language: choice }, "general-told")) location.reload();
  });
  for (const radio of radios) {
    radio.addEventListener("change", () => save({ strictness: /** @type {Strictness} */ (radio.value) }, "general-told"));
  }
  for (const [name, told] of switches) {
    at(name).addEventListener("change", () => save({ [name]: /** @type {HTMLInputElement} */ (at(name)).checked }, told));
  }
}

/**
 * @param {Partial<SettingsChoice>} patch
 * @param {string} told the id of the place where the outcome is said
 */
async function save(patch, told) {
  try {
    await settings.write(patch);
    at(told).textContent = messages.options_saved;
    return true;
  } catch (error) {
    at(told).textContent = failureText(error);
    showGeneral(await settings.state());
    return false;
  }
}
