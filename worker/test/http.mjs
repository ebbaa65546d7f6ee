/**
 * Plain HTTP requests: no following, no decompression, no headers or paths put
 * right, as fetch would.
 */
import { request } from "node:http";

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {Buffer} body
 */

/**
 * @param {string | URL} origin
 * @param {string} path sent as it is
 * @param {object} [options]
 * @param {string} [options.method]
 * @param {Record<string, string>} [options.headers]
 * @param {string} [options.body]
 * @param {import("node:http").Agent | false} [options.agent] false opens a connection for this request alone:
 *   workerd closes idle ones after 5 s, and on a busy machine a request may meet that
 * @returns {Promise<Answer>}
 */
export function send(origin, path, { method = "GET", headers = {}, body, agent = false } = {}) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const req = request({ hostname, port, path, method, headers, agent, timeout: 60_000 }, (res) => {
      /** @type {Buffer[]} */
      const chunks = [];
      res.on("data", (chunk) => chunks.push(chunk));
      res.on("error", reject);
      res.on("end", () =>
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }),
      );
    });
    req.on("timeout", () => req.destroy(new Error(`no answer to ${method} ${path}`)));
    req.on("error", reject);
    req.end(body);
  });
}
