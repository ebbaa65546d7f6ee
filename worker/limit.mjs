/**
 * Counts reports by address without keeping one, as limit.go does natively: for a
 * minute, how often a keyed hash of the address came, in this isolate's memory
 * alone, under a key that is drawn by lot anew each day. Where wrangler.toml binds
 * a rate limit, it counts for the whole location.
 *
 * It stands before Go, so that a flood starts no Go runtime.
 */

/** How many reports one address may send in a window. */
export const limitReports = 10;
/** Seconds. */
export const limitWindow = 60;
/** Bounds the memory; beyond, everybody waits. */
const limitAddresses = 100_000;

export class Limiter {
  /** @type {CryptoKey | undefined} */
  #key;
  #day = -1;
  #since = 0;
  /** @type {Map<string, number>} */
  #count = new Map();

  /**
   * Counts one report.
   *
   * @param {string} address
   * @param {number} now milliseconds since 1970
   * @param {{ limit(o: { key: string }): Promise<{ success: boolean }> }} [binding]
   * @returns {Promise<boolean>} whether it may go on
   */
  async allow(address, now, binding) {
    const day = Math.floor(now / 86_400_000);
    if (!this.#key || day !== this.#day) {
      this.#key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
      this.#day = day;
      this.#count.clear();
    }
    if (now - this.#since >= limitWindow * 1000 || now < this.#since) {
      this.#since = now;
      this.#count.clear();
    }
    const mac = await crypto.subtle.sign("HMAC", this.#key, new TextEncoder().encode(network(address)));
    const name = Array.from(new Uint8Array(mac, 0, 16), (b) => b.toString(16).padStart(2, "0")).join("");
    const before = this.#count.get(name) ?? 0;
    if (before === 0 && this.#count.size >= limitAddresses) {
      return false;
    }
    this.#count.set(name, before + 1);
    if (before >= limitReports) {
      return false;
    }
    // The binding counts in the memory of the location and keeps nothing. Its key
    // must be the same in every isolate, so the hash has no key of ours.
    if (binding) {
      const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${day} ${network(address)}`));
      const key = Array.from(new Uint8Array(hash, 0, 16), (b) => b.toString(16).padStart(2, "0")).join("");
      return (await binding.limit({ key })).success;
    }
    return true;
  }
}

/**
 * What one person has of addresses: an IPv4 address, or the /64 of an IPv6 one.
 *
 * @param {string} address
 */
export function network(address) {
  if (!address.includes(":")) {
    return address;
  }
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) {
    return mapped[1];
  }
  const [head, tail] = address.toLowerCase().split("::");
  const left = head ? head.split(":") : [];
  if (tail !== undefined) {
    const right = tail ? tail.split(":") : [];
    while (left.length + right.length < 8) {
      left.push("0");
    }
    left.push(...right);
  }
  return left
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
