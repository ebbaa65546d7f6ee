import { DetectorError } from "../background/detector.js";
import { fetchText, TransportError } from "./transport.js";

/** @import { RulesStore, StoredSet } from "./store.js" */

const manifestLimit = 64 << 10;
/** No section comes near; a manifest that says so is refused before fetching. */
const sectionLimit = 6 << 20;
const totalLimit = 8 << 20;
const timeout = 30_000;

/** Why an update did not happen; code is one of the update_… messages. */
class UpdateFailure extends Error {
  /**
   * @param {UpdateErrorCode} code
   * @param {string} [detail]
   */
  constructor(code, detail = "") {
    super(detail || code);
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Keeps the detector's rules new, and never older than they were.
 *
 * Everything that decides is in the detector: it verifies signature, version,
 * expiry and every hash, and swaps in one step or not at all. This class
 * fetches, keeps the last good set and remembers what happened. A background
 * killed at any point leaves the stored set as it was, or as it will be.
 */
export class Updater {
  #config;
  #ask;
  #store;
  #fetch;
  #now;
  #changed;
  /** @type {Promise<"updated" | "current" | "failed"> | undefined} */
  #updating;

  /**
   * @param {object} parts
   * @param {Config} parts.config
   * @param {Ask} parts.ask
   * @param {RulesStore} parts.store
   * @param {typeof globalThis.fetch} [parts.fetch]
   * @param {() => number} parts.now seconds since 1970, UTC
   * @param {() => void} [parts.changed] called when other rules are in use
   */
  constructor({ config, ask, store, fetch, now, changed = () => {} }) {
    this.#config = config;
    this.#ask = ask;
    this.#store = store;
    this.#fetch = fetch;
    this.#now = now;
    this.#changed = changed;
  }

  /**
   * Puts the last good set into a detector that was just started. A set that
   * expired since it was accepted is still the best there is: it is verified as
   * of that day, and the state says that it is out of date. A set that does not
   * verify is left alone, and the built-in rules are used.
   *
   * @param {Ask} ask
   */
  async restore(ask) {
    const set = await this.#store.set();
    if (!set) return;
    const { manifest, acceptedAt } = set;
    try {
      const order = { manifest, keys: this.#config.rulesKeys, now: acceptedAt };
      const plan = await ask("planRules", order);
      const missing = plan.sections.filter((section) => !section.have);
      await ask("loadRules", { ...order, sections: pick(set.sections, missing) });
    } catch (error) {
      await this.#remember({ code: "stored", detail: message(error) });
      throw error;
    }
  }

  /**
   * Asks the rule server for news. Never rejects; what went wrong is in the
   * state. Calls during an update share it.
   */
  update() {
    this.#updating ??= this.#update().finally(() => (this.#updating = undefined));
    return this.#updating;
  }

  /** @returns {Promise<RulesState>} */
  async state() {
    const { highest: _, ...status } = await this.#store.status();
    const server = this.#config.rulesURL !== "";
    try {
      const info = await this.#ask("rulesInfo", {});
      const expired = info.expires > 0 && info.expires <= this.#now();
      return { info, server, expired, ...status };
    } catch {
      return { server, expired: false, ...status };
    }
  }

  async #update() {
    if (this.#config.rulesURL === "") return "current";
    try {
      const done = await this.#bringUp();
      if (done) this.#changed();
      return done ? "updated" : "current";
    } catch (error) {
      if (error instanceof UpdateFailure && error.code === "storage") this.#changed();
      const known = error instanceof UpdateFailure || error instanceof TransportError;
      await this.#remember(known ? error : { code: "detector", detail: message(error) });
      return "failed";
    }
  }

  /** @returns {Promise<boolean>} whether other rules are in use now */
  async #bringUp() {
    const manifest = await this.#get("v1/manifest", manifestLimit, "no-cache");
    const info = await this.#ask("rulesInfo", {});
    const order = { manifest, keys: this.#config.rulesKeys, now: this.#now() };
    const plan = await refusing(this.#ask("planRules", order));
    const status = await this.#store.status();
    if (plan.version < Math.max(info.version, status.highest)) {
      throw new UpdateFailure("older", `version ${plan.version}`);
    }
    if (plan.version === info.version && plan.sections.every((section) => section.have)) {
      await this.#store.putStatus({ ...status, checkedAt: this.#now(), error: undefined });
      return false;
    }
    const fetched = await this.#sections(plan);
    await refusing(this.#ask("loadRules", { ...order, sections: fetched }));
    await this.#keep(plan, manifest, fetched);
    return true;
  }

  /** @param {RulesPlan} plan */
  async #sections(plan) {
    const total = plan.sections.reduce((sum, section) => sum + section.size, 0);
    if (total > totalLimit) throw new UpdateFailure("too_large", `${total} bytes of rules`);
    /** @type {Record<string, string>} */
    const fetched = {};
    for (const { have, size, sha256 } of plan.sections) {
      if (have || sha256 in fetched) continue;
      const limit = Math.min(size, sectionLimit);
      // Past the cache: a blob garbled on its way must not come back from there.
      fetched[sha256] = await this.#get(`v1/blobs/${sha256}`, limit, "no-store");
    }
    return fetched;
  }

  /**
   * Stores the set whole, what was not fetched taken from the set before it. A
   * section that only the built-in rules hold needs no copy: the next start has
   * it too.
   *
   * @param {RulesPlan} plan
   * @param {string} manifest
   * @param {Record<string, string>} fetched
   */
  async #keep(plan, manifest, fetched) {
    const now = this.#now();
    const before = await this.#store.set();
    const sections = pick({ ...before?.sections, ...fetched }, plan.sections);
    try {
      await this.#store.put(
        { manifest, sections, acceptedAt: now },
        { highest: plan.version, checkedAt: now, updatedAt: now },
      );
    } catch (error) {
      throw new UpdateFailure("storage", message(error));
    }
  }

  /**
   * @param {string} path
   * @param {number} limit
   * @param {RequestCache} cache
   */
  #get(path, limit, cache) {
    const url = new URL(path, this.#config.rulesURL.replace(/\/*$/, "/"));
    return fetchText(url.href, { limit, timeout, cache, fetch: this.#fetch });
  }

  /** @param {{ code: UpdateErrorCode, detail: string }} error */
  async #remember({ code, detail }) {
    const now = this.#now();
    const status = await this.#store.status();
    const checkedAt = code === "stored" ? status.checkedAt : now;
    const error = { code, detail: detail.slice(0, 300), at: now };
    await this.#store.putStatus({ ...status, checkedAt, error }).catch(() => {});
  }
}

/**
 * Turns the detector's no into the reason that people are told.
 *
 * @template T
 * @param {Promise<T>} answer
 */
async function refusing(answer) {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DetectorError) {
      throw new UpdateFailure("refused", error.message);
    }
    throw error;
  }
}

/**
 * @param {Record<string, string>} texts
 * @param {{ sha256: string }[]} sections
 */
function pick(texts, sections) {
  return Object.fromEntries(
    sections.flatMap(({ sha256 }) =>
      Object.hasOwn(texts, sha256) ? [[sha256, texts[sha256]]] : [],
    ),
  );
}

/** @param {unknown} error */
function message(error) {
  return error instanceof Error ? error.message : String(error);
}
