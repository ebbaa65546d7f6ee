/**
 * Each setting: its default, and what may stand in it. Values come from a person's
 * hand, from a backup file and from an administrator's policy, so each is checked
 * in the same place and brought into one spelling.
 */

/** Something is wrong with a value. */
export class SettingsError extends Error {
  /**
   * @param {SettingsErrorCode} code
   * @param {string} name the setting
   * @param {unknown} [seen]
   */
  constructor(code, name, seen = "") {
    const shown = cut(seen);
    super(`settings: ${name || "all"}: ${code}${shown && ` ${JSON.stringify(shown)}`}`);
    this.code = code;
    /** The setting that it is about. */
    this.setting = name;
    this.seen = shown;
  }

  /** @returns {SettingsProblem} */
  problem() {
    return { code: this.code, name: this.setting, seen: this.seen };
  }
}

/** The most entries of a list; a person who needs more is an administrator of many. */
export const maxEntries = 200;
const maxText = 500;

/** @type {SettingsChoice} */
export const defaults = Object.freeze({
  language: "auto",
  strictness: "normal",
  protectedDomains: [],
  trustedSenders: [],
  sitesOff: [],
  rulesURL: "",
  rulesKeys: [],
  reportURL: "",
  reportAddress: "",
  statistics: true,
  clickWarning: true,
});

/** @typedef {(value: unknown, name: string) => unknown} Field */

/** @type {Record<keyof SettingsChoice, Field>} */
const fields = {
  language: oneOf("auto", "ja", "en"),
  strictness: oneOf("quiet", "normal", "strict"),
  protectedDomains: listOf(domain),
  trustedSenders: listOf(sender),
  sitesOff: listOf(host),
  rulesURL: serverURL,
  rulesKeys: listOf(verifierKey, 8),
  reportURL: serverURL,
  reportAddress: (value, name) => (value === "" ? "" : address(value, name)),
  statistics: boolean,
  clickWarning: boolean,
};

/** The names of all settings, in the order in which a page shows them. */
export const names = /** @type {(keyof SettingsChoice)[]} */ (Object.keys(fields));

/** Lists to which the administrator and the person both add. */
export const shared = /** @type {const} */ (["protectedDomains", "trustedSenders"]);

/** @param {string} name */
export const isName = (name) => Object.hasOwn(fields, name);

/**
 * One setting's value in its one spelling.
 *
 * @template {keyof SettingsChoice} N
 * @param {N} name
 * @param {unknown} value
 * @returns {SettingsChoice[N]}
 * @throws {SettingsError}
 */
export function read(name, value) {
  if (!isName(name)) throw new SettingsError("unknown", String(name));
  return /** @type {SettingsChoice[N]} */ (fields[name](value, name));
}

/**
 * A domain in ASCII, or a whole host. Whether it is more than a public suffix only
 * the detector can say.
 *
 * @param {unknown} value
 * @param {string} name
 */
export function domain(value, name) {
  const found = hostOf(text(value, name).trim().replace(/^@/, ""));
  if (!found || !found.includes(".") || /^[\d.]+$/.test(found)) throw new SettingsError("domain", name, value);
  return found;
}

/**
 * A sender: a mail address, or a domain for all its addresses. A public mail
 * service's domain is everybody's, so it is for the page to say that.
 *
 * @param {unknown} value
 * @param {string} name
 */
export function sender(value, name) {
  const entry = text(value, name).trim();
  try {
    return entry.replace(/^@/, "").includes("@") ? address(entry, name) : domain(entry, name);
  } catch (error) {
    throw error instanceof SettingsError ? new SettingsError("sender", name, value) : error;
  }
}

/**
 * A host of a webmail: the address of any of its pages will do.
 *
 * @param {unknown} value
 * @param {string} name
 */
export function host(value, name) {
  const entry = text(value, name).trim();
  const url = /^https?:\/\//i.test(entry) ? parse(entry) : /^[a-z][a-z+.-]*:\/\//i.test(entry) ? undefined : parse(`https://${entry}`);
  const hostname = url && !url.username && url.hostname.replace(/\.$/, "");
  if (!hostname) throw new SettingsError("host", name, value);
  return hostname;
}

/**
 * @param {unknown} value
 * @param {string} name
 */
function address(value, name) {
  const entry = text(value, name).trim();
  const [, local, where] = /^([^\s@<>,;:"()[\]\\]+)@([^\s@]+)$/.exec(entry) ?? [];
  const found = where && hostOf(where);
  if (!local || !found || !found.includes(".")) throw new SettingsError("address", name, value);
  return `${local.toLowerCase()}@${found}`;
}

/**
 * A server's address: https, or http on this machine. Nothing may hang on it,
 * as paths are added to it.
 *
 * @param {unknown} value
 * @param {string} name
 */
function serverURL(value, name) {
  const entry = text(value, name).trim();
  if (entry === "") return "";
  const url = parse(entry);
  if (!url || !url.hostname || url.search || url.hash || url.username || url.password) throw new SettingsError("url", name, value);
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && here)) throw new SettingsError("insecure", name, value);
  return url.href.replace(/\/+$/, "");
}

/**
 * A verifier key as golang.org/x/mod/sumdb/note writes it: name, hash, key.
 *
 * @param {unknown} value
 * @param {string} name
 */
function verifierKey(value, name) {
  const entry = text(value, name).trim();
  if (entry.startsWith("PRIVATE+KEY+")) throw new SettingsError("private", name);
  const [, key] = /^[^\s+]{1,100}\+[0-9a-f]{8}\+([A-Za-z0-9+/]{44}=?=?)$/.exec(entry) ?? [];
  // One byte that names the algorithm, 1 for Ed25519, and 32 of the key.
  if (!key || !/^\x01[^]{32}$/.test(decoded(key))) throw new SettingsError("key", name, value);
  return entry;
}

/** @param {string} key base64 */
function decoded(key) {
  try {
    return atob(key);
  } catch {
    return "";
  }
}

/** @param {...string} choices @returns {Field} */
function oneOf(...choices) {
  return (value, name) => {
    if (!choices.includes(text(value, name))) throw new SettingsError("choice", name, value);
    return value;
  };
}

/**
 * @param {Field} field
 * @param {number} [limit]
 * @returns {Field}
 */
function listOf(field, limit = maxEntries) {
  return (value, name) => {
    if (!Array.isArray(value)) throw new SettingsError("type", name, value);
    if (value.length > limit) throw new SettingsError("many", name, limit);
    return [...new Set(value.map((item) => field(item, name)))];
  };
}

/** @type {Field} */
function boolean(value, name) {
  if (typeof value !== "boolean") throw new SettingsError("type", name, value);
  return value;
}

/**
 * @param {unknown} value
 * @param {string} name
 */
function text(value, name) {
  if (typeof value !== "string") throw new SettingsError("type", name, value);
  if (value.length > maxText) throw new SettingsError("long", name, value);
  return value;
}

/**
 * The host in ASCII as the browser would look it up, or empty for what is more or
 * less than a host.
 *
 * @param {string} entry
 */
function hostOf(entry) {
  if (/[\s/\\?#@:[\]%]/.test(entry)) return "";
  const hostname = parse(`https://${entry}/`)?.hostname.replace(/\.$/, "") ?? "";
  return hostname.length <= 253 ? hostname : "";
}

/** @param {string} entry */
function parse(entry) {
  try {
    return new URL(entry);
  } catch {
    return undefined;
  }
}

/** @param {unknown} value */
function cut(value) {
  const shown = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
