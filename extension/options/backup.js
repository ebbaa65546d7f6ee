// Settings to a file and back, and back to the beginning.

import { maxBackup, readBackup, writeBackup } from "../settings/backup.js";
import { SettingsError } from "../settings/settings.js";
import { at, failureText, messages, parts, problemText, protectable, say, settings, titleOf } from "./page.js";

const file = /** @type {HTMLInputElement} */ (at("backup-file"));
const sure = at("reset-sure");

export function startBackup() {
  at("backup-save").addEventListener("click", save);
  at("backup-restore").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    if (chosen) await restore(chosen);
    // The same file may be chosen again, mended.
    file.value = "";
  });
  at("reset").addEventListener("click", () => ask(sure.hidden !== false));
  at("reset-no").addEventListener("click", () => {
    ask(false);
    at("reset").focus();
  });
  at("reset-yes").addEventListener("click", async () => {
    ask(false);
    clear();
    await settings.reset();
    at("backup-told").textContent = messages.options_reset_done;
    at("reset").focus();
  });
}

/** @param {boolean} open */
function ask(open) {
  sure.hidden = !open;
  at("reset").setAttribute("aria-expanded", String(open));
  if (open) at("reset-no").focus();
}

async function save() {
  clear();
  const blob = new Blob([writeBackup(await settings.own())], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "honmono-settings.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** @param {File} chosen */
async function restore(chosen) {
  clear();
  // Bytes are at least as many as characters: a film chosen by mistake is not read.
  const text = chosen.size > maxBackup * 4 ? "x".repeat(maxBackup + 1) : await chosen.text();
  const { settings: found, problems } = readBackup(text);
  try {
    if (problems.length === 0 && found.protectedDomains) found.protectedDomains = await protectable(found.protectedDomains);
  } catch (error) {
    if (error instanceof SettingsError) problems.push(error.problem());
    else return fail([failureText(error)]);
  }
  if (problems.length > 0) return fail(problems.map(problemText));
  const leftOut = await settings.replace(found);
  at("backup-told").textContent = [
    messages.options_backup_restored,
    leftOut.length > 0 ? say("options_backup_left_out", { names: leftOut.map(titleOf).join(", ") }) : "",
  ].join(" ");
}

/** @param {string[]} texts */
function fail(texts) {
  const list = parts.element("ul", "list");
  const shown = texts.slice(0, 20);
  list.append(...shown.map((text) => parts.element("li", "", text)));
  if (texts.length > shown.length) list.append(parts.element("li", "", "…"));
  at("backup-error").replaceChildren(parts.element("p", "", messages.options_backup_refused), list);
}

function clear() {
  at("backup-error").replaceChildren();
  at("backup-told").textContent = "";
}
