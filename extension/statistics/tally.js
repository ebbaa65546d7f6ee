/** @import { Statistics } from "./statistics.js" */

/** So long a page may still be filling in a message, in milliseconds. */
const filling = 1500;

/**
 * Takes the last word on each message. A webmail builds its page in pieces, and
 * one without ids gives each piece another key: only when nothing new was said of
 * the same mail in the same place for a while is it counted. A background that
 * ends before that has one mail less in its numbers.
 */
export class Tally {
  #statistics;
  #wanted;
  #later;
  /** @type {Map<string, { key: string, verdict: Verdict }>} */
  #waiting = new Map();

  /**
   * @param {object} parts
   * @param {Pick<Statistics, "count">} parts.statistics
   * @param {() => Promise<boolean>} parts.wanted whether the person wants numbers
   * @param {(count: () => void, after: number) => unknown} [parts.later] setTimeout,
   *   which a browser refuses to run as a method
   */
  constructor({ statistics, wanted, later = (count, after) => setTimeout(count, after) }) {
    this.#statistics = statistics;
    this.#wanted = wanted;
    this.#later = later;
  }

  /**
   * @param {{ tabId: number, frameId: number, url: string }} frame
   * @param {string} key the message's, within the page
   * @param {Message} message
   * @param {Verdict} verdict
   */
  note({ tabId, frameId, url }, key, { from, subject }, verdict) {
    const place = JSON.stringify([tabId, frameId, from.address, subject]);
    const last = { key: `${hostOf(url)} ${key}`, verdict };
    this.#waiting.set(place, last);
    this.#later(async () => {
      if (this.#waiting.get(place) !== last) return;
      this.#waiting.delete(place);
      // A full disk or the like: the person reads mail, not numbers.
      if (await this.#wanted()) await this.#statistics.count(last.key, verdict).catch(() => {});
    }, filling);
  }
}

/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return "";
  }
}
