/**
 * The last good rule set, and what became of the updates.
 *
 * Both lie in storage.local. A set is about 1 MB, far below the 10 MB that
 * storage.local holds without a further permission, and one set() is all or
 * nothing, so that a background killed half-way leaves the old set; IndexedDB
 * would need a schema and transactions for the same promise.
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
 */

const setKey = "rules";
const statusKey = "rulesStatus";
const trustKey = "rulesTrust";

/** The most that is stored, in characters; beyond, storage.local would refuse. */
export const maxStored = 8_000_000;

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
    if (before !== undefined) await this.#area.remove([setKey, statusKey]);
    await this.#area.set({ [trustKey]: now });
  }

  /** @returns {Promise<StoredSet | undefined>} */
  async set() {
    const set = (await this.#area.get(setKey))[setKey];
    return isStoredSet(set) ? set : undefined;
  }

  /**
   * Replaces the set and the status in one step.
   *
   * @param {StoredSet} set
   * @param {UpdateStatus} status
   */
  async put(set, status) {
    const size = Object.values(set.sections).reduce((sum, text) => sum + text.length, 0);
    if (size > maxStored) throw new Error(`store: ${size} characters are too many`);
    await this.#area.set({ [setKey]: set, [statusKey]: status });
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
