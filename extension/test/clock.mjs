// Time that passes only when a test lets it: what waits 10 s in a page is tested
// in no time, and a slow machine changes nothing.

import assert from "node:assert/strict";

/** Turns of Node's own loop in which everything that needs no time gets done. */
const turns = 6;

export class Clock {
  /** Milliseconds since 1970. */
  now = Date.UTC(2026, 0, 1);
  /** @type {Map<number, { due: number, run: () => void, every?: number }>} */
  #timers = new Map();
  #last = 0;
  /** @type {(() => void)[]} */
  #restore = [];

  /**
   * Rules over the time of a window, or of globalThis, until {@link release}.
   *
   * @param {any} realm
   */
  govern(realm) {
    const add = (/** @type {() => void} */ run, /** @type {number} */ wait, /** @type {boolean} */ again) => {
      const every = Math.max(again ? 1 : 0, Number(wait) || 0);
      this.#timers.set(++this.#last, { due: this.now + every, run, ...(again && { every }) });
      return this.#last;
    };
    const start = this.now;
    const drop = (/** @type {number} */ id) => void this.#timers.delete(id);
    this.#put(realm, {
      setTimeout: (/** @type {Function} */ run, wait = 0, /** @type {any[]} */ ...rest) => add(() => run(...rest), wait, false),
      setInterval: (/** @type {Function} */ run, wait = 0, /** @type {any[]} */ ...rest) => add(() => run(...rest), wait, true),
      requestAnimationFrame: (/** @type {Function} */ run) => add(() => run(this.now - start), 16, false),
      clearTimeout: drop, clearInterval: drop, cancelAnimationFrame: drop,
    });
    this.#put(realm.Date, { now: () => this.now });
    this.#put(realm.performance, { now: () => this.now - start });
    return this;
  }

  /** @param {any} object @param {Record<string, Function>} mine */
  #put(object, mine) {
    for (const [name, value] of Object.entries(mine)) {
      const old = Object.getOwnPropertyDescriptor(object, name);
      Object.defineProperty(object, name, { value, writable: true, configurable: true });
      this.#restore.push(() => (old ? Object.defineProperty(object, name, old) : delete object[name]));
    }
  }

  release() {
    for (const restore of this.#restore.splice(0).reverse()) restore();
    this.#timers.clear();
  }

  /** Lets everything happen that needs no time. */
  async settle() {
    for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** @returns {number | undefined} when the next timer ends */
  #next() {
    return this.#timers.size > 0 ? Math.min(...[...this.#timers.values()].map(({ due }) => due)) : undefined;
  }

  /** Lets the time pass up to a moment, and what was waited for happen at it. */
  async #to(/** @type {number} */ moment) {
    this.now = Math.max(this.now, moment);
    for (const [id, timer] of [...this.#timers]) {
      if (timer.due > this.now || !this.#timers.has(id)) continue;
      if (timer.every) timer.due = this.now + timer.every;
      else this.#timers.delete(id);
      timer.run();
    }
    await this.settle();
  }

  /** @param {number} ms how long to let pass */
  async pass(ms) {
    const end = this.now + ms;
    await this.settle();
    for (let due = this.#next(); due !== undefined && due <= end; due = this.#next()) await this.#to(due);
    this.now = end;
  }

  /**
   * Lets time pass until something holds.
   *
   * @param {() => unknown} holds
   * @param {string} [what]
   */
  async until(holds, what) {
    const end = this.now + 60_000;
    for (;;) {
      await this.settle();
      if (await holds()) return;
      const due = this.#next();
      if (due === undefined || due > end) assert.fail(`never: ${what ?? holds}`);
      await this.#to(due);
    }
  }
}
