// The options page. Each part is a file beside this one: it starts once, and is
// shown anew whenever settings change, here or elsewhere.

import { ext } from "../background/ext.js";
import { ask } from "../shared/surface.js";
import { languageOf } from "../settings/effect.js";
import { startBackup } from "./backup.js";
import { showGeneral, startGeneral } from "./general.js";
import { listControl } from "./list.js";
import { startNumbers } from "./numbers.js";
import { showOrganisation, startOrganisation } from "./organisation.js";
import { at, catalogue, messages, parts, problemText, protectable, settings, showLocks } from "./page.js";
import { showRules, startRules } from "./rules.js";
import { showSites, startSites } from "./sites.js";
import { isOther } from "./webmails.js";

const lists = [
  listControl({ name: "protectedDomains", place: "protected", label: messages.options_protected_add, check: protectable }),
  listControl({ name: "trustedSenders", place: "trusted", label: messages.options_trusted_add }),
  listControl({ name: "sitesOff", place: "sites-off", shown: isOther }),
];

at("version").textContent = ext.runtime.getManifest().version;
/** @type {HTMLAnchorElement} */ (at("privacy")).href = `../privacy/${catalogue.lang}.html`;

startGeneral();
startSites();
startOrganisation();
startBackup();
settings.onChange(show);
await show();
document.body.dataset.ready = "";
await Promise.all([startNumbers(), startRules()]);

async function show() {
  const state = await settings.state();
  // The other language: everything is said anew.
  if (languageOf(state.value, ext.i18n.getUILanguage()) !== catalogue.lang) return location.reload();
  await showManaged(state);
  showGeneral(state);
  for (const list of lists) list(state);
  at("sites-off-part").hidden = !state.value.sitesOff.some(isOther);
  await showSites(state);
  showRules(state);
  showOrganisation(state);
  showLocks(state.value);
}

/**
 * Of the policy's domains the detector knows which cannot be protected.
 *
 * @param {SettingsState} state
 * @returns {Promise<SettingsProblem[]>}
 */
async function unprotectable({ managed }) {
  const domains = managed.protectedDomains ?? [];
  if (domains.length === 0) return [];
  /** @type {string[]} */
  const kept = await ask({ type: "domains", domains }).catch(() => domains);
  return domains.filter((_, i) => kept[i] === "").map((seen) => ({ code: "suffix", name: "protectedDomains", seen }));
}

/** @param {SettingsState} state */
async function showManaged(state) {
  const { isManaged, value } = state;
  const problems = [...state.problems, ...(await unprotectable(state))];
  const place = at("managed");
  place.replaceChildren();
  if (isManaged && value.locked.length > 0) place.append(parts.element("p", "notice", messages.options_managed));
  if (problems.length === 0) return;
  const notice = parts.element("div", "notice");
  const list = parts.element("ul", "list");
  list.append(...problems.slice(0, 20).map((problem) => parts.element("li", "", problemText(problem))));
  notice.append(parts.element("p", "", messages.options_policy_problem), list);
  place.append(notice);
}
