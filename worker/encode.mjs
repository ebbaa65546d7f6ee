/**
 * Answers in a shorter encoding: brotli where the client takes it, else gzip.
 *
 * It is done here, once for each copy that an isolate holds, and not left to
 * Cloudflare: the native server and this one then answer alike, ETags stay
 * strong, and what is tested on workerd is what browsers get.
 */
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Bytes below which an answer goes as it is: headers weigh as much. */
const shortest = 1024;
/** Bytes above which compressing would take an isolate's time away from others. */
const longest = 8 << 20;

/**
 * The encodings, the one that is liked best first. Each has a tag of its own: the
 * bytes differ (RFC 9110, 8.8.3.3).
 *
 * @type {Record<string, (body: Uint8Array) => Uint8Array>}
 */
const encoders = {
  // Quality 5 is a tenth of the best one's time and within 10 % of its size.
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => gzipSync(body, { level: 6 }),
};

const eligible = /^(?:text\/|application\/(?:json|javascript|wasm|octet-stream)|image\/svg\+xml)/;

/**
 * Whether an answer has encodings at all.
 *
 * @param {import("./edge.mjs").Copy} copy
 */
export function isEncodable(copy) {
  const size = copy.body.byteLength;
  return (
    copy.status === 200 && shortest <= size && size <= longest && eligible.test(copy.headers.get("Content-Type") ?? "")
  );
}

/**
 * The encoding to answer with; undefined for none. What is sent with q=0 is
 * refused; among those taken the server chooses.
 *
 * @param {string | null | undefined} accept the client's Accept-Encoding
 */
export function choose(accept) {
  const taken = new Set();
  for (const part of (accept ?? "").toLowerCase().split(",")) {
    const [name, ...parameters] = part.split(";").map((s) => s.trim());
    if (!parameters.some((p) => /^q=0(?:\.0*)?$/.test(p))) {
      taken.add(name);
    }
  }
  return Object.keys(encoders).find((name) => taken.has(name));
}

/**
 * A copy's body in an encoding; made once.
 *
 * @param {import("./edge.mjs").Copy} copy
 * @param {string} encoding
 */
export function encoded(copy, encoding) {
  let body = copy.encodings.get(encoding);
  if (!body) {
    body = encoders[encoding](new Uint8Array(copy.body));
    copy.encodings.set(encoding, body);
  }
  return body;
}

/**
 * The tag of an encoding of what has this tag.
 *
 * @param {string} tag with its quotes
 * @param {string} encoding
 */
export function tagOf(tag, encoding) {
  return tag.replace(/"$/, `-${encoding}"`);
}
