/**
 * The part of Cloudflare's REST API for KV that `honmono rules` uses, over the KV
 * of a local workerd: so that publishing here is what publishing there is.
 *
 *     CLOUDFLARE_API_BASE_URL=http://127.0.0.1:PORT/client/v4 CLOUDFLARE_ACCOUNT_ID=local \
 *     CLOUDFLARE_API_TOKEN=local honmono rules publish --to kv:RULES --settle 0s
 *
 * It listens on this machine alone and takes any token.
 */
import { createServer } from "node:http";

/**
 * @typedef {object} Namespace what is needed of Miniflare's KVNamespace
 * @property {(key: string, type: "arrayBuffer") => Promise<ArrayBuffer | null>} get
 * @property {(key: string, value: Uint8Array) => Promise<void>} put
 * @property {(key: string) => Promise<void>} delete
 * @property {(o: { prefix: string, limit: number, cursor?: string }) => Promise<{ keys: { name: string }[], list_complete: boolean, cursor?: string }>} list
 */

const place = /^\/client\/v4\/accounts\/[^/]+\/storage\/kv\/namespaces\/([^/?]+)(\/[^?]*)/;

/**
 * @param {Namespace} kv
 * @param {object} [o]
 * @param {string} [o.name] the namespace's id
 * @param {number} [o.port] 0 takes a free one
 */
export async function serveAdmin(kv, { name = "RULES", port = 0 } = {}) {
  const server = createServer(async (request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const [status, body] = await answer(kv, name, request.method ?? "", request.url ?? "", Buffer.concat(chunks)).catch(
      (error) => refuse(500, 10000, String(error)),
    );
    response.writeHead(status);
    response.end(body);
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    /** What CLOUDFLARE_API_BASE_URL is to be. */
    url: `http://127.0.0.1:${address.port}/client/v4`,
    stop: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}

/**
 * @param {Namespace} kv
 * @param {string} name
 * @param {string} method
 * @param {string} target
 * @param {Buffer} body
 * @returns {Promise<[number, Uint8Array | string]>}
 */
async function answer(kv, name, method, target, body) {
  const [, namespace, path] = place.exec(target) ?? [];
  if (namespace !== name) {
    return refuse(404, 10013, "namespace not found");
  }
  const query = new URL(target, "http://local").searchParams;
  if (path.startsWith("/values/")) {
    const key = decodeURIComponent(path.slice("/values/".length));
    if (method === "PUT") {
      await kv.put(key, new Uint8Array(body));
      return succeed(null);
    }
    const value = method === "GET" ? await kv.get(key, "arrayBuffer") : null;
    return value ? [200, new Uint8Array(value)] : refuse(404, 10009, "get: 'key not found'");
  }
  if (path === "/keys" && method === "GET") {
    const cursor = query.get("cursor") ?? undefined;
    const page = await kv.list({ prefix: query.get("prefix") ?? "", limit: Number(query.get("limit") ?? 1000), cursor });
    return succeed(page.keys.map(({ name }) => ({ name })), page.list_complete ? "" : page.cursor);
  }
  if (path === "/bulk/delete" && method === "POST") {
    const keys = /** @type {string[]} */ (JSON.parse(body.toString()));
    for (const key of keys) await kv.delete(key);
    return succeed({ successful_key_count: keys.length, unsuccessful_keys: [] });
  }
  return refuse(404, 7003, "Could not route");
}

/**
 * @param {unknown} result
 * @param {string} [cursor]
 * @returns {[number, string]}
 */
function succeed(result, cursor = "") {
  return [200, JSON.stringify({ success: true, errors: [], messages: [], result, result_info: { cursor } })];
}

/**
 * @param {number} status
 * @param {number} code
 * @param {string} message
 * @returns {[number, string]}
 */
function refuse(status, code, message) {
  return [status, JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null })];
}
