// The rules in use, and where they come from.

import { ext } from "../background/ext.js";
import { failureOf, rulesFacts } from "../popup/rules.js";
import { read } from "../settings/fields.js";
import { ask } from "../shared/surface.js";
import { at, catalogue, failureText, messages, settings } from "./page.js";

const url = /** @type {HTMLInputElement} */ (at("rulesURL"));
const keys = /** @type {HTMLTextAreaElement} */ (at("rulesKeys"));

/** @param {SettingsState} state */
export function showRules({ value }) {
  if (document.activeElement !== url) url.value = value.rulesURL;
  if (document.activeElement !== keys) keys.value = value.rulesKeys.join("\n");
}

export async function startRules() {
  at("rules-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    await apply();
  });
  await showFacts();
}

async function showFacts() {
  const place = at("rules");
  try {
    /** @type {StateAnswer} */
    const { rules } = await ask({ type: "state", tabId: -1 });
    fill(rules);
  } catch {
    place.textContent = messages.failure_detector;
  }
}

/** @param {RulesState} rules */
function fill(rules) {
  const facts = rulesFacts(rules, catalogue, Math.floor(Date.now() / 1000));
  facts.className = "facts-list";
  at("rules").replaceChildren(facts);
}

async function apply() {
  at("rules-error").textContent = "";
  at("rules-told").textContent = "";
  try {
    const { locked } = await settings.read();
    /** @type {Partial<SettingsChoice>} */
    const patch = {};
    if (!locked.includes("rulesURL")) patch.rulesURL = read("rulesURL", url.value);
    if (!locked.includes("rulesKeys")) patch.rulesKeys = read("rulesKeys", keys.value.split("\n").filter((line) => line.trim() !== ""));
    /** @type {Config} */
    const packed = await (await fetch(ext.runtime.getURL("config.json"))).json();
    const now = { ...(await settings.read()), ...patch };
    if (now.rulesURL && now.rulesKeys.length === 0 && packed.rulesKeys.length === 0) {
      at("rules-error").textContent = messages.options_rules_nokey;
      return;
    }
    await settings.write(patch);
  } catch (error) {
    at("rules-error").textContent = failureText(error);
    return;
  }
  at("rules-told").textContent = messages.popup_rules_updating;
  try {
    /** @type {{ result: string, rules: RulesState }} */
    const { result, rules } = await ask({ type: "updateRules" });
    fill(rules);
    at("rules-told").textContent = result === "updated" ? messages.popup_rules_updated : result === "current" && rules.server ? messages.popup_rules_current : messages.options_saved;
    if (result === "failed" && rules.error) {
      at("rules-told").textContent = messages.options_saved;
      at("rules-error").textContent = failureOf(rules.error, messages);
    }
  } catch {
    at("rules-told").textContent = "";
    at("rules-error").textContent = messages.failure_detector;
  }
}
