/**
 * Serves the demo mailbox (demo/) with mails of testdata.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import { fileURLToPath } from "node:url";
import { readMail } from "./mail.mjs";
import { plainBody } from "./rewrite.mjs";

const pages = fileURLToPath(new URL("demo/", import.meta.url));

const types = { html: "text/html", css: "text/css", js: "text/javascript" };

/**
 * @typedef {object} Demo
 * @property {string} origin
 * @property {import("./mail.mjs").Mail[]} mails
 * @property {(mail: import("./mail.mjs").Mail, lang: "ja" | "en") => string} url
 * @property {() => Promise<void>} close
 */

/**
 * @param {object} o
 * @param {string[]} o.files below testdata/messages, in the order of the list
 * @param {number} [o.port] 0 takes a free one
 * @returns {Promise<Demo>}
 */
export async function startDemo({ files, port = 0 }) {
  const mails = await Promise.all(files.map(readMail));
  const list = mails.map(({ html, text, ...head }) => head);
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const send = (/** @type {string} */ type, /** @type {string | Buffer} */ content) => response.writeHead(200, {
      "content-type": `${type}; charset=utf-8`, "cache-control": "no-store",
      // The mails' pictures are on hosts that do not exist, or are nobody's business.
      "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'",
    }).end(content);
    try {
      const mail = mails.find((m) => pathname === `/body/${m.id}`);
      const file = pathname === "/" ? "index.html" : /^\/(demo\.(?:css|js))$/.exec(pathname)?.[1];
      if (mail) send("text/html", plainBody(mail));
      else if (pathname === "/mails.json") send("application/json", JSON.stringify(list));
      else if (file) send(types[/** @type {keyof typeof types} */ (file.split(".").at(-1))], await readFile(pages + file));
      else response.writeHead(404).end();
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  return {
    origin,
    mails,
    url: (mail, lang) => `${origin}/?lang=${lang}#${mail.id}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
