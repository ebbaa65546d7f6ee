/**
 * Whole answers, kept for the next who asks: in an isolate's memory and in the
 * edge cache of a location.
 *
 * The edge cache alone would do, but it is a round trip to another process, and
 * it does nothing on workers.dev.
 */

import { choose, encoded, isEncodable, tagOf } from "./encode.mjs";

/** Bytes that one isolate keeps. It has 128 MB, and a running Go program takes its share. */
const memoryLimit = 16 << 20;
/** Larger answers are left to the edge cache. */
const memoryLargest = 8 << 20;
/** Longer Accept-Language headers are nobody's browser's, and would fill the cache with copies. */
const longestLanguages = 200;

/** One answer with its whole body. */
export class Copy {
  /**
   * @param {number} status
   * @param {Headers} headers
   * @param {ArrayBuffer} body
   * @param {number} stored when Go made it, in milliseconds since 1970
   */
  constructor(status, headers, body, stored) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.stored = stored;
    /** The body in other encodings, as they were asked for. @type {Map<string, Uint8Array>} */
    this.encodings = new Map();
    const life = status === 200 ? lifetime(headers.get("Cache-Control")) : 0;
    /** Until when others may have it, in milliseconds since 1970; 0 for never. */
    this.expires = life > 0 ? stored + life * 1000 : 0;
  }

  /**
   * Puts the copy into the edge cache. It fails in silence: the next request
   * asks Go once more.
   *
   * @param {string} key
   */
  async write(key) {
    try {
      await caches.default.put(key, new Response(this.body, { headers: this.headers }));
    } catch (err) {
      console.error("worker: edge cache:", err);
    }
  }
}

/**
 * How long a shared cache may keep an answer, in seconds. Only what says "public"
 * is kept at all.
 *
 * @param {string | null} cacheControl
 */
function lifetime(cacheControl) {
  const found = /^public, max-age=(\d+)/.exec(cacheControl ?? "");
  return found ? Number(found[1]) : 0;
}

/**
 * The name under which the answer to a GET or HEAD is kept. Queries mean nothing
 * here and are left out, so that they cannot be used to get past the cache.
 *
 * @param {Request} request
 */
export function keyOf(request) {
  const url = new URL(request.url);
  const key = url.origin + url.pathname;
  if (url.pathname !== "/") {
    return key;
  }
  const languages = request.headers.get("Accept-Language") ?? "";
  return `${key}?${encodeURIComponent(languages.slice(0, longestLanguages))}`;
}

/**
 * Reads an answer of Go to its end.
 *
 * @param {Response} response
 * @param {number} now milliseconds since 1970
 */
export async function take(response, now) {
  const headers = new Headers(response.headers);
  headers.set("Date", new Date(now).toUTCString());
  return new Copy(response.status, headers, await response.arrayBuffer(), now);
}

/**
 * Reads from the edge cache; undefined where it holds nothing that is still
 * fresh, or fails.
 *
 * @param {string} key
 * @param {number} now milliseconds since 1970
 */
export async function read(key, now) {
  try {
    const response = await caches.default.match(key);
    if (!response) {
      return undefined;
    }
    // Age is counted from when Go answered, so that a copy that moves from the
    // edge into memory does not live twice.
    const stored = Date.parse(response.headers.get("Date") ?? "");
    const headers = new Headers(response.headers);
    headers.delete("CF-Cache-Status");
    headers.delete("Age");
    const copy = new Copy(response.status, headers, await response.arrayBuffer(), stored);
    return copy.expires > now ? copy : undefined;
  } catch (err) {
    console.error("worker: edge cache:", err);
    return undefined;
  }
}

/** What an isolate keeps; the least recently used goes first. */
export class Memory {
  /** @type {Map<string, Copy>} in order of use */
  #copies = new Map();
  #size = 0;

  /**
   * @param {string} key
   * @param {number} now milliseconds since 1970
   */
  get(key, now) {
    const copy = this.#copies.get(key);
    if (!copy) {
      return undefined;
    }
    this.#delete(key, copy);
    if (copy.expires <= now) {
      return undefined;
    }
    this.#add(key, copy);
    return copy;
  }

  /**
   * @param {string} key
   * @param {Copy} copy
   */
  set(key, copy) {
    if (copy.body.byteLength > memoryLargest) {
      return;
    }
    const old = this.#copies.get(key);
    if (old) {
      this.#delete(key, old);
    }
    this.#add(key, copy);
    for (const [oldest, least] of this.#copies) {
      if (this.#size <= memoryLimit) {
        break;
      }
      this.#delete(oldest, least);
    }
  }

