/**
 * What the settings mean for the parts of the background.
 */
import { languageFor } from "../view/catalogue.js";
import { hostOf, isUnder } from "../view/host.js";

/**
 * The language to speak.
 *
 * @param {Pick<SettingsValue, "language">} settings
 * @param {string} browser BCP 47, the browser's own
 * @returns {"ja" | "en"}
 */
export function languageOf({ language }, browser) {
  return language === "auto" ? languageFor(browser) : language;
}

/**
 * The rule server and whom to believe. Own keys take the place of the package's:
 * who trusts another publisher trusts that one alone. A server without a key of
 * its own is a mirror of the package's.
 *
 * @param {Pick<SettingsValue, "rulesURL" | "rulesKeys">} settings
 * @param {Config} packed
 * @returns {Config}
 */
export function rulesConfig({ rulesURL, rulesKeys }, packed) {
  return {
    ...packed,
    rulesURL: rulesURL || packed.rulesURL,
    rulesKeys: rulesKeys.length > 0 ? rulesKeys : packed.rulesKeys,
  };
}

/** Hosts of one webmail that the person knows by the first name. */
const together = { "www.icloud.com": ["www-mail.icloud-sandbox.com"] };

/**
 * Whether a site is switched off: the host itself, or one it lies under.
 *
 * @param {Pick<SettingsValue, "sitesOff">} settings
 * @param {(string | undefined)[]} urls the frame's and its tab's, as far as known
 */
export function isOff({ sitesOff }, urls) {
  const off = sitesOff.flatMap((host) => [host, ...(/** @type {Record<string, string[]>} */ (together)[host] ?? [])]);
  return urls.some((url) => {
    const host = url === undefined ? "" : hostOf(url);
    return off.some((name) => isUnder(host, name));
  });
}

/**
 * Which of the protected domains the detector takes. One that it does not know
 * how to protect ("co.jp", from a policy) must not make it refuse every mail.
 *
 * @param {Ask} ask
 * @returns {(settings: SettingsValue) => Promise<{ protect: string[], strictness: Strictness }>}
 *   what check and checkURL want to know of their reader
 */
export function readerFor(ask) {
  let asked = "[]";
  /** @type {string[]} */
  let protect = [];
  return async ({ protectedDomains, strictness }) => {
    const wanted = JSON.stringify(protectedDomains);
    if (wanted !== asked) {
      const kept = await ask("domains", { domains: protectedDomains });
      protect = kept.filter((domain) => domain !== "");
      asked = wanted;
    }
    return { protect, strictness };
  };
}
