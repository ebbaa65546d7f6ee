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
import { keyOf, malformed, Memory, read, respond, secure, take, tooMany, unavailable } from "./edge.mjs";
import { Limiter } from "./limit.mjs";

/** Longest wait for Go, in milliseconds. A Go program that dies as it starts never says so. */
const patience = 10_000;

const memory = new Memory();
const limiter = new Limiter();

/**
 * Bindings, as in wrangler.toml; Go finds its own.
 *
 * @typedef {{ fetch(request: Request): Promise<Response> }} Assets
 * @typedef {{ ASSETS?: Assets, REPORT_LIMIT?: { limit(o: { key: string }): Promise<{ success: boolean }> } }} Env
 */

export default {
  /**
   * @param {Request} request
   * @param {Env} env
   * @param {{ waitUntil(p: Promise<unknown>): void }} ctx
   * @returns {Promise<Response>}
   */
  async fetch(request, env, ctx) {
    if (/^[^?]*%(?![0-9A-Fa-f]{2})/.test(request.url)) {
      return malformed();
    }
    const now = Date.now();
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/app/") && env.ASSETS && (request.method === "GET" || request.method === "HEAD")) {
      const file = await asset(request, env.ASSETS);
      if (file) {
        return file;
      }
    }
    const reports = pathname.startsWith("/v1/reports");
    if (request.method === "POST") {
      const address = request.headers.get("CF-Connecting-IP") ?? "";
      if (!(await limiter.allow(address, now, env.REPORT_LIMIT))) {
        await request.body?.cancel();
        return tooMany();
      }
    }
    // Reports are nobody's to keep, and their lists depend on the query.
    if (reports || (request.method !== "GET" && request.method !== "HEAD")) {
      return respond(request, await ask(request, env, ctx, now), "bypass", now);
    }
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
    const copy = await ask(whole, env, ctx, now);
    if (copy.expires > now) {
      memory.set(key, copy);
      ctx.waitUntil(copy.write(key));
    }
    return respond(request, copy, "edge; fwd=miss", now);
  },

  /**
   * The daily trigger: Go removes reports whose time is over.
   *
   * @param {object} event
   * @param {Env} env
   * @param {object} ctx
   */
  async scheduled(event, env, ctx) {
    await go.scheduled(event, env, ctx);
  },
};

/**
 * A file that the page is tried with, as app.go serves it natively; undefined for
 * what is none. Cloudflare compresses these on their way: a program of megabytes
 * is too much work for an isolate.
 *
 * @param {Request} request
 * @param {Assets} assets
 */
async function asset(request, assets) {
  const answer = await assets.fetch(request);
  if (answer.status !== 200 && answer.status !== 304) {
    await answer.body?.cancel();
    return undefined;
  }
  const headers = new Headers(answer.headers);
  secure(headers);
  headers.set("Cache-Control", "no-cache");
  return new Response(answer.body, { status: answer.status, headers });
}

/**
 * Starts Go for one request and reads its answer to the end, so that one that
 * breaks off or stalls half-way is an error too, and not half an answer.
 *
 * @param {Request} request
 * @param {object} env
 * @param {object} ctx
 * @param {number} now milliseconds since 1970
 */
async function ask(request, env, ctx, now) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer from Go")), patience);
  });
  const answer = (async () => take(await go.fetch(request, env, ctx), now))();
  try {
    return await Promise.race([answer, late]);
  } catch (err) {
    console.error("worker:", err);
    return take(unavailable(), now);
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
