import { isName, read, SettingsError } from "./fields.js";

/**
 * A backup: the person's own settings as JSON, without what the administrator
 * decided.
 *
 *     {"honmono": "settings", "version": 1, "settings": {"language": "ja", …}}
 */

/** Characters; two hundred entries of every list are far below. */
export const maxBackup = 200_000;

const version = 1;

/**
 * @param {Partial<SettingsChoice>} own
 * @returns {string}
 */
export function writeBackup(own) {
  return `${JSON.stringify({ honmono: "settings", version, settings: own }, null, 2)}\n`;
}

/**
 * Reads a backup, strictly: with one mistake nothing of it is taken, and every
 * mistake is named, so that the person can mend the file.
 *
 * @param {string} text
 * @returns {{ settings: Partial<SettingsChoice>, problems: SettingsProblem[] }}
 */
export function readBackup(text) {
  /** @param {SettingsErrorCode} code */
  const failure = (code) => ({ settings: {}, problems: [new SettingsError(code, "").problem()] });
  if (text.length > maxBackup) return failure("large");
  /** @type {any} */
  let file;
  try {
    file = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return failure("json");
  }
  if (file?.honmono !== "settings" || !isRecord(file.settings)) return failure("format");
  if (file.version !== version) return failure(file.version > version ? "version" : "format");
  /** @type {SettingsProblem[]} */
  const problems = [];
  for (const name of Object.keys(file)) {
    if (!["honmono", "version", "settings"].includes(name)) problems.push(new SettingsError("unknown", cut(name)).problem());
  }
  /** @type {[string, unknown][]} */
  const settings = [];
  for (const [name, value] of Object.entries(file.settings)) {
    if (!isName(name)) {
      problems.push(new SettingsError("unknown", cut(name)).problem());
      continue;
    }
    try {
      settings.push([name, read(/** @type {keyof SettingsChoice} */ (name), value)]);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(error.problem());
    }
  }
  return { settings: problems.length > 0 ? {} : Object.fromEntries(settings), problems };
}

/** @param {unknown} value */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {string} name */
function cut(name) {
  return name.slice(0, 60);
}
