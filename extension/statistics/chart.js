/**
 * Bars of checked mails by day, those with a warning at their foot. A picture with
 * one sentence for those who do not see it; the numbers stand in a table beside it.
 */

const svg = "http://www.w3.org/2000/svg";
const width = 600;
const height = 150;
const left = 34;
const bottom = 20;
const top = 8;

/**
 * @param {StatisticsSummary["days"]} days oldest first
 * @param {string} label what there is to see
 * @param {string} lang
 * @returns {SVGElement}
 */
export function chart(days, label, lang) {
  const picture = element("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": label });
  const most = ceiling(Math.max(1, ...days.map((day) => Math.max(day.checked, day.caution + day.danger))));
  const scale = (height - top - bottom) / most;
  const step = (width - left) / days.length;
  for (const value of [0, most / 2, most].filter(Number.isInteger)) {
    const y = height - bottom - value * scale;
    picture.append(element("line", { x1: left, x2: width, y1: y, y2: y, class: "axis" }));
    picture.append(text(value.toLocaleString(lang), left - 6, y + 4, "end"));
  }
  const format = new Intl.DateTimeFormat(lang, { month: "numeric", day: "numeric" });
  days.forEach(({ day, checked, caution, danger }, i) => {
    const x = left + i * step + step * 0.12;
    let y = height - bottom;
    const quiet = Math.max(0, checked - caution - danger);
    for (const [kind, count] of /** @type {[string, number][]} */ ([["danger", danger], ["caution", caution], ["quiet", quiet]])) {
      if (count === 0) continue;
      const tall = count * scale;
      y -= tall;
      picture.append(element("rect", { class: kind, x, y, width: step * 0.76, height: Math.max(tall - 1, 0.5), rx: 1 }));
    }
    // A date each week, counted from today, which stands at the right.
    if ((days.length - 1 - i) % 7 !== 0) return;
    const last = i === days.length - 1;
    picture.append(text(format.format(new Date(`${day}T12:00:00`)), last ? width : x + step * 0.38, height - 5, last ? "end" : "middle"));
  });
  return picture;
}

/**
 * The next round number: 1, 2, 4, 10, 20, 40, 100 …
 *
 * @param {number} count
 */
function ceiling(count) {
  for (let unit = 1; ; unit *= 10) {
    for (const factor of [1, 2, 4]) if (count <= factor * unit) return factor * unit;
  }
}

/**
 * @param {string} content
 * @param {number} x
 * @param {number} y
 * @param {"middle" | "end"} anchor
 */
function text(content, x, y, anchor) {
  const made = element("text", { x, y, "text-anchor": anchor });
  made.textContent = content;
  return made;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function element(name, attributes) {
  const made = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  return made;
}
