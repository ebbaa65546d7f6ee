import { ext } from "../background/ext.js";
import { isFixed, patternFor } from "../background/sites.js";
import { sentence } from "../view/sentence.js";

/** @import { Catalogue } from "../view/catalogue.js" */

const { parts } = globalThis.honmono;

/**
 * Whether Honmono works on a page, and the switch for sites that it does not
 * know. The browser asks the person once more; the background does what follows
 * from the answer, as this page may be closed by the question.
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
  const { hostname } = new URL(url);
  const fixed = ext.runtime.getManifest().content_scripts?.[0]?.matches ?? [];
  if (isFixed(url, fixed)) {
    return [parts.element("p", "quiet", sentence(messages, "popup_site_fixed", { host: hostname }))];
  }
  const origins = [pattern];
  const on = await ext.permissions.contains({ origins });
  const button = parts.element("button", "", sentence(messages, on ? "popup_site_off" : "popup_site_on", { host: hostname }));
  const told = parts.element("p", "quiet");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    // Asked at once: the browser takes the click as the person's will only now.
    const done = await (on ? ext.permissions.remove({ origins }) : ext.permissions.request({ origins }));
    if (!done) return;
    button.remove();
    told.textContent = on ? "" : messages.popup_site_reload;
    if (on) told.before(...(await siteSwitch(url, catalogue)));
  });
  return [button, told];
}
