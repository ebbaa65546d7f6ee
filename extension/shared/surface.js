// What every page of the extension begins with: the sentences in the person's
// language, put where the page's HTML says. A page loads tokens.css,
// components.css, content/namespace.js and content/banner-parts.js (for the
// shapes and hosts), then its own module, which calls openSurface() first.
//
//   <h1 data-say="popup_link"></h1>                  the element's text
//   <input data-say-placeholder="popup_link_label">   an attribute: placeholder,
//   <button data-say-aria-label="…">                  aria-label, title or alt

import { ext } from "../background/ext.js";
import { languageOf } from "../settings/effect.js";
import { Settings } from "../settings/settings.js";
import { loadCatalogue } from "../view/catalogue.js";

/** @import { Catalogue } from "../view/catalogue.js" */

const attributes = ["placeholder", "aria-label", "title", "alt"];

/**
 * Loads the sentences and says them.
 *
 * @param {string} [titleKey] the message that is the document's title, followed by the extension's name
 * @returns {Promise<Catalogue>}
 */
export async function openSurface(titleKey) {
  const lang = languageOf(await new Settings(ext.storage).read(), ext.i18n.getUILanguage());
  const catalogue = await loadCatalogue(lang, ext.runtime.getURL);
  document.documentElement.lang = catalogue.lang;
  if (titleKey) document.title = `${catalogue.messages[titleKey]} – Honmono`;
  say(document, catalogue.messages);
  return catalogue;
}

/**
 * Says the messages that elements ask for. A message that is missing leaves the
 * element empty; the tests hold that none is.
 *
 * @param {ParentNode} root
 * @param {Record<string, string>} messages
 */
export function say(root, messages) {
  for (const element of root.querySelectorAll("[data-say]")) {
    element.textContent = messages[element.getAttribute("data-say") ?? ""] ?? "";
  }
  for (const attribute of attributes) {
    for (const element of root.querySelectorAll(`[data-say-${attribute}]`)) {
      element.setAttribute(attribute, messages[element.getAttribute(`data-say-${attribute}`) ?? ""] ?? "");
    }
  }
}

/**
 * Asks the background.
 *
 * @template T
 * @param {PopupRequest} request
 * @returns {Promise<T>} rejects when the background cannot answer
 */
export async function ask(request) {
  const answer = await ext.runtime.sendMessage(request);
  if (answer && "ok" in answer) return answer.ok;
  throw new Error(answer?.error?.reason ?? "detector");
}
