import { defaults, isName, names, read, SettingsError, shared } from "./fields.js";

export { defaults, SettingsError } from "./fields.js";

const key = "settings";

/** @typedef {Pick<chrome.storage.StorageArea, "get"> & { onChanged?: chrome.storage.StorageArea["onChanged"] }} Readable */

/**
 * The settings: what the person chose, under what the administrator decided.
 *
 * The person's choices lie in storage.local, the administrator's in
 * storage.managed, which only policy can write. A managed value is the default
 * that the person may change, or, named in the policy's "locked", the last word.
 * To the lists of protected domains and trusted senders both add: what the
 * company protects stays protected. A value that is not understood counts as
 * not given, alone, and is named among the problems.
 */
export class Settings {
  #local;
  #managed;

  /**
   * @param {object} areas
   * @param {Readable & Pick<chrome.storage.StorageArea, "set">} areas.local
   * @param {Readable} [areas.managed]
   */
  constructor({ local, managed }) {
    this.#local = local;
    this.#managed = managed;
  }

  /** @returns {Promise<SettingsValue>} what is in force */
  async read() {
    return (await this.state()).value;
  }

  /** @returns {Promise<SettingsState>} */
  async state() {
    const [own, policy] = await Promise.all([this.#own(), this.#policy()]);
    const { managed, locked } = policy;
    /** @type {Record<string, unknown>} */
    const value = { locked };
    for (const name of names) {
      const given = managed[name] ?? defaults[name];
      const chosen = locked.includes(name) ? undefined : own[name];
      value[name] = isShared(name) && chosen ? union(given, chosen) : structuredClone(chosen ?? given);
    }
    return { value: /** @type {any} */ (value), managed, isManaged: policy.given, problems: policy.problems };
  }

  /**
   * Changes some settings, all of them or none.
   *
   * @param {Partial<SettingsChoice>} patch
   * @returns {Promise<void>} rejects with a SettingsError for a name that is
   *   unknown or locked and for a value that cannot be
   */
  write(patch) {
    return inTurn(async () => {
      const [own, { managed, locked }] = await Promise.all([this.#own(), this.#policy()]);
      const change = checked(patch);
      for (const name of Object.keys(change)) {
        if (locked.includes(/** @type {keyof SettingsChoice} */ (name))) throw new SettingsError("locked", name);
      }
      for (const name of shared) {
        const given = managed[name];
        if (given && change[name]) change[name] = change[name].filter((entry) => !given.includes(entry));
      }
      await this.#local.set({ [key]: { ...own, ...change } });
    });
  }

  /**
   * Puts these choices in the place of all the person's, but for what is locked.
   *
   * @param {Partial<SettingsChoice>} choice
   * @returns {Promise<(keyof SettingsChoice)[]>} the names left out because they
   *   are locked; rejects as write does for values that cannot be
   */
  async replace(choice) {
    const change = checked(choice);
    const { locked } = await this.#policy();
    const leftOut = names.filter((name) => name in change && locked.includes(name));
    for (const name of leftOut) delete change[name];
    await inTurn(() => this.#local.set({ [key]: change }));
    return leftOut;
  }

  /** Forgets every choice of the person's. */
  reset() {
    return inTurn(() => this.#local.set({ [key]: {} }));
  }

  /**
   * What the person chose, without what the administrator did: for a backup.
   *
   * @returns {Promise<Partial<SettingsChoice>>}
   */
  own() {
    return this.#own();
  }

  /**
   * Calls back after each change, whoever made it and wherever.
   *
   * @param {() => void} listener
   */
  onChange(listener) {
    this.#local.onChanged?.addListener((changes) => {
      if (key in changes) listener();
    });
    this.#managed?.onChanged?.addListener(() => listener());
  }

  /** @returns {Promise<Partial<SettingsChoice>>} */
  async #own() {
    return understood((await this.#local.get(key))[key]).values;
  }

  async #policy() {
    // Firefox rejects where there is no policy, Chrome answers {}.
    const raw = (await this.#managed?.get(null).catch(() => ({}))) ?? {};
    return readPolicy(/** @type {Record<string, unknown>} */ (raw));
  }
}

/**
 * @param {Record<string, unknown>} raw
 */
function readPolicy(raw) {
  const { values, problems } = understood(raw, ["locked"]);
  // Not by a rest pattern: the minifier puts those in front of what they take apart.
  const locked = raw.locked ?? [];
  const wanted = Array.isArray(locked) ? locked : [];
  if (!Array.isArray(locked)) problems.push({ code: "type", name: "locked", seen: "" });
  for (const name of wanted) {
    if (!isName(name)) problems.push({ code: "unknown", name: "locked", seen: String(name).slice(0, 60) });
  }
  return { managed: values, locked: names.filter((name) => wanted.includes(name)), problems, given: Object.keys(raw).length > 0 };
}

/**
 * @param {Partial<SettingsChoice>} patch
 * @returns {Partial<SettingsChoice>}
 */
function checked(patch) {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [name, read(/** @type {keyof SettingsChoice} */ (name), value)]),
  );
}

/**
 * The values that are what they should be, and what is wrong with the others. Of a
 * list, a wrong entry is left out and the rest kept: one slip in a policy must not
 * leave a company unprotected.
 *
 * @param {unknown} raw
 * @param {string[]} [beside] names that are not settings and stand for themselves
 */
function understood(raw, beside = []) {
  /** @type {Record<string, unknown>} */
  const values = {};
  /** @type {SettingsProblem[]} */
  const problems = [];
  const given = typeof raw === "object" && raw !== null && !Array.isArray(raw) ? raw : {};
  for (const [name, value] of Object.entries(given)) {
    if (beside.includes(name)) continue;
    const known = /** @type {keyof SettingsChoice} */ (name);
    try {
      values[name] = read(known, value);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const entries = Array.isArray(value) && isName(name) && error.code !== "many" ? value : [];
      const good = entries.flatMap((entry) => {
        try {
          return read(known, [entry]);
        } catch (wrong) {
          if (wrong instanceof SettingsError) problems.push(wrong.problem());
          return [];
        }
      });
      if (good.length > 0) values[name] = good;
      if (entries.length === 0) problems.push(error.problem());
    }
  }
  return { values: /** @type {Partial<SettingsChoice>} */ (values), problems };
}

/**
 * @param {unknown} given
 * @param {unknown} chosen
 */
function union(given, chosen) {
  return [...new Set([.../** @type {string[]} */ (given), .../** @type {string[]} */ (chosen)])];
}

/** @param {string} name */
function isShared(name) {
  return /** @type {readonly string[]} */ (shared).includes(name);
}

/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * One change after the other, also from two pages at once, as each is a reading
 * and a writing.
 *
 * @param {() => Promise<void>} change
 * @returns {Promise<void>}
 */
function inTurn(change) {
  const locks = globalThis.navigator?.locks;
  const done = queue.then(() => (locks ? locks.request(key, change) : change()));
  queue = done.catch(() => {});
  return done;
}
