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
import { gmailBody, outlookBody, prefixedBody } from "./rewrite.mjs";

const pagesDir = fileURLToPath(new URL("../../testdata/webmail/", import.meta.url));

/**
 * Host name → its pages by the path they are at, and what that webmail does to a
 * mail. The hosts under example.* stand for webmails that people host themselves.
 *
 * @type {Record<string, { pages: [RegExp, string][], body: (mail: import("./mail.mjs").Mail) => string }>}
 */
const webmails = {
  "mail.google.com": { pages: [[/^\/mail\//, "gmail"]], body: gmailBody },
  "outlook.live.com": { pages: [[/^\/mail\//, "outlook"]], body: outlookBody },
  "outlook.office.com": { pages: [[/^\/mail\//, "outlook"]], body: outlookBody },
  "outlook.office365.com": { pages: [[/^\/mail\//, "outlook"]], body: outlookBody },
  "outlook.cloud.microsoft": { pages: [[/^\/mail\//, "outlook"]], body: outlookBody },
  "mail.yahoo.com": { pages: [[/^\/d\//, "yahoo"]], body: prefixedBody("yiv") },
  "jp.mg5.mail.yahoo.co.jp": { pages: [[/^\/neo\/launch/, "yahoo-japan"]], body: prefixedBody("ym") },
  "www.icloud.com": { pages: [[/^\/mail\//, "icloud-top"], [/^\/applications\/mail2\//, "icloud"]], body: prefixedBody("x") },
  "www-mail.icloud-sandbox.com": { pages: [[/^\/applications\/mail2-message\//, "icloud-message"]], body: prefixedBody("x") },
  "mail.proton.me": { pages: [[/^\/u\//, "proton"]], body: prefixedBody("proton-") },
  "app.fastmail.com": { pages: [[/^\/mail\//, "fastmail"]], body: prefixedBody("defanged-") },
  "snappymail.example.jp": { pages: [[/^\/$/, "snappymail"]], body: prefixedBody("rl-") },
  "zimbra.example.jp": { pages: [[/^\/$/, "zimbra"]], body: prefixedBody("zm-") },
  "webmail.example.org": { pages: [[/^\/$/, "anything"]], body: prefixedBody("u-") },
};

/** The host names served here. */
export const hosts = Object.keys(webmails);

/** As strict as the strictest of them: no inline script, no string that becomes HTML unasked. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src https: data:; frame-src 'self' https://www-mail.icloud-sandbox.com; base-uri 'self'; object-src 'none'; require-trusted-types-for 'script'; trusted-types mail";

/**
 * A conversation: files below testdata/messages, oldest first. `folder` is "inbox"
 * unless said; `body` replaces every body by what it returns, for mails that are too
 * large to lie in testdata and for webmails that strip nothing; undefined: what the
 * webmail makes of the mail.
 *
 * @typedef {object} Thread
 * @property {string[]} files
 * @property {"inbox" | "spam" | "sent" | "drafts"} [folder]
 * @property {boolean} [clipped]
 * @property {(mail: import("./mail.mjs").Mail) => string | undefined} [body]
 * @property {Record<string, unknown>} [shown] what the page is told of every message beside the mail itself
 */

/**
 * @typedef {object} Webmails
 * @property {number} port
 * @property {(host: string, file: string, lang?: "ja" | "en") => string} url the address of the conversation that holds a mail
 * @property {(file: string) => string} thread its id
 * @property {string[]} ids of the conversations, in their order
 * @property {string[]} unknown "host path" of requests nobody here answers: what a page or the extension asked beyond the webmail
 * @property {() => Promise<void>} close
 */

/**
 * @param {Thread[]} conversations in the order of the list
 * @param {(text: string, host: string) => string} [transform] what happens to a
 *   page and its scripts on the way, as by a redesign
 * @param {import("node:http").RequestListener} [elsewhere] answers for all other hosts; nobody: 404
 * @returns {Promise<Webmails>}
 */
export async function startWebmails(conversations, transform = (text) => text, elsewhere = undefined) {
  /** @type {Map<string, import("./mail.mjs").Mail & {make?: () => string | undefined}>} */
  const mails = new Map();
  const threads = await Promise.all(conversations.map(async ({ files, folder = "inbox", clipped = false, body, shown }, i) => {
    const id = (0x198c_0000_0000_0000n + BigInt(i + 1)).toString(16);
    const messages = await Promise.all(files.map(async (file, j) => {
      const mail = await readMail(file);
      mails.set(mail.id, body ? { ...mail, make: () => body(mail) } : mail);
      const number = String(1_840_000_000_000_000_000n + BigInt(i * 100 + j + 1));
      return { ...mail, html: undefined, text: undefined, number, legacy: (0x198c_0000_0000_0000n + BigInt(i + 1) * 0x100n + BigInt(j + 1)).toString(16), clipped, ...shown };
    }));
    return { id, folder, messages };
  }));

  /** @type {Map<string, string>} rewriting a mail takes a while, and a test opens it often */
  const bodies = new Map();
  const bodyOf = (/** @type {import("./mail.mjs").Mail} */ mail, /** @type {string} */ host) => {
    const key = `${host} ${mail.id}`;
    const body = bodies.get(key) ?? webmails[host].body(mail);
    bodies.set(key, body);
    return body;
  };

  /** @type {string[]} */
  const unknown = [];
  const server = https.createServer(await certificate(hosts), async (request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    const { pathname } = new URL(request.url ?? "/", "https://webmail");
    const webmail = webmails[host];
    const asset = /^\/([\w-]+)\.(js|css)$/.exec(pathname);
    const page = webmail?.pages.find(([path]) => path.test(pathname))?.[1];
    const send = (/** @type {string} */ type, /** @type {string | Buffer} */ content) =>
      response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": policy, "cache-control": "no-store" }).end(content);
    try {
      const mail = mails.get(/^\/api\/body\/([\w-]+)$/.exec(pathname)?.[1] ?? "");
      if (!webmail || pathname === "/favicon.ico") {
        if (!webmail) unknown.push(`${host} ${pathname}`);
        if (!webmail && elsewhere) elsewhere(request, response);
        else response.writeHead(404).end();
      } else if (pathname === "/api/threads") send("application/json", JSON.stringify(threads));
      else if (mail) send("text/html", mail.make?.() ?? bodyOf(mail, host));
      else if (asset) send(asset[2] === "js" ? "text/javascript" : "text/css", transform(await readFile(pagesDir + pathname.slice(1), "utf8"), host));
      else if (page) send("text/html", transform(await readFile(`${pagesDir}${page}.html`, "utf8"), host));
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
    ids: threads.map(({ id }) => id),
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
