/**
 * Which webmail was seen in which view in which browser: the tests write down
 * every cell once its assertions hold, and docs/webmail.md holds the sum.
 *
 *     node extension/e2e/matrix.mjs --write   puts the table of the last run there
 *     node extension/e2e/matrix.mjs --check   fails where the file says otherwise
 *
 * A cell is tested in both browsers, or it has a reason below. Nothing else.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { root } from "./extension.mjs";

/** @typedef {import("./browser.mjs").BrowserName} BrowserName */

const records = path.join(root, "out/matrix");
const manual = path.join(root, "docs/webmail.md");
const [begin, end] = ["<!-- matrix: made by the tests -->", "<!-- end of matrix -->"];

/** Columns, by id. */
const webmails = /** @type {const} */ ({
  gmail: "Gmail", outlook: "Outlook", yahoo: "Yahoo Mail", "yahoo-japan": "Yahoo!メール", icloud: "iCloud Mail", proton: "Proton Mail",
  fastmail: "Fastmail", roundcube: "Roundcube", sogo: "SOGo", snappymail: "SnappyMail", zimbra: "Zimbra", anything: "any other",
});

/** Rows, by id. */
const views = /** @type {const} */ ({
  attack: "an attack has its banner above the body",
  honest: "an honest mail has none",
  conversation: "a conversation: a verdict each",
  fold: "folded and unfolded",
  next: "next and previous",
  history: "back and forward",
  split: "beside the list",
  window: "in a window of its own",
  print: "print view",
  paper: "the page itself, printed",
  sent: "sent mail is not judged",
  drafts: "drafts are not judged",
  spam: "the spam folder is judged",
  clipped: "clipped: not all of it was read",
  list: "of a list alone nothing is read",
  redraw: "the list is drawn anew",
  tabs: "several tabs",
  zoom: "page zoom",
  dark: "dark mode",
  rtl: "right to left",
  narrow: "a narrow window",
  renamed: "all classes renamed: the fallback",
});

/** Outlook's hosts serve one program; each of them is a host that the rules and the browser must know. */
const outlooks = /** @type {const} */ ({ "outlook.live.com": "outlook.live.com", "outlook.office.com": "outlook.office.com", "outlook.office365.com": "outlook.office365.com", "outlook.cloud.microsoft": "outlook.cloud.microsoft" });
const outlookViews = /** @type {const} */ (["attack", "honest", "next", "sent"]);

/** @typedef {keyof typeof webmails | keyof typeof outlooks} Webmail @typedef {keyof typeof views} View */

const one = "shows one message at a time";
const folder = "no public source says how its page names the folder that is shown; what cannot be told from received mail is judged";
const window_ = "opens no window of its own that any public source describes";
const print = "no public source describes its print view, and it goes to the printer at once; what a person can print is the page, which is the next row";
const empty = "writes the mail into an empty window without an address, in which no script of an extension starts";
const whole = "does not clip mails, as far as public sources say";

/** Why a cell is not tested here. */
const reasons = /** @type {Record<string, string>} */ ({
  "icloud conversation": one, "icloud fold": one, "snappymail conversation": one, "snappymail fold": one, "anything conversation": one, "anything fold": one,
  "roundcube conversation": one, "roundcube fold": one, "sogo conversation": one, "sogo fold": one,
  "icloud sent": folder, "icloud drafts": folder, "yahoo-japan sent": folder, "yahoo-japan drafts": folder, "anything sent": folder, "anything drafts": folder,
  "yahoo window": window_, "yahoo-japan window": window_, "proton window": window_, "icloud window": window_, "anything window": window_, "snappymail window": empty,
  ...Object.fromEntries(["outlook", "yahoo", "yahoo-japan", "icloud", "proton", "fastmail", "zimbra", "anything"].map((id) => [`${id} print`, print])),
  "snappymail print": empty,
  ...Object.fromEntries(Object.keys(webmails).filter((id) => id !== "gmail").map((id) => [`${id} clipped`, whole])),
  "sogo print": "has no print view: it prints the page that shows the mail",
  "roundcube renamed": "the real program runs here, and its classes are what they are",
  "snappymail renamed": "its subject is no heading: without names nothing tells an open mail from a list, and nothing is read",
  "icloud renamed": "sender and body are in frames of different origins: without names nothing says that they belong together, and the toolbar says that the page could not be read",
});

