/**
 * What most browser tests are set up with: the extension packed, the webmails on this
 * machine, a browser with a page of the extension and one for mail. Each of these
 * functions declares what happens before and after the tests of the file or the
 * describe that calls it, and what it returns is there when they run.
 */
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { pack } from "./extension.mjs";
import { ownPage } from "./inspect.mjs";
import { hosts, startWebmails } from "./webmail.mjs";

/**
 * @typedef {object} Mail
 * @property {import("./extension.mjs").Packed} packed
 * @property {import("./webmail.mjs").Webmails} webmails
 */

/**
 * The extension, packed, and webmails that show some conversations.
 *
 * @param {() => import("./webmail.mjs").Thread[] | Promise<import("./webmail.mjs").Thread[]>} conversations
 * @param {object} [o]
 * @param {Parameters<typeof pack>[0]} [o.packing]
 * @param {Parameters<typeof startWebmails>[2]} [o.elsewhere] answers for all other hosts
 * @returns {Mail}
 */
export function givenMail(conversations, { packing, elsewhere } = {}) {
  const packed = /** @type {import("./extension.mjs").Packed} */ ({});
  const webmails = /** @type {import("./webmail.mjs").Webmails} */ ({});
  before(async () => {
    Object.assign(packed, await pack(packing));
    Object.assign(webmails, await startWebmails(await conversations(), undefined, elsewhere));
  });
  after(async () => {
    // What failed to start has nothing to end.
    await webmails.close?.();
    await packed.remove?.();
  });
  return { packed, webmails };
}

/**
 * How a browser is launched at the webmails.
 *
 * @typedef {Omit<Parameters<typeof launch>[1], "extension" | "hosts"> & { extension?: string, everywhere?: boolean }} BrowserOptions
 *   everywhere: all other https hosts lead to the webmails' server too (Chromium)
 */

/**
 * A browser with the extension, and the webmails at their host names.
 *
 * @param {import("./browser.mjs").BrowserName} name
 * @param {Mail} mail
 * @param {BrowserOptions | (() => BrowserOptions | Promise<BrowserOptions>)} [options] a function is asked before the tests
 * @param {(pages: { own: import("puppeteer-core").Page, page: import("puppeteer-core").Page }) => unknown} [opened]
 *   is given a page of the extension and an empty one, before the tests; without it, neither is opened
 * @returns {import("./browser.mjs").Launched}
 */
export function givenBrowser(name, { packed, webmails }, options = {}, opened) {
  const launched = /** @type {import("./browser.mjs").Launched} */ ({});
  before(async () => {
    const { everywhere = false, ...more } = typeof options === "function" ? await options() : options;
    Object.assign(launched, await launch(name, {
      extension: packed.dir(name), hosts: Object.fromEntries(hosts.map((host) => [host, webmails.port])), ...(everywhere && { rest: webmails.port }), ...more,
    }));
    if (opened) await opened({ own: await ownPage(launched), page: await launched.browser.newPage() });
  });
  after(() => launched.close?.());
  return launched;
}
