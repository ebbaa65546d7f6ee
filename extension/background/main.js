// The background: Chrome runs it as a service worker, Firefox as an event page,
// and both end it when it rests. So every listener is registered before the
// first await, what they need is loaded when they are called, and nothing is
// kept here that may not be lost.

import "../wasm_exec.js";
import { isUpdateAlarm, scheduleUpdates } from "../rules/schedule.js";
import { RulesStore } from "../rules/store.js";
import { Updater } from "../rules/updater.js";
import { isOff, languageOf, readerFor, rulesConfig } from "../settings/effect.js";
import { Settings } from "../settings/settings.js";
import { bannerCSS } from "../shared/sheets.js";
import { Statistics } from "../statistics/statistics.js";
import { Tally } from "../statistics/tally.js";
import { loadCatalogue } from "../view/catalogue.js";
import { Deeds } from "./deeds.js";
import { Detector } from "./detector.js";
import { ext } from "./ext.js";
import { LinkMenus } from "./menus.js";
import { openAs } from "./opening.js";
import { Pages } from "./pages.js";
import { portKeeper } from "./ports.js";
import { startProgram } from "./program.js";
import { Questions } from "./questions.js";
import { isAlive, Reader } from "./reader.js";
import { Relay } from "./relay.js";
import { router } from "./router.js";
import { isAllowed, isSite, startIn, syncSites } from "./sites.js";
import { Tabs } from "./tabs.js";
import { showLevel } from "./toolbar.js";
import { Warnings } from "./warnings.js";

const urlOf = ext.runtime.getURL;
const now = () => Math.floor(Date.now() / 1000);

const settings = new Settings(ext.storage);
/** The settings in force; read again after each change. */
let current = once(() => settings.read());
const catalogues = {
  ja: once(() => loadCatalogue("ja", urlOf)),
  en: once(() => loadCatalogue("en", urlOf)),
};
const catalogue = async () => catalogues[languageOf(await current(), ext.i18n.getUILanguage())]();
const css = once(() => bannerCSS(urlOf));
/** What the rules come from and on whose word; written out, to see it change. */
const source = async () => {
  /** @type {Config} */
  const packed = await (await fetch(urlOf("config.json"))).json();
  return JSON.stringify(rulesConfig(await current(), packed));
};
const makeUpdater = async () => {
  /** @type {Config} */
  const config = JSON.parse(await source());
  const store = new RulesStore(ext.storage.local);
  await store.trust(config.rulesKeys);
  return new Updater({ config, ask: detector.ask, store, now, changed: announceRules });
};
let updater = once(makeUpdater);

const detector = new Detector({
  start: () => startProgram(urlOf("detector.wasm")),
  prepare: async (ask) => (await updater()).restore(ask),
  recall: async (hashes) => (await updater()).recall(hashes),
});
const tabs = new Tabs({
  area: ext.storage.session,
  show: async (tabId, level, hidden) => showLevel(ext.action, await catalogue(), tabId, level, hidden),
  alive: (tabId, frameId) => isAlive(ext.tabs, tabId, frameId),
});
const person = readerFor(detector.ask);
const knowing = async () => person(await current());
const statistics = new Statistics({ area: ext.storage.local, now: () => new Date() });
/** @type {Ask} one link, for this person */
const askFor = async (method, request) => detector.ask(method, { ...request, ...(await knowing()) });
const area = ext.storage.session;
const menus = new LinkMenus(ext);
const warnings = new Warnings({
  area, ask: askFor, tabs, menus, catalogue,
  open: (way, tabId, url) => openAs(ext, way, tabId, url),
  pageURL: urlOf("warning/warning.html"),
  wanted: async ({ url, tabURL }) => (await current()).clickWarning && !isOff(await current(), [url, tabURL]),
});
const questions = new Questions({ area, ask: askFor, menus, catalogue, api: ext, pageURL: urlOf("question/question.html") });
const deeds = new Deeds({
  tabs,
  session: ext.storage.session,
  settings,
  show: (path) => ext.tabs.create({ url: urlOf(path) }),
  rules: async () => (await detector.ask("rulesInfo", {})).version,
});
const reader = new Reader({
  ask: detector.ask, tabs, catalogue, css, deeds, relay: new Relay(ext.tabs), warnings,
  warm: () => knowing().then((who) => detector.warm(who), () => {}),
  settings: () => current(), allowed: (url) => isAllowed(ext, url), own: () => settings.own(), reader: knowing,
  tally: new Tally({ statistics, wanted: async () => (await current()).statistics }),
});

