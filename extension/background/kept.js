/**
 * What the background puts aside for a page of its own, in storage.session: in memory,
 * out of every page's and content script's reach, gone with the browser. Of each kind
 * there are a few; the oldest goes first.
 */

/** @typedef {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} Area */

/**
 * @template {{ at: number }} T at: when, in milliseconds; only the order counts
 * @param {Area} area
 * @param {string} prefix of the kind's keys
 * @param {T} value
 * @param {number} most how many of the kind there may be
 * @returns {Promise<string>} the random number that it is called by
 */
export async function keep(area, prefix, value, most) {
  const id = crypto.randomUUID();
  await forgetOldest(area, prefix, most - 1);
  await area.set({ [prefix + id]: value });
  return id;
}

/**
 * @param {Area} area
 * @param {string} prefix
 * @param {number} most how many stay
 */
export async function forgetOldest(area, prefix, most) {
  const all = Object.entries(await area.get(null)).filter(([key]) => key.startsWith(prefix));
  const old = /** @type {[string, { at: number }][]} */ (all)
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(most)
    .map(([key]) => key);
  if (old.length > 0) await area.remove(old);
}

/**
 * @param {Pick<Area, "get">} area
 * @param {string} prefix
 * @param {string} id
 * @returns {Promise<any>} undefined after the browser was closed, or when newer ones came
 */
export async function recall(area, prefix, id) {
  const key = prefix + id;
  return (await area.get(key))[key];
}
