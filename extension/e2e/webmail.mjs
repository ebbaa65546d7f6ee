/**
 * The webmails of testdata/webmail on this machine, at their real host names: one
 * TLS server that tells by the Host header which page to serve. The browser is
 * told to look for those names here (browser.mjs).
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import https from "node:https";
import { fileURLToPath } from "node:url";
import { certificate } from "./certificate.mjs";
import { readMail } from "./mail.mjs";
import { gmailBody, outlookBody } from "./rewrite.mjs";

const pagesDir = fileURLToPath(new URL("../../testdata/webmail/", import.meta.url));

/** Host name → page, and what that webmail does to a mail. */
const webmails = /** @type {const} */ ({
  "mail.google.com": { page: "gmail", body: gmailBody },
  "outlook.live.com": { page: "outlook", body: outlookBody },
  "outlook.office.com": { page: "outlook", body: outlookBody },
});

/** The host names served here. */
export const hosts = Object.keys(webmails);

/** As strict as the strictest of them: no inline script, no string that becomes HTML unasked. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src https: data:; frame-src 'self'; base-uri 'self'; object-src 'none'; require-trusted-types-for 'script'; trusted-types mail";

/**
 * A conversation: files below testdata/messages, oldest first. `folder` is "inbox"
 * unless said; `body` replaces every body by what it returns, for pages that no
 * mail of testdata is large enough for.
 *
 * @typedef {object} Thread
 * @property {string[]} files
 * @property {"inbox" | "spam"} [folder]
 * @property {boolean} [clipped]
 * @property {() => string} [body]
 */

/**
 * @typedef {object} Webmails
 * @property {number} port
 * @property {(host: string, file: string, lang?: "ja" | "en") => string} url the address of the conversation that holds a mail
 * @property {(file: string) => string} thread its id
 * @property {string[]} unknown "host path" of requests nobody here answers: what a page or the extension asked beyond the webmail
 * @property {() => Promise<void>} close
 */

/**
 * @param {Thread[]} conversations in the order of the list
 * @returns {Promise<Webmails>}
 */
export async function startWebmails(conversations) {
  /** @type {Map<string, import("./mail.mjs").Mail & {make?: () => string}>} */
  const mails = new Map();
  const threads = await Promise.all(conversations.map(async ({ files, folder = "inbox", clipped = false, body }, i) => {
    const id = (0x198c_0000_0000_0000n + BigInt(i + 1)).toString(16);
    const messages = await Promise.all(files.map(async (file, j) => {
      const mail = await readMail(file);
      mails.set(mail.id, body ? { ...mail, make: body } : mail);
      const number = String(1_840_000_000_000_000_000n + BigInt(i * 100 + j + 1));
      return { ...mail, html: undefined, text: undefined, number, legacy: (0x198c_0000_0000_0000n + BigInt(i + 1) * 0x100n + BigInt(j + 1)).toString(16), clipped };
    }));
    return { id, folder, messages };
  }));

  /** @type {string[]} */
  const unknown = [];
  const server = https.createServer(await certificate(hosts), async (request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    const { pathname } = new URL(request.url ?? "/", "https://webmail");
    const webmail = webmails[/** @type {keyof typeof webmails} */ (host)];
    const send = (/** @type {string} */ type, /** @type {string | Buffer} */ content) =>
      response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy, "cache-control": "no-store" }).end(content);
    try {
      const mail = mails.get(/^\/api\/body\/([\w-]+)$/.exec(pathname)?.[1] ?? "");
      if (!webmail || pathname === "/favicon.ico") {
        if (!webmail) unknown.push(`${host} ${pathname}`);
        response.writeHead(404).end();
      } else if (pathname === "/api/threads") send("application/json", JSON.stringify(threads));
      else if (mail) send("text/html", mail.make ? mail.make() : webmail.body(mail));
      else if (pathname === `/${webmail.page}.js`) send("text/javascript", await readFile(pagesDir + pathname.slice(1)));
      else if (pathname === `/${webmail.page}.css`) send("text/css", await readFile(pagesDir + pathname.slice(1)));
      else if (pathname.startsWith("/mail/")) send("text/html", await readFile(`${pagesDir}${webmail.page}.html`));
      else response.writeHead(404).end();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

  const thread = (/** @type {string} */ file) => {
    const found = threads.find((t) => t.messages.some((m) => m.file === file));
    if (!found) throw new Error(`webmail: no conversation holds ${file}`);
    return found;
  };
  return {
    port,
    unknown,
    thread: (file) => thread(file).id,
    url(host, file, lang = "en") {
      const { id, folder } = thread(file);
      return host === "mail.google.com" ? `https://${host}/mail/u/0/?hl=${lang}#${folder}/${id}` : `https://${host}/mail/${folder === "spam" ? "junkemail" : "0"}/?lang=${lang}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
