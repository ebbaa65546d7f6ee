/**
 * The last good rule set, and what became of the updates.
 *
 * Both lie in storage.local. A set is about 1 MB, far below the 10 MB that
 * storage.local holds without a further permission, and one set() is all or
 * nothing, so that a background killed half-way leaves the old set; IndexedDB
 * would need a schema and transactions for the same promise. The exact parts of
 * the blocklist, which are large and seldom asked for, lie under keys of their
 * own, so that a start does not read them.
 *
 * @typedef {object} StoredSet
 * @property {string} manifest as signed
 * @property {Record<string, string>} sections texts by their sha256
 * @property {number} acceptedAt when it was verified; seconds since 1970, UTC
 *
 * @typedef {object} UpdateStatus
 * @property {number} highest the highest version ever accepted: the floor that
 *   a set may not fall below even when the stored one was lost
 * @property {number} checkedAt seconds since 1970, UTC; 0 for never
 * @property {number} updatedAt
 * @property {UpdateError} [error]
 * @property {number} [lot] from 0 to 99: whether a set on trial is for this
 *   browser. It is drawn here and told nobody.
 * @property {number} [notBefore] the server wants to be left alone until then;
 *   seconds since 1970, UTC
 */

const setKey = "rules";
const statusKey = "rulesStatus";
const trustKey = "rulesTrust";
const laterKey = "rulesLater";

/**
 * The most that is stored, in characters; beyond, storage.local would refuse. It
 * is room for the rules and a blocklist of half a million places.
 */
export const maxStored = 9_000_000;

export class RulesStore {
  #area;

  /** @param {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} area */
  constructor(area) {
    this.#area = area;
  }

  /**
   * Forgets the set and its floor where other keys than these signed it: versions
   * of another publisher are counted anew, and its rules are no longer believed.
   *
   * @param {string[]} keys that may sign now
   */
  async trust(keys) {
    const now = [...keys].sort().join(" ");
    const before = (await this.#area.get(trustKey))[trustKey];
    if (before === now) return;
    if (before !== undefined) {
      await this.#area.remove([setKey, statusKey]);
      await this.#forget(new Set());
    }
    await this.#area.set({ [trustKey]: now });
  }

  /** @returns {Promise<StoredSet | undefined>} */
  async set() {
    const set = (await this.#area.get(setKey))[setKey];
    return isStoredSet(set) ? set : undefined;
  }

  /**
   * Replaces the set and the status in one step. Of the exact parts those in
   * `later` stay, with the new ones; the others go once the set has changed.
   *
   * @param {StoredSet} set
   * @param {UpdateStatus} status
   * @param {{ keep: string[], add: Record<string, string> }} [later] hashes, and texts by their hash
   */
  async put(set, status, later = { keep: [], add: {} }) {
    const held = await this.#laterSizes();
    const keep = new Set([...later.keep, ...Object.keys(later.add)]);
    const size = [
      ...Object.values(set.sections).map((text) => text.length),
      ...Object.values(later.add).map((text) => text.length),
      ...Object.entries(held).flatMap(([hash, length]) => (keep.has(hash) && !(hash in later.add) ? [length] : [])),
    ].reduce((sum, length) => sum + length, 0);
    if (size > maxStored) throw new Error(`store: ${size} characters are too many`);
    const sizes = { ...held, ...Object.fromEntries(Object.entries(later.add).map(([hash, text]) => [hash, text.length])) };
    const added = Object.fromEntries(Object.entries(later.add).map(([hash, text]) => [`${laterKey}:${hash}`, text]));
    await this.#area.set({ [setKey]: set, [statusKey]: status, [laterKey]: sizes, ...added });
    await this.#forget(keep);
  }

  /**
   * The exact parts with these hashes, as far as they are here.
   *
   * @param {string[]} hashes
   * @returns {Promise<Record<string, string>>}
   */
  async later(hashes) {
    const found = await this.#area.get(hashes.map((hash) => `${laterKey}:${hash}`));
    return Object.fromEntries(
      hashes.flatMap((hash) => {
        const text = found[`${laterKey}:${hash}`];
        return typeof text === "string" ? [[hash, text]] : [];
      }),
    );
  }

  /**
   * Which of these exact parts are here.
   *
   * @param {string[]} hashes
   */
  async has(hashes) {
    const sizes = await this.#laterSizes();
    return new Set(hashes.filter((hash) => hash in sizes));
  }

  /** @returns {Promise<Record<string, number>>} characters by hash */
  async #laterSizes() {
    const sizes = (await this.#area.get(laterKey))[laterKey];
    return Object.fromEntries(Object.entries(asObject(sizes)).filter(([, size]) => typeof size === "number"));
  }

  /**
   * Removes exact parts that no set lists. Killed before, it is done the next
   * time.
   *
   * @param {Set<string>} keep
   */
  async #forget(keep) {
    const sizes = await this.#laterSizes();
    const gone = Object.keys(sizes).filter((hash) => !keep.has(hash));
    if (gone.length === 0) return;
    await this.#area.remove(gone.map((hash) => `${laterKey}:${hash}`));
    await this.#area.set({ [laterKey]: Object.fromEntries(Object.entries(sizes).filter(([hash]) => keep.has(hash))) });
  }

  /** @returns {Promise<UpdateStatus>} */
  async status() {
    const status = (await this.#area.get(statusKey))[statusKey];
    return { highest: 0, checkedAt: 0, updatedAt: 0, ...asObject(status) };
  }

  /** @param {UpdateStatus} status */
  async putStatus(status) {
    await this.#area.set({ [statusKey]: status });
  }
}

/** @param {unknown} value */
function asObject(value) {
  return typeof value === "object" && value !== null ? value : {};
}

/**
 * @param {unknown} value
 * @returns {value is StoredSet}
 */
function isStoredSet(value) {
  const { manifest, sections, acceptedAt } = /** @type {Partial<StoredSet>} */ (asObject(value));
  return (
    typeof manifest === "string" &&
    typeof acceptedAt === "number" &&
    typeof sections === "object" &&
    sections !== null &&
    Object.values(sections).every((text) => typeof text === "string")
  );
}
