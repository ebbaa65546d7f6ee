/**
 * What most browser tests are set up with: the extension packed, the webmails on this
 * machine, a browser with a page of the extension and one for mail. Each of these
 * functions declares what happens before and after the tests of the file or the
 * describe that calls it, and what it returns is there when they run. Hooks of a whole
 * file run side by side: what needs the mail to be there belongs into a describe.
 */
import path from "node:path";
import { after, before } from "node:test";
import { launch } from "./browser.mjs";
import { pack } from "./extension.mjs";
import { ownPage } from "./inspect.mjs";
import { messagesDir } from "./mail.mjs";
import { freePort } from "./process.mjs";
import { hosts, startWebmails } from "./webmail.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

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
 * @param {Parameters<typeof startWebmails>[1]} [o.transform] changes the webmails' pages
 * @param {Parameters<typeof startWebmails>[2]} [o.elsewhere] answers for all other hosts
 * @returns {Mail}
 */
export function givenMail(conversations, { packing, transform, elsewhere } = {}) {
  const packed = /** @type {import("./extension.mjs").Packed} */ ({});
  const webmails = /** @type {import("./webmail.mjs").Webmails} */ ({});
  before(async () => {
    Object.assign(packed, await pack(packing));
    Object.assign(webmails, await startWebmails(await conversations(), transform, elsewhere));
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
 * @param {(pages: { own: Page, page: Page }) => unknown} [opened]
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

/**
 * A real webmail on this machine with mail in it, the extension that may read it, and a
 * browser that has logged in.
 *
 * @template {{ url: string, close: () => Promise<void> }} Server
 * @param {import("./browser.mjs").BrowserName} name
 * @param {object} o
 * @param {"ja" | "en"} o.lang
 * @param {(mail: { messages: string[], folders: Record<string, string[]>, port: number }) => Promise<Server>} o.start
 * @param {string[]} o.files of the inbox, below testdata/messages; the first becomes UID 1
 * @param {Record<string, string[]>} o.folders
 * @param {(page: Page, server: Server) => Promise<void>} o.login
 * @param {() => Parameters<typeof pack>[0]} [o.packing] asked before the tests
 * @param {(pages: { own: Page, page: Page }) => unknown} opened a page of the extension, and one with the list of mails
 */
export function givenWebmail(name, { lang, start, files, folders, login, packing }, opened) {
  const launched = /** @type {import("./browser.mjs").Launched} */ ({});
  const packed = /** @type {import("./extension.mjs").Packed} */ ({});
  const webmail = /** @type {Server} */ ({});
  const paths = (/** @type {string[]} */ list) => list.map((file) => path.join(messagesDir, file));
  before(async () => {
    const port = await freePort();
    const laid = Object.fromEntries(Object.entries(folders).map(([folder, list]) => [folder, paths(list)]));
    await Promise.all([
      pack({ ...packing?.(), origins: [`http://127.0.0.1:${port}`] }).then((made) => Object.assign(packed, made)),
      start({ messages: paths(files), folders: laid, port }).then((made) => Object.assign(webmail, made)),
    ]);
    Object.assign(launched, await launch(name, { extension: packed.dir(name), lang }));
    const own = await ownPage(launched);
    const page = await launched.browser.newPage();
    await login(page, webmail);
    await opened({ own, page });
  });
  after(async () => {
    // What failed to start has nothing to end.
    await launched.close?.();
    await webmail.close?.();
    await packed.remove?.();
  });
  return { launched, packed, webmail };
}