ext.runtime.onMessage.addListener(
  router(
    { id: ext.runtime.id, origin: urlOf("") },
    {
      page: (request, frame) => reader.answer(request, frame),
      popup: async (request) => {
        // Asked right after settings were written: the news of it may come later.
        if (request.type === "updateRules") await settled();
        return new Pages({ ask: detector.ask, tabs, updater: await updater(), catalogue, reader: knowing, deeds, warnings, questions }).answer(request);
      },
    },
  ),
);

// A port is open while a page may show mail: it and its pings keep this background
// warm, and its end says that the page has gone.
ext.runtime.onConnect.addListener(
  portKeeper(ext.runtime.id, {
    opened: (frame) => reader.opened(frame).catch(() => {}),
    left: (tabId, frameId) => tabs.leave(tabId, frameId),
  }),
);

ext.alarms.onAlarm.addListener(async (alarm) => {
  if (isUpdateAlarm(alarm)) await (await updater()).update();
});

/** @type {Promise<void>} */
let settling = Promise.resolve();
function settled() {
  settling = settling.then(settle).catch(() => {});
  return settling;
}
settings.onChange(settled);

// Firefox for Android has no such menu.
ext.contextMenus?.onClicked.addListener((info, tab) => questions.chosen(info, tab));

ext.runtime.onInstalled.addListener(({ reason }) => {
  questions.offer();
  if (reason === "install") welcome();
});

// What is to be done at the background's start, below, is done at every start;
// the menu keeps its entry while the background rests.
ext.runtime.onStartup.addListener(() => questions.offer());

ext.permissions.onRemoved.addListener(async () => {
  await sync();
  await announceRules();
});
ext.permissions.onAdded.addListener(async ({ origins = [] }) => {
  await sync();
  const sites = origins.filter(isSite);
  if (sites.length === 0) return;
  // Known by their addresses, which the grant lets us see: it may have been asked for in another window.
  for (const { id } of await ext.tabs.query({ url: sites })) {
    if (id === undefined) continue;
    await startIn(ext, id).catch(() => {});
    // Where the scripts are there from an earlier grant, they do not start again.
    await ext.tabs.sendMessage(id, { type: "rules" }).catch(() => {});
  }
});

/** @type {Promise<void>} one after the other: registering twice is an error */
let syncing = Promise.resolve();
function sync() {
  syncing = syncing.then(() => syncSites(ext)).catch(() => {});
  return syncing;
}

scheduleUpdates(ext.alarms, Math.random);
sync();

/** Opens the first page; not for people whose administrator installed us. */
async function welcome() {
  /** @type {Config} */
  const config = await (await fetch(urlOf("config.json"))).json();
  const { installType } = await ext.management.getSelf();
  if (config.welcome === false || installType === "admin") return;
  await ext.tabs.create({ url: urlOf("welcome/welcome.html") });
}

/** Puts changed settings in force: open pages are read anew, by other rules maybe. */
async function settle() {
  const [before, sourceBefore] = [JSON.stringify(await current()), await source()];
  current = once(() => settings.read());
  if (JSON.stringify(await current()) === before) return;
  if ((await source()) !== sourceBefore) {
    updater = once(makeUpdater);
    detector.renew();
    // Not waited for: who asks for an update meanwhile shares this one.
    (await updater()).update();
  }
  await questions.offer();
  await announceRules();
}

/** Tells open pages to read themselves anew, by the adapters of the new rules. */
async function announceRules() {
  for (const tabId of await tabs.known()) {
    ext.tabs.sendMessage(tabId, { type: "rules" }).catch(() => {});
  }
}

/**
 * Loads something when it is first needed; a failure is tried again.
 *
 * @template T
 * @param {() => Promise<T>} load
 * @returns {() => Promise<T>}
 */
function once(load) {
  /** @type {Promise<T> | undefined} */
  let value;
  return () => (value ??= load().catch((error) => ((value = undefined), Promise.reject(error))));
}
