/** Why a fetch failed; code is one of the update_… messages. */
export class TransportError extends Error {
  /**
   * @param {"unreachable" | "timeout" | "status" | "busy" | "too_large" | "garbled"} code
   * @param {string} [detail]
   * @param {number} [wait] how long the server wants to be left alone, in seconds
   */
  constructor(code, detail = "", wait = 0) {
    super(detail || code);
    this.code = code;
    this.detail = detail;
    this.wait = wait;
  }
}

/** What a server that says only that it is busy gets, in seconds. */
const shortRest = 600;
/** No server may put updates off for longer; one that was taken over would. */
const longestRest = 86_400;

/**
 * Fetches text from the rule server.
 *
 * The request carries nothing about the person: no cookie, no referrer, no
 * header of ours. Asking again costs the server a 304, because the browser's
 * own cache keeps the last answer and its ETag ("no-cache" means: use it only
 * after asking). The rules are public and signed, so the answer needs no host
 * permission, only the server's Access-Control-Allow-Origin.
 *
 * @param {string} url
 * @param {object} options
 * @param {number} options.limit bytes; the body is cut off beyond and refused
 * @param {number} options.timeout milliseconds for all of it
 * @param {RequestCache} options.cache
 * @param {typeof globalThis.fetch} [options.fetch]
 * @returns {Promise<string>} exactly the bytes that came, as UTF-8
 */
export async function fetchText(url, { limit, timeout, cache, fetch = globalThis.fetch }) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeout);
  try {
    const response = await fetch(url, {
      cache,
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: abort.signal,
    });
    if (response.status === 429 || response.status === 503) {
      throw new TransportError("busy", String(response.status), rest(response.headers.get("retry-after")));
    }
    if (response.status !== 200) throw new TransportError("status", String(response.status));
    return decode(await read(response, limit));
  } catch (error) {
    if (error instanceof TransportError) throw error;
    throw abort.signal.aborted
      ? new TransportError("timeout")
      : new TransportError("unreachable", String(error));
  } finally {
    clearTimeout(timer);
    abort.abort();
  }
}

/**
 * Retry-After (RFC 9110, 10.2.3), in seconds. A date is not read: the two clocks
 * may differ by more than it says.
 *
 * @param {string | null} header readable across origins only where the server
 *   exposes it
 */
function rest(header) {
  const seconds = /^\d{1,9}$/.test(header ?? "") ? Number(header) : shortRest;
  return Math.min(seconds, longestRest);
}

/**
 * @param {Response} response
 * @param {number} limit
 */
async function read(response, limit) {
  if (!response.body) return [];
  /** @type {Uint8Array[]} */
  const chunks = [];
  let size = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    size += value.byteLength;
    // Content-Length is the server's claim, and counts compressed bytes.
    if (size > limit) throw new TransportError("too_large", `more than ${limit} bytes`);
    chunks.push(value);
  }
}

/** @param {Uint8Array[]} chunks */
function decode(chunks) {
  // Nothing may be smoothed over: the hash is of the bytes as sent.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
  } catch {
    throw new TransportError("garbled", "not UTF-8");
  }
}
