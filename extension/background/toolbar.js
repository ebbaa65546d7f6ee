/** @import { Catalogue } from "../view/catalogue.js" */

/**
 * The answer in the toolbar, where no mail can draw: a shape in the icon, the
 * same shape as badge text for those who see no colour, and words on hover.
 *
 * @type {Record<TabLevel, { icon: string, badge: string, title: string }>}
 */
const faces = {
  idle: { icon: "idle", badge: "", title: "toolbar_idle" },
  checking: { icon: "idle", badge: "…", title: "toolbar_checking" },
  ok: { icon: "ok", badge: "〇", title: "toolbar_ok" },
  caution: { icon: "caution", badge: "△", title: "toolbar_caution" },
  danger: { icon: "danger", badge: "×", title: "toolbar_danger" },
  unknown: { icon: "unknown", badge: "?", title: "toolbar_unknown" },
};

/** Badge colours: white letters on each have a contrast of at least 4.5:1. */
const colours = {
  idle: "#5f6368",
  checking: "#5f6368",
  ok: "#1b6e3c",
  caution: "#8a4b00",
  danger: "#b3261e",
  unknown: "#4a4e57",
};

/**
 * Shows a level for a tab, until the tab goes elsewhere. A tab that closed in
 * the meantime is no error.
 *
 * @param {typeof chrome.action} action
 * @param {Catalogue} catalogue
 * @param {number} tabId
 * @param {TabLevel} level
 * @param {boolean} [hidden] the page keeps the banner from being seen: then the
 *   toolbar is all there is, and says so
 */
export async function showLevel(action, { messages }, tabId, level, hidden = false) {
  const { icon, badge, title } = faces[level];
  const path = { 16: `/icons/state-${icon}-16.png`, 32: `/icons/state-${icon}-32.png` };
  await Promise.allSettled([
    action.setIcon({ tabId, path }),
    action.setBadgeText({ tabId, text: hidden ? `${badge}!` : badge }),
    action.setBadgeBackgroundColor({ tabId, color: colours[level] }),
    action.setBadgeTextColor({ tabId, color: "#ffffff" }),
    action.setTitle({ tabId, title: hidden ? messages.toolbar_hidden.replace("{title}", () => messages[title]) : messages[title] }),
  ]);
}
