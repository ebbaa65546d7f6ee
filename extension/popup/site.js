import { ext } from "../background/ext.js";
import { isFixed, patternFor } from "../background/sites.js";
import { isOff } from "../settings/effect.js";
import { Settings } from "../settings/settings.js";
import { isUnder } from "../view/host.js";
import { sentence } from "../view/sentence.js";

/** @import { Catalogue } from "../view/catalogue.js" */

const { parts } = globalThis.honmono;

/**
 * Whether Honmono works on a page, and the switch. A webmail of the manifest is
 * kept still by the settings; any other site is granted and given back, for which
 * the browser asks the person once more; the background does what follows from
 * the answer, as this page may be closed by the question.
 *
 * @param {string | undefined} url the page's; unknown for pages that no
 *   extension may see
 * @param {Catalogue} catalogue
 * @returns {Promise<Node[]>}
 */
export async function siteSwitch(url, catalogue) {
  const { messages } = catalogue;
  const pattern = url === undefined ? undefined : patternFor(url);
  if (!url || !pattern) return [parts.element("p", "quiet", messages.popup_site_other)];
  const fixed = ext.runtime.getManifest().content_scripts?.[0]?.matches ?? [];
  return isFixed(url, fixed) ? knownSite(url, catalogue) : grantedSite(url, pattern, catalogue);
}

/**
 * @param {string} url
 * @param {Catalogue} catalogue
 * @returns {Promise<Node[]>}
 */
async function knownSite(url, catalogue) {
  const { messages } = catalogue;
  const host = new URL(url).hostname;
  const settings = new Settings(ext.storage);
  const value = await settings.read();
  const off = isOff(value, [url]);
  const told = parts.element("p", "quiet", sentence(messages, off ? "popup_site_is_off" : "popup_site_fixed", { host }));
  told.setAttribute("role", "status");
  if (value.locked.includes("sitesOff")) return [told];
  return [
    told,
    switchFor(messages, host, !off, async () => {
      const others = value.sitesOff.filter((name) => !isUnder(host, name));
      await settings.write({ sitesOff: off ? others : [...others, host] });
      return knownSite(url, catalogue);
    }),
  ];
}

/**
 * @param {string} url
 * @param {string} pattern
 * @param {Catalogue} catalogue
 * @returns {Promise<Node[]>}
 */
async function grantedSite(url, pattern, catalogue) {
  const { messages } = catalogue;
  const host = new URL(url).hostname;
  const origins = [pattern];
  const on = await ext.permissions.contains({ origins });
  const told = parts.element("p", "quiet");
  told.setAttribute("role", "status");
  return [
    switchFor(messages, host, on, async () => {
      // Asked at once: the browser takes the click as the person's will only now.
      const done = await (on ? ext.permissions.remove({ origins }) : ext.permissions.request({ origins }));
      if (!done) {
        told.textContent = on ? "" : messages.popup_site_denied;
        return undefined;
      }
      if (on) return grantedSite(url, pattern, catalogue);
      told.textContent = messages.popup_site_reload;
      return [told];
    }),
    told,
  ];
}

/**
 * @param {Record<string, string>} messages
 * @param {string} host
 * @param {boolean} on
 * @param {() => Promise<Node[] | undefined>} press what stands in the place afterwards; nothing: all stays
 */
function switchFor(messages, host, on, press) {
  const button = parts.element("button", "button small", sentence(messages, on ? "popup_site_off" : "popup_site_on", { host }));
  /** @type {HTMLButtonElement} */ (button).type = "button";
  button.addEventListener("click", async () => {
    const nodes = await press();
    const place = button.parentElement;
    if (nodes && place) place.replaceChildren(...nodes);
    place?.querySelector("button")?.focus();
  });
  return button;
}
