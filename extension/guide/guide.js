// "I already clicked": what to do, by how far it went and where the person lives.
// Opened beside a mail it knows the brand that was imitated (background/cases.js);
// opened alone it does without.

import { ext } from "../background/ext.js";
import { readCase } from "../background/cases.js";
import { Settings } from "../settings/settings.js";
import { openSurface } from "../shared/surface.js";
import { sentence } from "../view/sentence.js";
import { linkTo, placeNode, shown } from "./place-view.js";
import { placesIn, regionFor, regions } from "./places.js";
import { forgetProgress, readProgress, writeProgress } from "./progress.js";
import { stages, stepsFor } from "./steps.js";

/** @import { Region } from "./places.js" */
/** @import { Step } from "./steps.js" */

const { parts } = globalThis.honmono;
const { lang, messages } = await openSurface("guide_title");
const facts = location.hash ? await readCase(ext.storage.session, location.hash.slice(1)) : undefined;
const { reportAddress } = await new Settings(ext.storage).read();
let progress = await readProgress(ext.storage.local);
if (!regions.includes(/** @type {Region} */ (progress.region))) progress.region = regionFor(lang, navigator.languages);

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const region = /** @type {HTMLSelectElement} */ (at("region"));

region.append(...regions.map((name) => new Option(messages[`guide_region_${name}`], name)));
region.addEventListener("change", () => change({ region: region.value }));
at("print").addEventListener("click", () => window.print());
at("again").addEventListener("click", async () => {
  await forgetProgress(ext.storage.local);
  progress = { happened: [], done: [], region: region.value };
  showStages();
  showSteps();
  at("stages").querySelector("input")?.focus();
});
showStages();
showSteps();

/** @param {Partial<import("./progress.js").Progress>} news */
async function change(news) {
  progress = { ...progress, ...news };
  showSteps();
  await writeProgress(ext.storage.local, progress);
}

function showStages() {
  region.value = progress.region;
  at("stages").replaceChildren(
    ...stages.map((stage) => {
      const { label, input } = choice(messages[`guide_stage_${stage}`], progress.happened.includes(stage));
      input.addEventListener("change", () => change({ happened: toggled(progress.happened, stage, input.checked) }));
      return label;
    }),
  );
}

function showSteps() {
  const steps = stepsFor(progress.happened);
  at("todo").hidden = steps.length === 0;
  at("steps").replaceChildren(...steps.map(stepNode));
  showLeft(steps);
}

/** @param {Step[]} steps */
function showLeft(steps) {
  const left = steps.filter(({ id }) => !progress.done.includes(id)).length;
  at("left").textContent = left === 0 ? messages.guide_left_none : (sentence(messages, "guide_left", { count: left }) ?? "");
}

/** @param {Step} step */
function stepNode(step) {
  const { id } = step;
  const item = parts.element("li", "card step");
  const done = progress.done.includes(id);
  item.classList.toggle("done", done);
  const { label, input, text } = choice("", done);
  const how = messages[`guide_step_${id}_how_${progress.region}`] ?? brandWords(`guide_step_${id}_how`);
  text.append(parts.element("span", "title", brandWords(`guide_step_${id}`)));
  const more = parts.element("p", "how", how);
  more.id = `how-${id}`;
  input.setAttribute("aria-describedby", more.id);
  input.addEventListener("change", async () => {
    progress = { ...progress, done: toggled(progress.done, id, input.checked) };
    item.classList.toggle("done", input.checked);
    showLeft(stepsFor(progress.happened));
    await writeProgress(ext.storage.local, progress);
  });
  item.append(label, more, ...own(step));
  const helpers = placesIn(/** @type {Region} */ (progress.region), step.places ?? []);
  if (helpers.length > 0) {
    const list = parts.element("ul", "places");
    list.append(...helpers.map((place) => placeNode(place, messages)));
    item.append(list);
  }
  return item;
}

/**
 * What belongs to a step because of the mail that it is about, or of where the
 * person works.
 *
 * @param {Step} step
 */
function own({ id, official, report }) {
  /** @type {HTMLElement[]} */
  const nodes = [];
  const row = (/** @type {string} */ url, /** @type {string} */ label) => {
    const line = parts.element("p", "buttons");
    line.append(linkTo(url, label, "button small"), parts.element("bdi", "soft", shown(url)));
    nodes.push(line);
  };
  if (official && facts?.official?.url) row(facts.official.url, facts.official.label ?? "");
  if (report && facts?.report) row(facts.report.url, facts.report.name);
  if (id === "work" && reportAddress) row(`mailto:${reportAddress}`, messages.guide_work_mail);
  return nodes;
}

/**
 * A step's words with the brand's name in them, where a mail told one. A brand
 * may have words of its own: guide_step_orders_how_amazon.
 *
 * @param {string} key
 */
function brandWords(key) {
  const special = facts?.brand && messages[`${key}_${facts.brand}`];
  return special || sentence(messages, key, { brand: facts?.brandName }) || "";
}

/**
 * @param {string} words
 * @param {boolean} checked
 */
function choice(words, checked) {
  const label = parts.element("label", "choice");
  const input = /** @type {HTMLInputElement} */ (parts.element("input", ""));
  input.type = "checkbox";
  input.checked = checked;
  const text = parts.element("span", "", words);
  label.append(input, text);
  return { label, input, text };
}

/**
 * @param {string[]} list
 * @param {string} item
 * @param {boolean} on
 */
function toggled(list, item, on) {
  return [...list.filter((one) => one !== item), ...(on ? [item] : [])];
}
