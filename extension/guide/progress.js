/**
 * What was ticked in the guide, on this device alone: who comes back after the
 * call to the bank goes on where they were.
 */

const key = "guide";

/**
 * @typedef {object} Progress
 * @property {string[]} happened stages
 * @property {string[]} done steps
 * @property {string} region empty: that of the language
 */

/** @returns {Progress} */
const nothing = () => ({ happened: [], done: [], region: "" });

/**
 * @param {Pick<chrome.storage.StorageArea, "get">} area
 * @returns {Promise<Progress>}
 */
export async function readProgress(area) {
  const stored = /** @type {Partial<Progress> | undefined} */ ((await area.get(key))[key]);
  const texts = (/** @type {unknown} */ list) => (Array.isArray(list) ? list.filter((item) => typeof item === "string") : []);
  return { ...nothing(), happened: texts(stored?.happened), done: texts(stored?.done), region: String(stored?.region ?? "") };
}

/**
 * @param {Pick<chrome.storage.StorageArea, "set">} area
 * @param {Progress} progress
 */
export function writeProgress(area, progress) {
  return area.set({ [key]: progress });
}

/** @param {Pick<chrome.storage.StorageArea, "remove">} area */
export function forgetProgress(area) {
  return area.remove(key);
}
