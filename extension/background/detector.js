import { mark } from "./marks.js";

/** @import { Program } from "./program.js" */

/** The detector said no: its own words, in English. */
export class DetectorError extends Error {}

/** The detector cannot be run at all. */
export class DetectorGone extends Error {}

/**
 * The detector, loaded when it is first needed and again when it died.
 *
 * All questions go through {@link Detector.ask}. Before the first of them a new
 * program is prepared: the last good rules are put into it. Calls are
 * synchronous inside, so answers come in the order of the questions.
 */
export class Detector {
  #start;
  #prepare;
  #memoryLimit;
  #recall;
  /** @type {Program | undefined} */
  #program;
  /** @type {Promise<Program> | undefined} */
  #loading;

  /**
   * @param {object} parts
   * @param {() => Promise<Program>} parts.start
   * @param {(ask: Ask) => Promise<void>} [parts.prepare] its failure is not the
   *   detector's: the built-in rules are then used
   * @param {number} [parts.memoryLimit] bytes; a program that holds more after
   *   an answer is let go, as only that gives memory back. One 10 MB mail takes
   *   about 100 MB.
   * @param {(hashes: string[]) => Promise<Record<string, string>>} [parts.recall]
   *   answers the exact parts of the blocklist that a verdict needs
   */
  constructor({ start, prepare, memoryLimit = 192 << 20, recall }) {
    this.#start = start;
    this.#prepare = prepare;
    this.#memoryLimit = memoryLimit;
    this.#recall = recall;
  }

  /**
   * Loads the detector and builds what a check needs, where that is not done yet, so
   * that the next one is quick. Whoever has asked already is answered first. Never
   * rejects: what is wrong, the next question says.
   *
   * @param {DetectorMethods["prepare"]["request"]} [reader] whom the check will be for
   */
  async warm(reader = {}) {
    try {
      await this.#running();
      await new Promise((resolve) => setTimeout(resolve));
      await this.ask("prepare", reader);
      mark("index");
    } catch {
      return;
    }
  }

  /** Starts anew with the next question: what it was prepared with has changed. */
  renew() {
    this.#program = undefined;
  }

  /** @type {Ask} */
  ask = async (method, request) => {
    const text = JSON.stringify(request);
    const answer = await this.#answer(method, text);
    return answer?.needs?.length > 0 ? this.#sure(method, text, answer) : answer;
  };

  /**
   * A verdict that needs a part of the blocklist that is on disk, with it. Where it
   * cannot be had the verdict stands, and says that not everything was looked
   * at.
   *
   * @param {string} method
   * @param {string} text
   * @param {Verdict} verdict
   */
  async #sure(method, text, verdict) {
    try {
      const sections = await this.#recall?.(verdict.needs ?? []);
      if (sections && Object.keys(sections).length > 0) {
        await this.#answer("loadBlocklist", JSON.stringify({ sections }));
        const answer = await this.#answer(method, text);
        if (!answer.needs?.length) return answer;
      }
    } catch (error) {
      if (error instanceof DetectorGone) throw error;
    }
    return { ...verdict, partial: true };
  }

  /**
   * @param {string} method
   * @param {string} text
   */
  async #answer(method, text) {
    const program = await this.#running();
    try {
      return this.#call(program, method, text);
    } catch (error) {
      if (!(error instanceof DetectorGone)) throw error;
    }
    // Killed by what came before it, most likely: once more in a new program.
    return this.#call(await this.#running(), method, text);
  }

  async #running() {
    if (this.#program) return this.#program;
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #load() {
    try {
      return await this.#begin(this.#prepare);
    } catch (error) {
      if (!this.#prepare) throw error;
      // Rules that kill the program must not keep it from ever starting.
      return await this.#begin();
    }
  }

  /** @param {(ask: Ask) => Promise<void>} [prepare] */
  async #begin(prepare) {
    let program;
    try {
      program = await this.#start();
    } catch (error) {
      throw new DetectorGone(String(error));
    }
    let dead = false;
    program.ended.then(() => {
      dead = true;
      this.#drop(program);
    });
    try {
      await prepare?.(async (method, request) =>
        this.#call(program, method, JSON.stringify(request)),
      );
    } catch (error) {
      if (error instanceof DetectorGone) throw error;
    }
    mark("rules");
    if (!dead) this.#program = program;
    return program;
  }

  /**
   * @param {Program} program
   * @param {string} method
   * @param {string} request
   */
  #call(program, method, request) {
    let text;
    try {
      text = program.call(method, request);
    } catch (error) {
      this.#drop(program);
      throw new DetectorGone(String(error));
    }
    if (program.memory() > this.#memoryLimit) this.#drop(program);
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      throw new DetectorGone("detector: the answer is no JSON");
    }
    if (typeof answer?.error === "string") throw new DetectorError(answer.error);
    return answer?.ok;
  }

  /** @param {Program} program */
  #drop(program) {
    if (this.#program === program) this.#program = undefined;
  }
}
