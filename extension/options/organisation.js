// Where an organisation wants suspicious mails reported.

import { read } from "../settings/fields.js";
import { at, failureText, messages, settings } from "./page.js";

const names = /** @type {const} */ (["reportAddress", "reportURL"]);

/** @param {SettingsState} state */
export function showOrganisation({ value }) {
  for (const name of names) {
    const field = /** @type {HTMLInputElement} */ (at(name));
    if (document.activeElement !== field) field.value = value[name];
  }
}

export function startOrganisation() {
  at("organisation-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    at("organisation-error").textContent = "";
    at("organisation-told").textContent = "";
    try {
      const { locked } = await settings.read();
      const open = names.filter((name) => !locked.includes(name));
      await settings.write(Object.fromEntries(open.map((name) => [name, read(name, /** @type {HTMLInputElement} */ (at(name)).value)])));
      at("organisation-told").textContent = messages.options_saved;
    } catch (error) {
      at("organisation-error").textContent = failureText(error);
    }
  });
}
