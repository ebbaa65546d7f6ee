/**
 * Watches what leaves a browser: every host it looks for is answered here, over
 * TLS and in the clear, and written down. What the browsers ask by themselves
 * (updates, captive portals) is told apart by name; everything else is ours or the
 * page's.
 */
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { certificate } from "./certificate.mjs";

/** What the browsers do by themselves, however they are told not to. */
const browsersOwn = /(^|\.)(mozilla\.(com|org|net)|firefox\.com|mozaws\.net|mozgcp\.net|googleapis\.com|gvt1\.com|gstatic\.com|google\.com|getpocket\.com)$/;

/**
 * @typedef {object} Watched
 * @property {number} port all https hosts are to lead there (`rest` of launch)
 * @property {number} plainPort all http hosts are to lead there (`plain` of launch)
 * @property {http.RequestListener} answer for a server that all https hosts lead to already (`elsewhere` of startWebmails)
 * @property {() => string[]} asked "METHOD host/path" of all requests but the browser's own, in order; "METHOD http://host/path" of those in the clear
 * @property {string[]} bodies what was sent with them
 * @property {() => Promise<void>} close
 */

/**
 * @param {string[]} hosts the names that the test itself opens, for the certificate
 * @param {(request: {host: string, path: string}) => {status: number, type?: string, body?: string} | undefined} [answer] nothing: 404
 * @returns {Promise<Watched>}
 */
export async function watchNetwork(hosts, answer = () => undefined) {
  /** @type {string[]} */
  const asked = [];
  /** @type {string[]} */
  const bodies = [];
  /** @type {http.RequestListener} */
  const listener = async (request, response) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    const path = request.url ?? "/";
    let body = "";
    for await (const part of request) body += part;
    if (!browsersOwn.test(host)) {
      asked.push(`${request.method} ${"encrypted" in request.socket ? "" : "http://"}${host}${path}`);
      if (body) bodies.push(body);
    }
    const { status, type = "text/plain", body: said = "" } = answer({ host, path }) ?? { status: 404 };
    response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "access-control-allow-origin": "*", "access-control-allow-headers": "content-type" }).end(said);
  };
  const servers = [https.createServer(await certificate(hosts), listener), http.createServer(listener)];
  const ports = await Promise.all(servers.map(async (server) => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  }));
  return {
    port: ports[0],
    plainPort: ports[1],
    answer: listener,
    asked: () => [...asked],
    bodies,
    async close() {
      await Promise.all(servers.map(async (server) => {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      }));
    },
  };
}
