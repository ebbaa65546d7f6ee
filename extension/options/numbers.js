// The statistics: a chart, the same as a table, whom the warnings were about.

import { ext } from "../background/ext.js";
import { chart } from "../statistics/chart.js";
import { Statistics } from "../statistics/statistics.js";
import { plain } from "../view/sentence.js";
import { at, catalogue, messages, parts, say } from "./page.js";

const statistics = new Statistics({ area: ext.storage.local, now: () => new Date() });
const shown = 30;

export async function startNumbers() {
  at("erase").addEventListener("click", async () => {
    await statistics.erase();
    await showNumbers();
    at("statistics-told").textContent = messages.options_statistics_erased;
  });
  ext.storage.local.onChanged.addListener((changes) => {
    if ("statistics" in changes) showNumbers();
  });
  await showNumbers();
}

async function showNumbers() {
  const summary = await statistics.summary(shown);
  const { total, days, brands, since } = summary;
  /** @type {HTMLButtonElement} */ (at("erase")).hidden = since === "";
  if (total.checked === 0) {
    at("numbers").replaceChildren(parts.element("p", "soft", messages.options_statistics_none));
    return;
  }
  const day = new Intl.DateTimeFormat(catalogue.lang, { dateStyle: "long" });
  const sum = days.reduce((all, d) => ({ checked: all.checked + d.checked, caution: all.caution + d.caution, danger: all.danger + d.danger }), { checked: 0, caution: 0, danger: 0 });
  const facts = parts.element("dl", "facts");
  for (const [key, count] of /** @type {[string, number][]} */ ([["checked", total.checked], ["danger", total.danger], ["caution", total.caution]])) {
    facts.append(parts.element("dt", "", messages[`options_statistics_${key}`]), parts.element("dd", "", number(count)));
  }
  const label = say("options_statistics_chart", { count: shown, ...sum });
  at("numbers").replaceChildren(
    parts.element("p", "soft", say("options_statistics_since", { day: day.format(local(since)) })),
    facts,
    chart(days, label, catalogue.lang),
    legend(),
    table(days),
    ...brandsPart(brands),
  );
}

function legend() {
  const list = parts.element("ul", "legend");
  for (const kind of /** @type {const} */ (["danger", "caution", "quiet"])) {
    const item = document.createElement("li");
    const sample = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    sample.setAttribute("viewBox", "0 0 14 14");
    sample.setAttribute("class", "chart");
    sample.setAttribute("aria-hidden", "true");
    const box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    box.setAttribute("class", kind);
    for (const [name, value] of [["width", "14"], ["height", "14"], ["rx", "2"]]) box.setAttribute(name, value);
    sample.append(box);
    item.append(sample, messages[`options_statistics_${kind}`]);
    list.append(item);
  }
  return list;
}

/** @param {StatisticsSummary["days"]} days */
function table(days) {
  const whole = document.createElement("details");
  whole.className = "disclosure";
  whole.append(parts.element("summary", "", messages.options_statistics_table));
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const key of ["day", "checked", "caution", "danger"]) {
    const cell = parts.element("th", key === "day" ? "" : "number", messages[`options_statistics_${key}`]);
    cell.setAttribute("scope", "col");
    head.append(cell);
  }
  const format = new Intl.DateTimeFormat(catalogue.lang, { month: "long", day: "numeric" });
  const body = made.createTBody();
  for (const one of days.filter(({ checked, caution, danger }) => checked + caution + danger > 0).reverse()) {
    const row = body.insertRow();
    const cell = parts.element("th", "", format.format(local(one.day)));
    cell.setAttribute("scope", "row");
    row.append(cell, ...[one.checked, one.caution, one.danger].map((count) => parts.element("td", "number", number(count))));
  }
  const scroll = parts.element("div", "scroll");
  scroll.append(made);
  whole.append(scroll);
  return whole;
}

/** @param {StatisticsSummary["brands"]} brands */
function brandsPart(brands) {
  if (brands.length === 0) return [];
  const list = parts.element("dl", "facts");
  for (const { name, nameJa, count } of brands.slice(0, 10)) {
    list.append(parts.element("dt", "", plain((catalogue.lang === "ja" && nameJa) || name)), parts.element("dd", "", number(count)));
  }
  return [parts.element("h3", "", messages.options_statistics_brands), list];
}

/** @param {number} count */
function number(count) {
  return count.toLocaleString(catalogue.lang);
}

/**
 * Noon, so that no time zone makes another day of it.
 *
 * @param {string} day
 */
function local(day) {
  return new Date(`${day}T12:00:00`);
}
