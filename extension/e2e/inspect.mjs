/**
 * What a person sees of the extension, read from outside: the banner behind its
 * closed shadow root (Chromium shows it to the debugger), and the state that the
 * popup shows, asked for in one of the extension's own pages (both browsers).
 */
import { setTimeout as sleep } from "node:timers/promises";

/**
 * How much longer than a quick machine a slow one may take: limits tell what hangs
 * from what works, and none of them is a matter of speed.
 */
const patience = 3;

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("./browser.mjs").Launched} Launched */

/**
 * A banner as it stands in the page.
 *
 * @typedef {object} Banner
 * @property {string} role "alert" or "status"
 * @property {string} text all that it says, white space folded, what is folded away included
 * @property {string} title its one sentence
 * @property {string} level the word of its class: "danger" or "caution"
 * @property {{x: number, y: number, width: number, height: number}} box on the screen
 */

/**
 * @param {Page} page of Chromium
 * @returns {Promise<Banner[]>} in document order, same-origin frames included
 */
export async function banners(page) {
  const client = await page.createCDPSession();
  try {
    const { root } = await client.send("DOM.getDocument", { depth: -1, pierce: true });
    /** @type {{host: any, sheet: any}[]} */
    const found = [];
    visit(root, (node) => {
      const shadow = (node.shadowRoots ?? []).find((/** @type {any} */ s) => s.shadowRootType === "closed");
      const sheet = shadow?.children?.find((/** @type {any} */ c) => words(c, "class").includes("honmono"));
      if (sheet) found.push({ host: node, sheet });
    });
    return await Promise.all(found.map(async ({ host, sheet }) => {
      const model = await client.send("DOM.getBoxModel", { backendNodeId: host.backendNodeId }).catch(() => undefined);
      const [x = 0, y = 0] = model?.model.border ?? [];
      const head = find(sheet, (n) => words(n, "class").includes("head"));
      const title = find(sheet, (n) => words(n, "class").includes("title"));
      return {
        role: head ? attribute(head, "role") : "",
        text: textOf(sheet),
        title: title ? textOf(title) : "",
        level: words(sheet, "class").find((w) => w === "danger" || w === "caution") ?? "",
        box: { x, y, width: model?.model.width ?? 0, height: model?.model.height ?? 0 },
      };
    }));
  } finally {
    await client.detach().catch(() => {});
  }
}

/**
 * Waits for the banner of an open message, its words included.
 *
 * @param {Page} page of Chromium
 * @param {number} [timeout] milliseconds
 * @returns {Promise<Banner>}
 */
export async function banner(page, timeout = 15_000) {
  return until("a banner", timeout, async () => (await banners(page)).find((b) => b.title !== ""));
}

/**
 * Presses one of the banner's buttons, as a person's pointer does.
 *
 * @param {Page} page of Chromium
 * @param {string} className of the button: "guide", "report", "trust", "fold" …
 */
export async function pressInBanner(page, className) {
  const client = await page.createCDPSession();
  try {
    const { x, y } = await until(`a ${className} button`, 10_000, async () => {
      const { root } = await client.send("DOM.getDocument", { depth: -1, pierce: true });
      const button = find(root, (n) => n.localName === "button" && words(n, "class").includes(className) && words(n, "class").includes("button"));
      if (!button) return undefined;
      await client.send("DOM.scrollIntoViewIfNeeded", { backendNodeId: button.backendNodeId });
      const { model } = await client.send("DOM.getBoxModel", { backendNodeId: button.backendNodeId });
      const [left, top, , , right, bottom] = model.border;
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    });
    await page.mouse.click(x, y);
  } finally {
    await client.detach().catch(() => {});
  }
}

/**
 * What the page itself can tell of banners, in any browser: an element without
 * content or attributes that takes room all the same.
 *
 * @param {Page | import("puppeteer-core").Frame} page
 * @returns {Promise<{x: number, y: number, width: number, height: number}[]>} of the top document, or of the frame's
 */
export function bannerBoxes(page) {
  return page.evaluate(() => [...document.querySelectorAll("div:empty")]
    .filter((div) => div.attributes.length === 0)
    .map((div) => div.getBoundingClientRect())
    .filter((box) => box.width > 200 && box.height > 60)
    .map(({ x, y, width, height }) => ({ x, y, width, height })));
}

/**
 * @param {Page} page
 * @returns {Promise<Awaited<ReturnType<typeof bannerBoxes>>>} of the page and all its frames
 */
export async function allBannerBoxes(page) {
  const boxes = await Promise.all(page.frames().map((frame) => bannerBoxes(frame).catch(() => [])));
  return boxes.flat();
}

/**
 * What is known of every tab that shows mail.
 *
 * @param {Page} own from {@link ownPage}
 * @returns {Promise<{tabId: number, tab: TabState}[]>}
 */
export function tabStates(own) {
  return own.evaluate(async () => {
    const ext = globalThis.browser ?? globalThis.chrome;
    const all = await Promise.all((await ext.tabs.query({})).map(async ({ id }) => ({ tabId: id ?? -1, tab: (await ext.runtime.sendMessage({ type: "state", tabId: id })).ok?.tab })));
    return all.filter(({ tab }) => tab?.active);
  });
}

/**
 * Waits until the open messages of the one tab with mail have these levels, and as
 * many banners are there as are dangerous among them.
 *
 * @param {Page} own
 * @param {Page} page
 * @param {Level[]} levels
 */