/** The cells that one test file has seen. */
export class Cells {
  /** @type {Set<string>} */
  #seen = new Set();
  #name;

  /** @param {string} name of the test file, for its record */
  constructor(name) {
    this.#name = name;
  }

  /**
   * @param {Webmail} webmail
   * @param {View} view
   * @param {BrowserName} browser
   */
  seen(webmail, view, browser) {
    this.#seen.add(`${webmail} ${view} ${browser}`);
  }

  /**
   * Writes them down, in place of what the file saw in its last run.
   *
   * @param {boolean} [part] the run was of some webmails only: beside that, then
   */
  async save(part = false) {
    const file = path.join(records, `${this.#name}.json`);
    await mkdir(records, { recursive: true });
    const before = part ? JSON.parse(await readFile(file, "utf8").catch(() => "[]")) : [];
    await writeFile(file, JSON.stringify([...new Set([...before, ...this.#seen])].sort(), null, 1));
  }
}

/** @returns {Promise<Set<string>>} of all test files' last runs */
async function recorded() {
  const files = (await readdir(records)).filter((name) => name.endsWith(".json"));
  const lists = await Promise.all(files.map(async (name) => JSON.parse(await readFile(path.join(records, name), "utf8"))));
  return new Set(lists.flat());
}

/**
 * @param {Set<string>} seen
 * @returns {{ text: string, holes: string[] }} holes: cells neither tested nor explained
 */
export function table(seen) {
  /** @type {string[]} */
  const notes = [];
  /** @type {string[]} */
  const holes = [];
  const note = (/** @type {string} */ reason) => {
    if (!notes.includes(reason)) notes.push(reason);
    return `<sup>${notes.indexOf(reason) + 1}</sup>`;
  };
  const names = /** @type {const} */ ({ chromium: "C", firefox: "F" });
  const cell = (/** @type {string} */ webmail, /** @type {string} */ view) => {
    const all = reasons[`${webmail} ${view}`];
    if (all && !seen.has(`${webmail} ${view} chromium`)) return `–${note(all)}`;
    return Object.entries(names).map(([browser, letter]) => {
      if (seen.has(`${webmail} ${view} ${browser}`)) return letter;
      const reason = reasons[`${browser} ${view}`] ?? all;
      if (!reason) holes.push(`${webmail} ${view} ${browser}`);
      return reason ? `–${note(reason)}` : "?";
    }).join(" ");
  };
  /**
   * @param {Record<string, string>} columns
   * @param {readonly string[]} rows
   */
  const made = (columns, rows) => [
    `| | ${Object.values(columns).join(" | ")} |`,
    `|---|${Object.keys(columns).map(() => "---|").join("")}`,
    ...rows.map((view) => `| ${views[/** @type {View} */ (view)]} | ${Object.keys(columns).map((webmail) => cell(webmail, view)).join(" | ")} |`),
  ].join("\n");
  const first = made(webmails, Object.keys(views));
  const second = made(outlooks, outlookViews);
  const text = `${first}\n\nOutlook under each of its host names:\n\n${second}\n\nC: Chromium. F: Firefox. –: not tested here, because\n\n${notes.map((reason, i) => `${i + 1}. ${reason}`).join("\n")}\n`;
  return { text, holes };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text, holes } = table(await recorded());
  const page = await readFile(manual, "utf8");
  const [head, rest] = page.split(begin);
  const made = `${head}${begin}\n${text}${end}${rest.split(end)[1]}`;
  if (process.argv.includes("--write")) await writeFile(manual, made);
  for (const hole of holes) console.error(`matrix: neither tested nor explained: ${hole}`);
  const stale = !process.argv.includes("--write") && made !== page;
  if (stale) console.error("matrix: docs/webmail.md does not say what this run saw; node extension/e2e/matrix.mjs --write, and read the diff");
  process.exitCode = holes.length > 0 || stale ? 1 : 0;
}
