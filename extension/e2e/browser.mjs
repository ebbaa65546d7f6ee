/**
 * Chromium and Firefox with the extension in them, and with chosen host names
 * leading to a server on this machine. Nothing else is reachable from them.
 */
import { accessSync, constants } from "node:fs";
import path from "node:path";
import puppeteer from "puppeteer-core";
import { guard } from "./guard.mjs";

/** @typedef {"chromium" | "firefox"} BrowserName */

/** Where the browsers lie, the first found wins. */
const places = {
  chromium: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"],
  firefox: ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
};

/** What installs them on Debian, with the language and a font for Japanese. */
export const aptLine = {
  chromium: "apt-get install --no-install-recommends chromium chromium-l10n fonts-noto-cjk",
  firefox: "apt-get install --no-install-recommends firefox-esr firefox-esr-l10n-ja fonts-noto-cjk",
};

/**
 * @param {BrowserName} name
 * @returns {string | undefined} its executable; HONMONO_CHROMIUM and HONMONO_FIREFOX come first
 */
export function findBrowser(name) {
  const wanted = process.env[`HONMONO_${name.toUpperCase()}`];
  for (const place of wanted ? [wanted] : places[name]) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** The id of manifest.json, and the address Firefox is told to give its pages. */
const geckoId = "extension@honmono.github.io";
const geckoUUID = "5d5c3f0e-6a4f-4f0b-9c61-0d6a7f0e2b11";

/**
 * @typedef {object} Launched
 * @property {BrowserName} name
 * @property {import("puppeteer-core").Browser} browser
 * @property {string} extension where its pages lie, with a slash at the end
 * @property {() => Promise<void>} close
 */

/**
 * @param {BrowserName} name
 * @param {object} o
 * @param {string} o.extension an unpacked extension
 * @param {"ja" | "en"} [o.lang] the browser's language
 * @param {Record<string, number>} [o.hosts] https host name → port on this machine
 * @param {number} [o.rest] port that all other https hosts lead to (Chromium); none: nowhere
 * @param {number} [o.plain] port that all http hosts lead to; none: nowhere
 * @param {boolean} [o.headless]
 * @param {{width: number, height: number} | null} [o.viewport] null: that of the window
 * @param {Record<string, boolean | number | string>} [o.firefoxPrefs]
 * @param {Record<string, string>} [o.env] added to the environment
 * @param {boolean} [o.scrollbars] as a person's browser shows them; else Chromium without a window hides them
 * @param {string} [o.executable] instead of the one that is found
 * @returns {Promise<Launched>}
 */
export async function launch(name, { extension, lang = "en", hosts = {}, rest, plain, headless = true, viewport = { width: 1200, height: 800 }, firefoxPrefs = {}, env = {}, scrollbars = false, executable }) {
  const executablePath = executable ?? findBrowser(name);
  if (!executablePath) throw new Error(`${name} is not installed: ${aptLine[name]}`);
  const dir = path.resolve(extension);
  const browser = name === "chromium"
    ? await puppeteer.launch({
      executablePath, headless, pipe: true, defaultViewport: viewport, enableExtensions: [dir], ignoreDefaultArgs: scrollbars ? ["--hide-scrollbars"] : [],
      env: { ...process.env, ...env, LANGUAGE: lang, LANG: lang === "ja" ? "ja_JP.UTF-8" : "en_US.UTF-8" },
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--ignore-certificate-errors", `--lang=${lang}`, `--accept-lang=${lang}`,
        `--host-resolver-rules=${[...Object.entries(hosts).map(([h, port]) => `MAP ${h}:443 127.0.0.1:${port}`), ...(rest ? [`MAP *:443 127.0.0.1:${rest}`] : []), ...(plain ? [`MAP *:80 127.0.0.1:${plain}`] : []), "MAP * ~NOTFOUND", "EXCLUDE localhost", "EXCLUDE 127.0.0.1"].join(", ")}`,
      ],
    })
    : await puppeteer.launch({
      browser: "firefox", executablePath, headless, env: { ...process.env, ...env }, acceptInsecureCerts: true, defaultViewport: viewport, args: ["--remote-allow-system-access"],
      extraPrefsFirefox: {
        ...firefoxHosts(hosts, plain),
        "intl.accept_languages": lang === "ja" ? "ja, en" : "en-US, en",
        "intl.locale.requested": lang === "ja" ? "ja" : "en-US",
        "extensions.webextensions.uuids": JSON.stringify({ [geckoId]: geckoUUID }),
        // Firefox's questions about permissions are its own windows, out of reach for a test.
        "extensions.webextOptionalPermissionPrompts": false,
        ...firefoxPrefs,
      },
    });
  // Puppeteer starts it as the leader of a group.
  const child = browser.process();
  if (child?.pid !== undefined) child.once("exit", guard("group", child.pid));
  try {
    const base = name === "chromium" ? `chrome-extension://${await chromiumId(browser)}/` : `moz-extension://${geckoUUID}/`;
    if (name === "firefox") await browser.installExtension(dir);
    return { name, browser, extension: base, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * Firefox can lead all names to one address and one port to another; so all hosts
 * must share a port. Plain http to localhost is left alone.
 *
 * @param {Record<string, number>} hosts
 * @param {number} [plain]
 */
function firefoxHosts(hosts, plain) {
  const ports = new Set(Object.values(hosts));
  if (ports.size === 0) return {};
  if (ports.size > 1) throw new Error("browser: Firefox needs all hosts on one port");
  return { "network.dns.forceResolve": "127.0.0.1", "network.socket.forcePort": `443=${[...ports][0]}${plain ? `;80=${plain}` : ""}` };
}

/**
 * @param {import("puppeteer-core").Browser} browser
 * @returns {Promise<string>} the id Chromium gave the extension
 */
async function chromiumId(browser) {
  const target = await browser.waitForTarget((t) => t.type() === "service_worker" && t.url().startsWith("chrome-extension://"), { timeout: 15_000 });
  return new URL(target.url()).host;
}

/**
 * Ends the extension's service worker at once, as Chromium does when it needs
 * memory. Only Chromium can be told to.
 *
 * @param {Launched} launched
 * @returns {Promise<boolean>} whether there was one
 */
export async function endBackground({ browser, extension }) {
  const client = await browser.target().createCDPSession();
  try {
    const { targetInfos } = await client.send("Target.getTargets");
    const worker = targetInfos.find((t) => t.type === "service_worker" && t.url.startsWith(extension));
    if (!worker) return false;
    await client.send("Target.closeTarget", { targetId: worker.targetId });
    return true;
  } finally {
    await client.detach();
  }
}