export function shows(own, page, levels) {
  return until(`${levels.join(" and ") || "nothing"} (${page.url()})`, 15_000, async () => {
    const [now] = await tabStates(own);
    const messages = now?.tab.messages ?? [];
    const got = messages.map(({ level, pending }) => (pending ? "…" : level)).sort().join();
    const boxes = await allBannerBoxes(page);
    if (got !== [...levels].sort().join() || boxes.length !== levels.filter((level) => level === "danger").length) {
      throw new Error(`${got || "nothing"}, ${boxes.length} banners`);
    }
    return { tabId: now?.tabId ?? -1, messages, boxes };
  });
}

/**
 * Waits until a question of a mail's is under way: the toolbar shows "…" from the
 * moment the background has it until it has answered.
 *
 * @param {Page} own from {@link ownPage}; it sees the toolbar without the background
 */
export function asked(own) {
  return own.evaluate(async () => {
    const ext = globalThis.browser ?? globalThis.chrome;
    const end = Date.now() + 10_000;
    while (Date.now() < end) {
      const tabs = await ext.tabs.query({});
      const badges = await Promise.all(tabs.map(({ id }) => ext.action.getBadgeText({ tabId: id })));
      if (badges.includes("…")) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error("no question within 10 s");
  });
}

/**
 * Opens the popup as a page that stays open beside the mail.
 *
 * @param {Launched} launched
 * @param {number} [tabId] the tab that it speaks about; -1: of none
 * @returns {Promise<Page>}
 */
export async function ownPage({ name, browser, extension }, tabId = -1) {
  const page = await browser.newPage();
  const going = page.goto(`${extension}popup/popup.html?tab=${tabId}`, name === "firefox" ? { timeout: 2_000 } : {});
  // Firefox moves the tab to another process and never says that it has arrived.
  await (name === "firefox" ? going.catch(() => {}) : going);
  await until("a page of the extension", 10_000, () => page.evaluate(() => (document.querySelector("#rules li") ? true : undefined)));
  return page;
}

/**
 * Opens one of the extension's pages.
 *
 * @param {Launched} launched
 * @param {string} path from the package's root, with what follows ? and #
 * @param {string} ready a selector of what is there when the page has said its words
 * @returns {Promise<Page>}
 */
export async function extensionPage({ name, browser, extension }, path, ready) {
  const page = await browser.newPage();
  const going = page.goto(extension + path, name === "firefox" ? { timeout: 2_000 } : {});
  // Firefox moves the tab to another process and never says that it has arrived.
  await (name === "firefox" ? going.catch(() => {}) : going);
  await until(`a ${ready}`, 10_000, () => page.evaluate((ready) => (document.querySelector(ready) ? true : undefined), ready));
  return page;
}

/**
 * The tab that shows mail, and what is known of its messages. One such tab may be
 * open.
 *
 * @param {Page} own from {@link ownPage}
 * @returns {Promise<{tabId: number, badge: string, title: string, tab: TabState, rules: RulesState} | undefined>} undefined while no content script has started
 */
export function state(own) {
  return own.evaluate(async () => {
    const ext = globalThis.browser ?? globalThis.chrome;
    for (const { id } of await ext.tabs.query({})) {
      if (id === undefined) continue;
      const answer = await ext.runtime.sendMessage({ type: "state", tabId: id });
      if (!answer?.ok?.tab.active) continue;
      const [badge, title] = await Promise.all([ext.action.getBadgeText({ tabId: id }), ext.action.getTitle({ tabId: id })]);
      return { tabId: id, badge, title, ...answer.ok };
    }
    return undefined;
  });
}

/**
 * Waits until the toolbar shows a settled answer for the open mail.
 *
 * @param {Page} own
 * @param {(s: NonNullable<Awaited<ReturnType<typeof state>>>) => boolean} [wanted]
 * @param {number} [timeout] milliseconds
 */
export function settled(own, wanted = () => true, timeout = 15_000) {
  return until("a settled answer", timeout, async () => {
    const now = await state(own);
    if (now && now.tab.messages.length > 0 && now.tab.messages.every((m) => !m.pending) && wanted(now)) return now;
    throw new Error(now ? `${now.badge} ${now.tab.messages.map((m) => `${m.key} ${m.pending ? "…" : m.level}`).join(", ")}` : "no tab with mail");
  });
}

/**
 * @template T
 * @param {string} what
 * @param {number} timeout milliseconds, of a quick machine
 * @param {() => Promise<T | undefined>} look
 * @returns {Promise<T>}
 */
export async function until(what, timeout, look) {
  const end = Date.now() + patience * timeout;
  /** @type {unknown} */
  let last;
  for (;;) {
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`no ${what.replace(/^an? /, "")} within ${(patience * timeout) / 1000} s${last ? `: ${last}` : ""}`, { cause: last });
    await sleep(100);
  }
}

/** @param {any} node @param {(node: any) => void} see */
function visit(node, see) {
  see(node);
  for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) visit(child, see);
  if (node.contentDocument) visit(node.contentDocument, see);
}

/** @param {any} node @param {(node: any) => boolean} wanted @returns {any} */
function find(node, wanted) {
  if (wanted(node)) return node;
  for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) {
    const found = find(child, wanted);
    if (found) return found;
  }
  return undefined;
}

/** @param {any} node @param {string} name @returns {string} */
function attribute(node, name) {
  const list = node.attributes ?? [];
  const at = list.findIndex((/** @type {string} */ a, /** @type {number} */ i) => i % 2 === 0 && a === name);
  return at < 0 ? "" : list[at + 1];
}

/** @param {any} node @param {string} name */
function words(node, name) {
  return attribute(node, name).split(/\s+/);
}

/** @param {any} node @returns {string} */
function textOf(node) {
  /** @type {string[]} */
  const parts = [];
  visit(node, (n) => { if (n.nodeType === 3) parts.push(n.nodeValue); });
  return parts.join(" ").replace(/\s+/g, " ").trim();
}
