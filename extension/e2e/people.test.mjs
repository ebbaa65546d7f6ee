/**
 * What a person does about a mail, in both browsers: call its sender fine and take
 * that back, open the guide, report it, ask about a link, keep a site still. And
 * what leaves the browser meanwhile: nothing but the one report that was pressed.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { bannerBoxes, banners, extensionPage, ownPage, pressInBanner, settled, state, until } from "./inspect.mjs";
import { watchNetwork } from "./network.mjs";
import { shoot } from "./shots.mjs";
import { withoutBrowser, withoutLanguage } from "./suite.mjs";

const fake = "attack/amazon-member-information-final.eml";
const caution = "attack/antivirus-rented-server.eml";
const host = "mail.google.com";
const server = "reports.example";

/** @type {import("./network.mjs").Watched} */
let network;

before(async () => {
  network = await watchNetwork([server], ({ path }) => (path === "/v1/reports" ? { status: 201, type: "application/json", body: "{}" } : undefined));
});
after(() => network?.close());
const given = givenMail(() => [{ files: [fake] }, { files: [caution] }], { elsewhere: (request, response) => network.answer(request, response) });
const { webmails } = given;

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let mail;
    /** How much the browser before this one has asked and sent. */
    let askedBefore = 0;
    let sentBefore = 0;

    // Firefox leads all names to one port: there the webmails' server hands on what is not for it.
    const launched = givenBrowser(name, given, () => ({ lang: "ja", rest: network.port, plain: network.plainPort }), (pages) => ({ own, page: mail } = pages));
    before(async () => {
      askedBefore = network.asked().length;
      sentBefore = network.bodies.length;
      await own.evaluate((reportURL) => (globalThis.browser ?? globalThis.chrome).storage.local.set({ settings: { reportURL } }), `https://${server}`);
    });

    /** @param {string} file @param {string} level */
    async function open(file, level) {
      await mail.goto(webmails.url(host, file, "ja"));
      await mail.waitForSelector("[role=main]:not([hidden]) [data-ready]");
      return settled(own, ({ tab }) => tab.level === level);
    }

    /**
     * A page of ours that a press opened. Firefox shows it to nobody but us: there
     * its address is taken, and opened once more.
     *
     * @param {string} path
     */
    async function opened(path) {
      if (name === "chromium") return until(path, 10_000, async () => (await launched.browser.pages()).find((page) => page.url().startsWith(launched.extension + path)));
      const url = await until(path, 10_000, () => own.evaluate(async (start) => {
        const ext = globalThis.browser ?? globalThis.chrome;
        const tab = (await ext.tabs.query({})).find(({ url }) => url?.startsWith(start));
        if (tab?.id !== undefined) await ext.tabs.remove(tab.id);
        return tab?.url;
      }, launched.extension + path));
      return extensionPage(launched, url.slice(launched.extension.length), "main h1:not(:empty)");
    }

    /**
     * Presses one of our buttons: in the banner, or in the popup where no driver
     * reaches into the banner.
     *
     * @param {number} tabId
     * @param {string} action
     */
    async function press(tabId, action) {
      if (name === "chromium") return pressInBanner(mail, action);
      const popup = await ownPage(launched, tabId);
      await until(`a button: ${action}`, 10_000, () => popup.evaluate((action) => {
        const button = /** @type {HTMLElement | null} */ (document.querySelector(`#messages button.${action}`));
        button?.click();
        return button ? true : undefined;
      }, action));
    }

    test("a sender is called fine, and that is taken back", async (t) => {
      const why = await withoutLanguage(own, "ja", name);
      if (why) return t.skip(why);
      const { tabId } = await open(caution, "caution");
      const quiet = (/** @type {boolean} */ wanted) => until(`a banner, quiet: ${wanted}`, 10_000, async () => {
        const seen = await state(own);
        const view = seen?.tab.messages.find((m) => !m.pending)?.view;
        return view && Boolean(view.quiet) === wanted ? view : undefined;
      });
      await press(tabId, "trust");
      await quiet(true);
      if (name === "chromium") {
        const [banner] = await until("a quiet banner", 10_000, async () => { const all = await banners(mail); return all[0]?.title && all[0].box.height < 160 ? all : undefined; });
        assert.equal(banner.role, "status");
        assert.match(banner.text, /あなたが「信頼する」とした差出人です/);
        await shoot(mail, `people/${name}-quiet`);
      }
      await press(tabId, "untrust");
      await quiet(false);
      assert.deepEqual(await own.evaluate(async () => /** @type {any} */ ((await (globalThis.browser ?? globalThis.chrome).storage.local.get("settings")).settings).trustedSenders), []);
    });

    test("the guide knows the company, and remembers what was ticked", async () => {
      const { tabId } = await open(fake, "danger");
      await press(tabId, "guide");
      const guide = await opened("guide/guide.html");
      const words = () => guide.evaluate(() => document.querySelector("#steps")?.textContent ?? "");
      await until("the stages", 10_000, () => guide.evaluate(() => { const all = [...document.querySelectorAll("#stages input")]; /** @type {HTMLElement} */ (all[1])?.click(); return all.length === 5 ? true : undefined; }));
      await until("steps", 5_000, async () => ((await words()) ? true : undefined));
      assert.match(await words(), /Amazonのパスワードを変える.*メッセージセンターを開く.*非表示にした注文.*#9110.*188.*フィッシング対策協議会.*迷惑メール相談センター/s);
      await guide.evaluate(() => /** @type {HTMLElement} */ (document.querySelector("#steps .step input")).click());
      await until("a tick", 5_000, () => guide.evaluate(() => document.querySelector(".step.done") ? true : undefined));
      if (name === "chromium") {
        await guide.setViewport({ width: 1000, height: 900 });
        await shoot(guide, `people/${name}-guide`);
      }
      // Firefox never says that it has arrived.
      await guide.reload({ timeout: 2_000 }).catch(() => {});
      await until("the tick again", 10_000, () => guide.evaluate(() => document.querySelector(".step.done") ? true : undefined));
      await guide.close();
      await mail.bringToFront();
    });

    test("a report shows what it sends, and sends that, when it is pressed", async () => {
      const { tabId } = await open(fake, "danger");
      await press(tabId, "report");
      const report = await opened("report/report.html");
      const body = await until("the report", 10_000, () => report.evaluate(() => document.querySelector("#body")?.textContent || undefined));
      const text = await report.evaluate(() => /** @type {HTMLTextAreaElement} */ (document.querySelector("#text")).value);
      assert.match(text, /装われた会社：Amazon\n表示された差出人：.*<cs-reply@amazon\.co\.jp>\n件名：.*会員情報.*\nリンクの行き先：pkvq7zt\[\.\]cn/);
      const offices = await report.evaluate(() => document.querySelector("#places")?.textContent ?? "");
      assert.match(offices, /Amazonへの報告.*フィッシング対策協議会.*迷惑メール相談センター/s);
      const link = await report.evaluate(() => {
        const link = /** @type {HTMLAnchorElement} */ (document.querySelector('#places a[href^="mailto:info@antiphishing.jp"]'));
        // Only made ready: no mail program is opened in a test.
        link.addEventListener("click", (event) => event.preventDefault());
        link.click();
        return link.href;
      });
      assert.match(link, /^mailto:info@antiphishing\.jp\?subject=/);
      assert.deepEqual(Object.keys(JSON.parse(body)).sort(), ["brand", "hosts", "id", "kind", "language", "program", "rulesVersion", "symbols", "verdict"]);
      assert.deepEqual(JSON.parse(body).hosts, ["pkvq7zt.cn"]);
      await report.setViewport({ width: 1000, height: 900 });
      await shoot(report, `people/${name}-report`);
      const reports = () => network.asked().slice(askedBefore).filter((line) => line.includes("/v1/reports"));
      assert.deepEqual(reports(), [], "nothing goes before it is pressed");
      // Firefox asks for the permission that lets facts about a mail leave, and takes
      // only a person's own press for their will.
      const may = () => report.evaluate(() => globalThis.browser?.permissions.contains(/** @type {any} */ ({ data_collection: ["personalCommunications"] })));
      if (name === "firefox") assert.equal(await may(), false, "given at install");
      await report.bringToFront();
      await report.focus("#send");
      await report.keyboard.press("Enter");
      await until("thanks", 10_000, () => report.evaluate(() => {
        const said = document.querySelector("#sent")?.textContent ?? "";
        if (/送りました/.test(said)) return true;
        throw new Error(said);
      }));
      if (name === "firefox") assert.equal(await may(), true);
      assert.deepEqual(network.bodies.slice(sentBefore), [body], "what was shown, byte for byte, once");
      await report.close();
      await mail.bringToFront();
    });

    test("the popup: a link dropped on it, the picture of it, and the site kept still", async () => {
      const { tabId } = await open(fake, "danger");
      const popup = await ownPage(launched, tabId);
      await popup.evaluate(() => {
        const data = new DataTransfer();
        data.setData("text/uri-list", "https://www.amazon.co.jp.xn5.cn/ap/signin");
        document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      });
      const seen = await until("a picture", 10_000, () => popup.evaluate(() => {
        const parts = [...document.querySelectorAll(".split dd")].map((part) => part.textContent);
        return parts.length > 0 ? { parts, level: document.querySelector("#link-verdict .verdict")?.className } : undefined;
      }));
      assert.deepEqual(seen.parts, ["www.amazon.co.jp.", "xn5.cn", "/ap/signin"]);
      assert.equal(seen.level, "verdict danger");
      await popup.setViewport({ width: 400, height: 1400 });
      await shoot(popup, `people/${name}-popup`);
      const press = (/** @type {RegExp} */ words) => until(String(words), 10_000, () => popup.evaluate((source) => {
        const button = [...document.querySelectorAll("#site button")].find((b) => new RegExp(source).test(b.textContent ?? ""));
        /** @type {HTMLElement | undefined} */ (button)?.click();
        return button ? true : undefined;
      }, words.source));
      if (await popup.evaluate(() => !(/** @type {HTMLElement} */ (document.querySelector("#site")?.parentElement).hidden))) {
        await press(/では使わない/);
        await until("no banner", 10_000, async () => ((await bannerBoxes(mail)).length === 0 ? true : undefined));
        await press(/を使う/);
        await until("the banner again", 10_000, async () => ((await bannerBoxes(mail)).length === 1 ? true : undefined));
      }
      await popup.close();
    });

    test("nothing else left the browser", async () => {
      // The watch is awake, for plain http too.
      await own.evaluate(() => fetch("http://watched.example/", { mode: "no-cors" }).then(() => {}));
      // The picture is the mail's, as the webmail shows it.
      const asked = network.asked().slice(askedBefore).filter((line) => line !== `OPTIONS ${server}/v1/reports` && !line.startsWith("GET ci3.googleusercontent.com/"));
      assert.deepEqual(asked, [`POST ${server}/v1/reports`, "GET http://watched.example/"]);
    });
  });
}
