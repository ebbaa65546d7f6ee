/**
 * How many mails were checked and warned of, and whom they imitated: counted in
 * storage.local, on this device only.
 *
 * Nothing of a mail is kept. That a message is counted once, however often it is
 * opened, needs a memory of which were: of the last thousand, eight bytes each of
 * a hash with a random salt, from which no message, sender or subject can be
 * read. Days beyond a year are folded into the total, brands beyond a hundred are
 * forgotten from the rarest on.
 *
 * @typedef {object} Stored
 * @property {1} form
 * @property {string} since
 * @property {[number, number, number]} total checked, caution, danger
 * @property {Record<string, [number, number, number]>} days by their date
 * @property {Record<string, StatisticsBrand>} brands by their id
 * @property {string} salt
 * @property {[string, number][]} seen marks of messages, each with its rank; oldest first
 */

const key = "statistics";

export const limits = { days: 366, brands: 100, seen: 1000, name: 100 };

/** What counts, the worse the higher. @type {Partial<Record<Level, number>>} */
const ranks = { ok: 0, caution: 1, danger: 2 };

/** @typedef {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} Area */

export class Statistics {
  #area;
  #now;
  #random;
  /** @type {Promise<unknown>} one writing after the other */
  #queue = Promise.resolve();

  /**
   * @param {object} parts
   * @param {Area} parts.area
   * @param {() => Date} parts.now days are those of the person's clock
   * @param {() => string} [parts.random] a salt
   */
  constructor({ area, now, random = () => crypto.randomUUID() }) {
    this.#area = area;
    this.#now = now;
    this.#random = random;
  }

  /**
   * Counts a message once; one that was judged worse the second time, because more
   * of it was there to be read, moves up. What could not be checked is not counted.
   *
   * @param {string} message what tells it from all others: the webmail's host and id
   * @param {Pick<Verdict, "level" | "brand" | "findings">} verdict
   */
  count(message, verdict) {
    return this.#inTurn(async () => {
      const rank = ranks[verdict.level];
      if (rank === undefined) return;
      const stored = (await this.#load()) ?? this.#fresh();
      const mark = await markOf(message, stored.salt);
      const known = stored.seen.findIndex(([seen]) => seen === mark);
      const before = known < 0 ? undefined : stored.seen[known][1];
      if (before !== undefined && before >= rank) return;
      const day = dayOf(this.#now());
      stored.days[day] ??= [0, 0, 0];
      for (const count of [stored.total, stored.days[day]]) {
        if (before === undefined) count[0]++;
        // A mail that moved up on another day than it was counted leaves that one.
        else if (before > 0) count[before] = Math.max(0, count[before] - 1);
        if (rank > 0) count[rank]++;
      }
      if (rank > 0 && !before) countBrand(stored.brands, verdict);
      if (known >= 0) stored.seen.splice(known, 1);
      stored.seen.push([mark, rank]);
      await this.#area.set({ [key]: bounded(stored) });
    });
  }

  /**
   * @param {number} [days] how many, today among them
   * @returns {Promise<StatisticsSummary>}
   */
  async summary(days = 30) {
    await this.#queue;
    const stored = await this.#load();
    const today = this.#now();
    return {
      since: stored?.since ?? "",
      total: named(stored?.total),
      days: Array.from({ length: days }, (_, i) => {
        const day = dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - (days - 1 - i), 12));
        return { day, ...named(stored?.days[day]) };
      }),
      brands: Object.entries(stored?.brands ?? {})
        .map(([id, brand]) => ({ id, ...brand }))
        .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)),
    };
  }

  /** Forgets everything, the marks of messages too. */
  erase() {
    return this.#inTurn(() => this.#area.remove(key));
  }

  /** @returns {Promise<Stored | undefined>} undefined also for what is damaged */
  async #load() {
    const stored = (await this.#area.get(key))[key];
    return isStored(stored) ? stored : undefined;
  }

  /** @returns {Stored} */
  #fresh() {
    return { form: 1, since: dayOf(this.#now()), total: [0, 0, 0], days: {}, brands: {}, salt: this.#random(), seen: [] };
  }

  /** @param {() => Promise<void>} change */
  #inTurn(change) {
    const done = this.#queue.then(change);
    this.#queue = done.catch(() => {});
    return done;
  }
}

/**
 * @param {Record<string, StatisticsBrand>} brands
 * @param {Pick<Verdict, "brand" | "findings">} verdict
 */
function countBrand(brands, { brand, findings }) {
  const evidence = findings.map((finding) => finding.evidence).find((e) => e?.brand && (!brand || e.brand === brand));
  const id = brand || evidence?.brand;
  if (!id || !evidence?.brandName) return;
  const name = evidence.brandName.slice(0, limits.name);
  const nameJa = evidence.brandNameJa?.slice(0, limits.name);
  const count = (Object.hasOwn(brands, id) ? brands[id].count : 0) + 1;
  Object.defineProperty(brands, id, { value: { name, ...(nameJa ? { nameJa } : {}), count }, enumerable: true, configurable: true, writable: true });
}

/** @param {Stored} stored */
function bounded(stored) {
  const days = Object.keys(stored.days).sort();
  for (const day of days.slice(0, Math.max(0, days.length - limits.days))) delete stored.days[day];
  const brands = Object.entries(stored.brands).sort(([, a], [, b]) => b.count - a.count);
  for (const [id] of brands.slice(limits.brands)) delete stored.brands[id];
  return { ...stored, seen: stored.seen.slice(-limits.seen) };
}

/**
 * @param {string} message
 * @param {string} salt
 */
async function markOf(message, salt) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${salt} ${message}`));
  return btoa(String.fromCharCode(...new Uint8Array(hash, 0, 8))).slice(0, 11);
}

/** @param {Date} date */
function dayOf(date) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * @param {[number, number, number]} [count]
 * @returns {StatisticsCount}
 */
function named([checked, caution, danger] = [0, 0, 0]) {
  return { checked, caution, danger };
}

/**
 * @param {any} value
 * @returns {value is Stored}
 */
function isStored(value) {
  return (
    value?.form === 1 && typeof value.since === "string" && typeof value.salt === "string" && isCount(value.total) &&
    isRecord(value.days) && Object.values(value.days).every(isCount) &&
    isRecord(value.brands) && Object.values(value.brands).every((b) => typeof b?.name === "string" && Number.isSafeInteger(b.count)) &&
    Array.isArray(value.seen) && value.seen.every((/** @type {any} */ s) => typeof s?.[0] === "string" && Number.isInteger(s[1]))
  );
}

/** @param {any} value */
function isCount(value) {
  return Array.isArray(value) && value.length === 3 && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/** @param {any} value */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
