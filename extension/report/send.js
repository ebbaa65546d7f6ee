/**
 * Sends a report to the maintainers of the rules: the one request of the
 * extension that a person starts, after having seen every byte of it.
 */

/** Milliseconds. */
const limit = 20_000;

/**
 * @param {string} base the server's address
 * @param {string} body as it was shown
 * @param {typeof globalThis.fetch} [fetch]
 * @returns {Promise<"sent" | "busy" | "refused" | "unreachable">}
 */
export async function sendReport(base, body, fetch = globalThis.fetch) {
  try {
    const response = await fetch(endpoint(base), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      // Nothing goes along that could say who it was.
      credentials: "omit",
      referrerPolicy: "no-referrer",
      redirect: "error",
      cache: "no-store",
      signal: AbortSignal.timeout(limit),
    });
    if (response.ok) return "sent";
    return response.status === 429 || response.status === 503 ? "busy" : "refused";
  } catch {
    return "unreachable";
  }
}

/** @param {string} base */
export function endpoint(base) {
  return `${base.replace(/\/+$/, "")}/v1/reports`;
}
