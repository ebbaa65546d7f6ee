/**
 * Opens pages as a click would have: in the tab, beside it, behind it, in a
 * window of its own.
 */

/** @typedef {{ tabs: Pick<typeof chrome.tabs, "create" | "get" | "update">, windows?: Pick<typeof chrome.windows, "create"> }} TabsAPI */

/**
 * @param {TabsAPI} api
 * @param {Exclude<Way, "menu">} way
 * @param {number} tabId the tab that was clicked in
 * @param {string} url
 */
export async function openAs({ tabs, windows }, way, tabId, url) {
  // Firefox for Android has no windows.
  if (way === "window" && windows) {
    await windows.create({ url });
    return;
  }
  if (way === "here") {
    const done = await tabs.update(tabId, { url }).then(
      () => true,
      // Chrome shows no page of an extension in a private tab: then beside it.
      () => false,
    );
    if (done) return;
  }
  const active = way !== "behind";
  const opener = await tabs.get(tabId).catch(() => undefined);
  if (!opener) {
    await tabs.create({ url, active });
    return;
  }
  const { windowId, index } = opener;
  await tabs
    .create({ url, active, windowId, index: index + 1, openerTabId: tabId })
    .catch(() => tabs.create({ url, active }));
}

/**
 * Whether a link's address is one that opens a page. Others (a program in the
 * address, a mail address) are never opened by us.
 *
 * @param {string} url
 */
export function isWeb(url) {
  try {
    return /^https?:$/.test(new URL(url).protocol);
  } catch {
    return false;
  }
}
