// The first page: what Honmono is, tried on a sample. The sample goes to the
// detector as any mail does, and the answer is the banner as webmails show it.

import { ext, isFirefox } from "../background/ext.js";
import { bannerCSS } from "../shared/sheets.js";
import { ask, openSurface } from "../shared/surface.js";
import { splitHost } from "../view/host.js";
import { sample, sampleHost, sampleOwner } from "./sample.js";

const catalogue = await openSurface("welcome_title");
const { lang, messages } = catalogue;
const { banner, parts } = globalThis.honmono;

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

at("pin-how").textContent = isFirefox ? messages.welcome_pin_firefox : messages.welcome_pin_chrome;
/** @type {HTMLAnchorElement} */ (at("privacy")).href = `../privacy/${lang}.html`;
at("check").addEventListener("click", check);
at("again").addEventListener("click", () => {
  at("banner").replaceChildren();
  at("again").hidden = true;
  at("check").hidden = false;
  at("check").focus();
});
at("lure").addEventListener("click", () => {
  const [before, after] = messages.welcome_sample_where.split("{host}");
  at("lure-where").replaceChildren(before, parts.host(splitHost(sampleHost, sampleOwner)), after);
});
at("options").addEventListener("click", () => ext.runtime.openOptionsPage());
document.body.dataset.ready = "";

async function check() {
  const button = /** @type {HTMLButtonElement} */ (at("check"));
  button.disabled = true;
  at("told").textContent = messages.popup_checking;
  try {
    /** @type {[{ view: View }, string]} */
    const [{ view }, css] = await Promise.all([ask({ type: "checkMessage", message: sample(messages) }), bannerCSS(ext.runtime.getURL)]);
    const made = banner.create(view, css);
    at("banner").replaceChildren(made.host);
    made.fill();
    at("told").textContent = "";
    at("again").hidden = false;
    button.hidden = true;
  } catch {
    at("told").textContent = messages.failure_detector;
  } finally {
    button.disabled = false;
  }
}
