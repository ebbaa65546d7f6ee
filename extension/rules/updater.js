import { DetectorError } from "../background/detector.js";
import { fetchText, TransportError } from "./transport.js";

/** @import { RulesStore } from "./store.js" */

const manifestLimit = 64 << 10;
/** No section comes near; a manifest that says so is refused before fetching. */
const sectionLimit = 6 << 20;
const totalLimit = 9 << 20;
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
  #random;
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
   * @param {() => number} [parts.random] in [0, 1), for the lot
   */
  constructor({ config, ask, store, fetch, now, changed = () => {}, random = Math.random }) {
    this.#config = config;
    this.#ask = ask;
    this.#store = store;
    this.#fetch = fetch;
    this.#now = now;
    this.#changed = changed;
    this.#random = random;
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
      const missing = plan.sections.filter((section) => !section.have && !section.later);
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

  /**
   * What a verdict needs to be sure of its answer: exact parts of the blocklist.
   *
   * @param {string[]} hashes
   */
  recall(hashes) {
    return this.#store.later(hashes);
  }

  /** @returns {Promise<RulesState>} */
  async state() {
    const { highest: _, lot: __, notBefore: ___, ...status } = await this.#store.status();
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
      const wait = error instanceof TransportError ? error.wait : 0;
      await this.#remember(known ? error : { code: "detector", detail: message(error) }, wait);
      return "failed";
    }
  }

  /** @returns {Promise<boolean>} whether other rules are in use now */
  async #bringUp() {
    const status = await this.#store.status();
    if ((status.notBefore ?? 0) > this.#now()) return false;
    const manifest = await this.#get("v1/manifest", manifestLimit, "no-cache");
    const info = await this.#ask("rulesInfo", {});
    const order = { manifest, keys: this.#config.rulesKeys, now: this.#now() };
    const plan = await refusing(this.#ask("planRules", order));
    if (plan.version < Math.max(info.version, status.highest)) {
      throw new UpdateFailure("older", `version ${plan.version}`);
    }
    const lot = status.lot ?? this.#draw();
    const missing = await this.#missing(plan);
    if ((plan.version === info.version && missing.length === 0) || !this.#isFor(plan, lot, info)) {
      await this.#store.putStatus({ ...status, lot, checkedAt: this.#now(), error: undefined, notBefore: undefined });
      return false;
    }
    const fetched = await this.#sections(plan, missing);
    const sections = pick(fetched, plan.sections.filter(({ later }) => !later));
    await refusing(this.#ask("loadRules", { ...order, sections }));
    await this.#keep(plan, manifest, fetched, lot);
    return true;
  }

  /**
   * Whether a set is for this browser: one on trial is for those whose lot is
   * below its share, and for those whose rules are out of date anyway.
   *
   * @param {RulesPlan} plan
   * @param {number} lot
   * @param {RulesInfo} info
   */
  #isFor({ rollout }, lot, { expires }) {
    return lot < rollout || (expires > 0 && expires <= this.#now());
  }

  #draw() {
    return Math.floor(this.#random() * 100);
  }

  /**
   * The sections that are neither in the detector nor in the store.
   *
   * @param {RulesPlan} plan
   */
  async #missing({ sections }) {
    const stored = await this.#store.has(sections.flatMap(({ later, sha256 }) => (later ? [sha256] : [])));
    return sections.filter(({ later, have, sha256 }) => (later ? !stored.has(sha256) : !have));
  }

  /**
   * @param {RulesPlan} plan
   * @param {PlanSection[]} missing
   */
  async #sections(plan, missing) {
    const total = plan.sections.reduce((sum, section) => sum + section.size, 0);
    if (total > totalLimit) throw new UpdateFailure("too_large", `${total} bytes of rules`);
    /** @type {Record<string, string>} */
    const fetched = {};
    for (const { size, sha256 } of missing) {
      if (sha256 in fetched) continue;
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
   * The lot is drawn anew with every set that is for everybody: else it would be
   * the same people who go first each time.
   *
   * @param {RulesPlan} plan
   * @param {string} manifest
   * @param {Record<string, string>} fetched
   * @param {number} lot
   */
  async #keep(plan, manifest, fetched, lot) {
    const now = this.#now();
    const before = await this.#store.set();
    const later = plan.sections.filter((section) => section.later);
    const sections = pick({ ...before?.sections, ...fetched }, plan.sections.filter((section) => !section.later));
    try {
      await this.#store.put(
        { manifest, sections, acceptedAt: now },
        { highest: plan.version, checkedAt: now, updatedAt: now, lot: plan.rollout === 100 ? this.#draw() : lot },
        { keep: later.map(({ sha256 }) => sha256), add: pick(fetched, later) },
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

  /**
   * @param {{ code: UpdateErrorCode, detail: string }} error
   * @param {number} [wait] seconds to leave the server alone
   */
  async #remember({ code, detail }, wait = 0) {
    const now = this.#now();
    const status = await this.#store.status();
    const checkedAt = code === "stored" ? status.checkedAt : now;
    const error = { code, detail: detail.slice(0, 300), at: now };
    const notBefore = wait > 0 ? now + wait : undefined;
    await this.#store.putStatus({ ...status, checkedAt, error, notBefore }).catch(() => {});
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
