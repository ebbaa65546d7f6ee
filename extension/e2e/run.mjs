/**
 * `make run`: the whole of it on this machine. Rules are signed afresh and served
 * by the Worker on workerd, the extension is packed and put into a browser, and a
 * small mailbox shows mails of testdata.
 *
 *     node extension/e2e/run.mjs [--browser chromium|firefox] [--lang ja|en] [--tour] [--all]
 *
 * With a display the browser stays open for a person. Without one, or with
 * --tour, it is driven: every mail is opened, what the page says is printed, and
 * screenshots are saved under out/run/. The exit status is then 1 if an attack
 * was let through or an honest mail was not left alone. It needs
 * build/detector.wasm and worker/build (make wasm worker).
 */
import { access, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { startWorker } from "../../worker/dev.mjs";
import { aptLine, findBrowser, launch } from "./browser.mjs";
import { startDemo } from "./demo.mjs";
import { honmono, pack, root } from "./extension.mjs";
import { banner, banners, ownPage, settled, state } from "./inspect.mjs";
import { messagesDir } from "./mail.mjs";
import { shoot } from "./shots.mjs";

/** What lies in the mailbox, unless --all. */
const inbox = [
  "attack/amazon-member-information-final", "genuine/amazon-order", "attack/amazon-prime-auto-renewal", "genuine/amazon-sign-in-approval",
  "attack/amazon-breach-of-terms", "attack/amazon-default-on-contract", "genuine/newsletter-click-trackers", "attack/amazon-invented-order",
  "attack/amazon-prime-expired-payment", "genuine/friend-mentions-amazon", "attack/amazon-payment-method", "attack/amazon-pickup-spot-coupon",
  "genuine/news-about-phishing", "attack/jcb-usage-check", "genuine/smbc-card-payment-amount", "attack/ekinet-auto-withdrawal", "genuine/ekinet-reservation",
  "attack/yamato-redelivery-shortener", "genuine/yamato-delivery", "attack/own-organisation-password-ja", "attack/paypal-unauthorised-payment",
  "genuine/paypal-receipt", "attack/microsoft-quarantine", "genuine/microsoft-sign-in",
].map((name) => `${name}.eml`);

const shapes = { danger: "×", caution: "△", ok: "〇", unknown: "?" };

/** @type {(() => Promise<unknown>)[]} what is to be ended, the last first */
const endings = [];
let ending = false;
async function end() {
  if (ending) return;
  ending = true;
  for (const close of endings.reverse()) await close().catch(() => {});
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end().then(() => process.exit(0)));

try {
  process.exitCode = await run();
} catch (error) {
  console.error(`run: ${/** @type {Error} */ (error).message}`);
  process.exitCode = 1;
} finally {
  await end();
}

async function run() {
  const { values } = parseArgs({ options: { browser: { type: "string" }, lang: { type: "string" }, tour: { type: "boolean" }, all: { type: "boolean" } } });
  const name = chooseBrowser(values.browser);
  if (!name) {
    console.error(`No browser found. On Debian, one of:\n  sudo ${aptLine.chromium}\n  sudo ${aptLine.firefox}`);
    return 1;
  }
  const display = process.platform === "darwin" || process.platform === "win32" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const tour = values.tour || !display;
  const lang = values.lang === "en" || (values.lang === undefined && !/^ja/.test(process.env.LC_ALL || process.env.LANG || "ja")) ? "en" : "ja";

  const verifier = await developerKey();
  const rulesDir = path.join(root, "out/run/rules");
  await rm(rulesDir, { recursive: true, force: true });
  process.stdout.write(await honmono(["rules", "sign", "--out", rulesDir, "--key", path.join(root, ".keys/honmono-dev.key")]));
  const worker = await startWorker({ dir: rulesDir });
  endings.push(() => worker.stop());
  console.log(`rules served by workerd at ${worker.url}/`);

  const demo = await startDemo({ files: values.all ? await everything() : inbox });
  endings.push(() => demo.close());
  console.log(`demo mailbox at ${demo.origin}/`);
  const packed = await pack({ out: path.join(root, "out/run/extension"), origins: [demo.origin], rulesURL: worker.url, rulesKeys: [verifier] });

  const launched = await launch(name, { extension: packed.dir(name), lang, headless: !display, viewport: tour ? { width: 1280, height: 900 } : null });
  endings.push(() => launched.close());
  const own = await ownPage(launched);
  const { result, rules } = await own.evaluate(async () => (await (globalThis.browser ?? globalThis.chrome).runtime.sendMessage({ type: "updateRules" })).ok);
  if (result === "failed") throw new Error(`the extension could not fetch the rules: ${rules.error?.code} ${rules.error?.detail}`);
  console.log(`${name} runs on rules ${rules.info.version} (${rules.info.source}), ${rules.info.brands} brands\n`);

  const page = await launched.browser.newPage();
  if (tour) return show(launched, own, page, demo, lang);
  await own.close();
  await page.goto(demo.url(demo.mails[0], lang));
  console.log("The browser is yours. Close it, or press Ctrl+C here, to end.");
  await new Promise((resolve) => launched.browser.once("disconnected", resolve));
  return 0;
}

/**
 * @param {import("./browser.mjs").Launched} launched
 * @param {import("puppeteer-core").Page} own
 * @param {import("puppeteer-core").Page} page
 * @param {import("./demo.mjs").Demo} demo
 * @param {"ja" | "en"} lang
 */
async function show(launched, own, page, demo, lang) {
  const wrong = [];
  for (const [i, mail] of demo.mails.entries()) {
    const old = new Set((await state(own))?.tab.messages.map((m) => m.key));
    await page.goto(demo.url(mail, lang));
    const { badge, tab } = await settled(own, (s) => s.tab.messages.some((m) => !old.has(m.key)));
    const { level } = tab;
    const warned = level === "danger" || level === "caution";
    const view = tab.messages[0]?.view;
    const seen = launched.name === "chromium" ? (warned ? [await banner(page)] : await banners(page)) : undefined;
    // Firefox shows nobody what is behind a closed shadow root: there it is the view that the banner is made of.
    const said = seen ? seen.map((b) => b.title).join(" ") : warned ? view?.title : "";
    console.log(`${shapes[/** @type {keyof typeof shapes} */ (level)] ?? "…"} ${String(level).padEnd(7)} ${mail.from.name || mail.from.address} — ${mail.subject}`);
    console.log(`    ${said || `no banner; toolbar ${badge}`}`);
    if (warned !== mail.file.startsWith("attack/")) wrong.push(mail.file);
    await shoot(page, `run/${String(i + 1).padStart(2, "0")}-${mail.id}`);
  }
  console.log(`\n${demo.mails.length} mails, screenshots in out/run/`);
  for (const file of wrong) console.log(`wrong: ${file}`);
  return wrong.length > 0 ? 1 : 0;
}

/**
 * @param {string | undefined} wanted
 * @returns {import("./browser.mjs").BrowserName | undefined}
 */
function chooseBrowser(wanted) {
  if (wanted !== undefined && wanted !== "chromium" && wanted !== "firefox") throw new Error(`--browser is chromium or firefox, not ${JSON.stringify(wanted)}`);
  /** @type {import("./browser.mjs").BrowserName[]} */
  const names = wanted ? [wanted] : ["chromium", "firefox"];
  return names.find((name) => findBrowser(name));
}

/** @returns {Promise<string>} the verifier key of this machine's developer key, made at first need */
async function developerKey() {
  const file = path.join(root, ".keys/honmono-dev.pub");
  await access(file).catch(() => honmono(["rules", "keygen", "--out", path.join(root, ".keys")]));
  return (await readFile(file, "utf8")).trim();
}

/** @returns {Promise<string[]>} all attacks and genuine mails of testdata */
async function everything() {
  const folders = await Promise.all(["attack", "genuine"].map(async (folder) => (await readdir(path.join(messagesDir, folder))).map((name) => `${folder}/${name}`)));
  return folders.flat().filter((file) => file.endsWith(".eml") && file !== "attack/brand-not-yet-known.eml").sort();
}
