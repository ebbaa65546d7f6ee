/**
 * The Worker's way in on Cloudflare.
 *
 * The glue of syumai/workers starts a Go runtime for every request, at about
 * 10 ms of CPU. What Go has answered before is therefore answered here: from this
 * isolate's memory, else from the location's edge cache. Go decides what may be
 * kept and how long, by Cache-Control; errors are never kept.
 *
 * Go is always asked for the whole thing (GET, no condition), so that one copy
 * serves GET, HEAD and If-None-Match alike.
 */
import go from "./build/worker.mjs";
import { keyOf, malformed, Memory, read, respond, take, unavailable } from "./edge.mjs";

/** Longest wait for Go, in milliseconds. A Go program that dies as it starts never says so. */
const patience = 10_000;

const memory = new Memory();

export default {
  /**
   * @param {Request} request
   * @param {object} env bindings, as in wrangler.toml
   * @param {{ waitUntil(p: Promise<unknown>): void }} ctx
   * @returns {Promise<Response>}
   */
  async fetch(request, env, ctx) {
    if (/^[^?]*%(?![0-9A-Fa-f]{2})/.test(request.url)) {
      return malformed();
    }
    if (request.method !== "GET" && request.method !== "HEAD") {
      return ask(request, env, ctx);
    }
    const now = Date.now();
    const key = keyOf(request);
    const kept = memory.get(key, now);
    if (kept) {
      return respond(request, kept, "memory; hit", now);
    }
    const cached = await read(key, now);
    if (cached) {
      memory.set(key, cached);
      return respond(request, cached, "edge; hit", now);
    }
    const whole = new Request(request.url, { headers: unconditional(request.headers) });
    const copy = await take(await ask(whole, env, ctx), now);
    if (copy.expires > now) {
      memory.set(key, copy);
      ctx.waitUntil(copy.write(key));
    }
    return respond(request, copy, "edge; fwd=miss", now);
  },
};

/**
 * Starts Go for one request.
 *
 * @param {Request} request
 * @param {object} env
 * @param {object} ctx
 * @returns {Promise<Response>}
 */
async function ask(request, env, ctx) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer from Go")), patience);
  });
  try {
    return await Promise.race([go.fetch(request, env, ctx), late]);
  } catch (err) {
    console.error("worker:", err);
    return unavailable();
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Request headers without those that would have Go send less than everything.
 *
 * @param {Headers} headers
 */
function unconditional(headers) {
  const h = new Headers(headers);
  for (const name of ["If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range"]) {
    h.delete(name);
  }
  return h;
}
