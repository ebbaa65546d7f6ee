/**
 * The messages of one language, from _locales. The browser's own i18n would do
 * for fixed texts, but picks the language itself and cannot fill our holes.
 *
 * @typedef {object} Catalogue
 * @property {"ja" | "en"} lang
 * @property {Record<string, string>} messages
 */

/**
 * The language for a reader.
 *
 * @param {string} tag BCP 47, as the browser gives its own
 * @returns {"ja" | "en"}
 */
export function languageFor(tag) {
  return /^ja\b/i.test(tag) ? "ja" : "en";
}

/**
 * @param {"ja" | "en"} lang
 * @param {(path: string) => string} urlOf the address of a file of the extension
 * @param {typeof globalThis.fetch} [fetch]
 * @returns {Promise<Catalogue>}
 */
export async function loadCatalogue(lang, urlOf, fetch = globalThis.fetch) {
  const response = await fetch(urlOf(`_locales/${lang}/messages.json`));
  return { lang, messages: flatten(await response.json()) };
}

/**
 * @param {Record<string, { message: string }>} entries as messages.json holds them
 * @returns {Record<string, string>}
 */
export function flatten(entries) {
  return Object.fromEntries(Object.entries(entries).map(([key, { message }]) => [key, message]));
}
