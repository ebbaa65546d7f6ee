/**
 * Lets a visitor try the detector: a link or a raw mail, judged by the detector
 * that the extension runs, in this page. Nothing that is typed or dropped here
 * leaves it: the program and its rules are fetched once, before anything is
 * judged, and a test watches that no request follows.
 */
import { Detector } from "./background/detector.js";
import { startProgram } from "./background/program.js";
import { loadCatalogue } from "./view/catalogue.js";
import { buildView, failureView } from "./view/view.js";
import { largest, NotMail, readMail } from "./mail.js";

const { parts } = globalThis.honmono;
const lang = document.documentElement.lang === "ja" ? "ja" : "en";

/** @param {string} id */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const section = at("try");
const result = at("result");
const words = section.dataset;

/** @param {string} path */
const urlOf = (path) => new URL(path, import.meta.url).href;

const detector = new Detector({ start: () => startProgram(urlOf("detector.wasm")) });
/** @type {ReturnType<typeof loadCatalogue> | undefined} */
let catalogue;
/** The last question: an answer that comes after the next one is asked is dropped. */
let asked = 0;

section.hidden = false;
// The program is some megabytes: it comes when somebody reaches for it.
section.addEventListener("focusin", () => void ready().catch(() => {}), { once: true });

async function ready() {
  catalogue ??= loadCatalogue(lang, urlOf);
  catalogue.catch(() => (catalogue = undefined));
  const [texts] = await Promise.all([catalogue, detector.warm()]);
  const { brands, phrases, webmails } = await detector.ask("rulesInfo", {});
  const number = new Intl.NumberFormat(lang);
  at("content").textContent = (words.content ?? "")
    .replace("{brands}", number.format(brands))
    .replace("{phrases}", number.format(phrases))
    .replace("{webmails}", number.format(webmails));
  return texts;
}

/**
 * @param {(texts: Awaited<ReturnType<typeof loadCatalogue>>) => Promise<View>} judge
 */
async function judge(judge) {
  const mine = ++asked;
  result.replaceChildren(parts.element("p", "soft", words.checking));
  /** @type {HTMLElement} */
  let answer;
  try {
    const view = await judge(await ready());
    answer = parts.element("div", `verdict ${view.level}`);
    answer.append(parts.element("div", "head"));
    parts.fill(answer, view);
  } catch (error) {
    const text = error instanceof NotMail ? words.nomail : error instanceof RangeError ? words.toolarge : words.failed;
    answer = parts.element("p", "verdict unknown", text);
  }
  if (mine === asked) {
    result.replaceChildren(answer);
  }
}

at("link-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const url = /** @type {HTMLInputElement} */ (at("link")).value.trim();
  void judge(async (texts) => buildView(await detector.ask("checkURL", { url }), texts, "url"));
});

/** @param {Uint8Array} raw */
function judgeMail(raw) {
  void judge(async (texts) => {
    if (raw.byteLength > largest) {
      throw new RangeError("too large");
    }
    try {
      const view = buildView(await detector.ask("check", { message: await readMail(raw) }), texts);
      return { ...view, actions: [] };
    } catch (error) {
      if (error instanceof NotMail) throw error;
      return failureView("detector", texts);
    }
  });
}

at("mail-form").addEventListener("submit", (event) => {
  event.preventDefault();
  judgeMail(new TextEncoder().encode(/** @type {HTMLTextAreaElement} */ (at("mail")).value.trimStart()));
});

const file = /** @type {HTMLInputElement} */ (at("file"));
file.addEventListener("change", async () => {
  const [chosen] = file.files ?? [];
  if (chosen) judgeMail(new Uint8Array(await chosen.slice(0, largest + 1).arrayBuffer()));
});
section.addEventListener("dragover", (event) => event.preventDefault());
section.addEventListener("drop", async (event) => {
  const [dropped] = event.dataTransfer?.files ?? [];
  if (!dropped) return;
  event.preventDefault();
  judgeMail(new Uint8Array(await dropped.slice(0, largest + 1).arrayBuffer()));
});

at("sample").addEventListener("click", async () => {
  const text = await (await fetch(urlOf(`sample-${lang}.eml`))).text();
  const mail = /** @type {HTMLTextAreaElement} */ (at("mail"));
  mail.value = text;
  judgeMail(new TextEncoder().encode(text));
});