  /**
   * @param {string} key
   * @param {Copy} copy
   */
  #add(key, copy) {
    this.#copies.set(key, copy);
    this.#size += weight(copy);
  }

  /**
   * @param {string} key
   * @param {Copy} copy
   */
  #delete(key, copy) {
    this.#copies.delete(key);
    this.#size -= weight(copy);
  }
}

/**
 * What a copy takes, roughly: its headers count too, so that many small ones do
 * not slip under the limit.
 *
 * @param {Copy} copy
 */
function weight(copy) {
  // Half as much again for its encodings, which come later.
  return copy.body.byteLength * 1.5 + 2048;
}

/**
 * Answers from a copy, or with 304 where the client has it already.
 *
 * @param {Request} request
 * @param {Copy} copy
 * @param {string} how the value of Cache-Status (RFC 9211)
 * @param {number} now milliseconds since 1970
 */
export function respond(request, copy, how, now) {
  const headers = new Headers(copy.headers);
  const { status } = copy;
  if (copy.expires > 0) {
    headers.set("Cache-Status", how);
    headers.set("Age", String(Math.floor((now - copy.stored) / 1000)));
  }
  const reading = request.method === "GET" || request.method === "HEAD";
  const tag = headers.get("ETag");
  /** @type {string | undefined} */
  let encoding;
  if (reading && isEncodable(copy)) {
    headers.append("Vary", "Accept-Encoding");
    encoding = choose(accepted(request));
    if (encoding && tag) {
      headers.set("ETag", tagOf(tag, encoding));
    }
  }
  if (reading && status === 200 && noneMatch(request.headers.get("If-None-Match"), headers.get("ETag"))) {
    headers.delete("Content-Type");
    headers.delete("Content-Length");
    return new Response(null, { status: 304, headers });
  }
  const body = /** @type {ArrayBuffer} */ (encoding ? encoded(copy, encoding) : copy.body);
  // 204 must have null for a body; an empty one is refused.
  const empty = request.method === "HEAD" || body.byteLength === 0;
  if (!encoding) {
    return new Response(empty ? null : body, { status, headers });
  }
  headers.set("Content-Encoding", encoding);
  headers.set("Content-Length", String(body.byteLength));
  // "manual": the bytes are encoded already.
  return new Response(empty ? null : body, /** @type {ResponseInit} */ ({ status, headers, encodeBody: "manual" }));
}

/**
 * What the client takes. Cloudflare writes its own Accept-Encoding over that of
 * the client, which it keeps aside.
 *
 * @param {Request} request
 */
function accepted(request) {
  const { cf } = /** @type {{ cf?: { clientAcceptEncoding?: string } }} */ (request);
  return cf?.clientAcceptEncoding ?? request.headers.get("Accept-Encoding");
}

/**
 * Whether an If-None-Match header names a tag. Weak comparison (RFC 9110,
 * 13.1.2): where the edge compresses, it makes our tag a weak one.
 *
 * @param {string | null} header
 * @param {string | null} tag
 */
export function noneMatch(header, tag) {
  if (header === null || tag === null) {
    return false;
  }
  return header.split(",").some((v) => {
    const t = v.trim();
    return t === "*" || t === tag || t === `W/${tag}`;
  });
}

/** The answer where Go gave none. */
export function unavailable() {
  return problem(503, "Service Unavailable", "not-running", "The server could not run just now.", {
    "Retry-After": "30",
  });
}

/** The answer to an address that sends too many reports. */
export function tooMany() {
  return problem(429, "Too Many Requests", "too-many", "Too many reports from one place; try again in a minute.", {
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Retry-After": "60",
  });
}

/** The answer to a path with a broken escape, on which Go's glue fails. */
export function malformed() {
  return problem(400, "Bad Request", "bad-path", "The path has a percent sign without two hexadecimal digits.");
}

/**
 * Sets what every answer carries, as Go does (handler.go).
 *
 * @param {Headers} headers
 */
export function secure(headers) {
  headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Strict-Transport-Security", "max-age=31536000");
  headers.set("X-Content-Type-Options", "nosniff");
}

/**
 * An error in the form of Go's own (problem.go).
 *
 * @param {number} status
 * @param {string} title
 * @param {string} code
 * @param {string} detail
 * @param {Record<string, string>} [headers]
 */
function problem(status, title, code, detail, headers) {
  return new Response(JSON.stringify({ type: "about:blank", title, status, code, detail }), {
    status,
    headers: {
      "Access-Control-Allow-Origin": "*",
      "Cache-Control": "no-store",
      "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "Content-Type": "application/problem+json",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      ...headers,
    },
  });
}
