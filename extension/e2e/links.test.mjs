/**
 * Dangerous links in the page: a click of whatever kind leads to a page of ours,
 * which shows where the link goes and offers the way back first; what the person
 * opens anyway is remembered for that mail; marks move nothing; and any link or
 * text of any page can be asked about.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { accessible, fits, inThemes } from "./axe.mjs";
import { givenBrowser, givenMail } from "./fixture.mjs";
import { bannerBoxes, settled, state, until } from "./inspect.mjs";
import { gmailBody } from "./rewrite.mjs";
import { readMail } from "./mail.mjs";
import { shoot } from "./shots.mjs";
import { withoutBrowser } from "./suite.mjs";

/** @typedef {import("puppeteer-core").Page} Page */

const spoofed = "attack/amazon-member-information-final.eml";
const prime = "attack/amazon-prime-auto-renewal.eml";
const order = "genuine/amazon-order.eml";
/** A mail whose body the tests put another in the place of. */
const kinds = "attack/amazon-breach-of-terms.eml";

const gmail = "mail.google.com";
/** Where the links of the attack lead. */
const bad = "pkvq7zt.cn";

/** Links of every kind, in places that leave no room. */
async function everyKind() {
  const body = gmailBody(await readMail(spoofed));
  const href = /href="(https:\/\/[^"]*pkvq7zt[^"]*)"/.exec(body)?.[1];
  assert.ok(href, "the attack has another link by now");
  const picture = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";
  return () => `${body}<div id="kinds">
    <table style="width:60px;table-layout:fixed"><tr><td style="overflow:hidden"><a id="narrow" target="_blank" href="${href}">確認</a></td></tr></table>
    <p dir="rtl"><a id="rtl" href="${href}">تأكيد الحساب</a> شكرا</p>
    <p><a id="image" target="_blank" href="${href}"><img src="${picture}" alt="Amazon" width="120" height="40"></a></p>
    <a id="block" target="_blank" href="${href}" style="display:block"><img src="${picture}" alt="" width="300" height="30" style="display:block"></a>
    <a id="flex" target="_blank" href="${href}" style="display:flex;gap:20px"><b>今すぐ</b><b>確認</b></a>
    <p style="width:200px;overflow:auto"><a id="long" target="_blank" href="${href}" style="display:inline-block;width:200px;background:#fd0">確認はこちら</a></p>
    <p>文の中に<a id="wrapping" target="_blank" href="${href}">ながいながいながいながいながいながいリンク</a>があります。</p>
    <img src="${picture}" width="100" height="50" usemap="#map" id="mapped" alt=""><map name="map"><area id="area" shape="rect" coords="0,0,100,50" target="_blank" href="${href}" alt="地図のリンク"></map>
    <svg id="drawing" width="160" height="40"><a id="svg" target="_blank" xlink:href="${href}"><rect width="160" height="40" fill="#fd0"/><text x="8" y="26">SVG</text></a></svg>
    <svg id="moving" width="160" height="40"><a target="_blank" href="https://www.amazon.co.jp/"><set attributeName="href" to="https://zkqvtw.cn/moved"/><rect width="160" height="40" fill="#0df"/></a></svg>
    <form id="form" target="_blank" action="${href}" method="get"><input name="q" value="1"><button id="send">送信</button></form></div>`;
}

const mail = givenMail(async () => [{ files: [spoofed] }, { files: [prime] }, { files: [order] }, { files: [kinds], body: await everyKind() }]);
const { webmails } = mail;

/** Requests that reached the place that the attack leads to. */
const led = () => webmails.unknown.filter((asked) => asked.includes(bad));

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {Page} */
    let own;
    /** @type {Page} */
    let page;
    const launched = givenBrowser(name, mail, { lang: "ja", everywhere: true }, (pages) => ({ own, page } = pages));

    /**
     * @param {string} file
     * @param {string} [host]
     */
    async function open(file, host = gmail) {
      await page.goto("about:blank");
      await until("an idle toolbar", 10_000, async () => ((await state(own)) ? undefined : true));
      await page.goto(webmails.url(host, file, "ja"));
      if (host !== gmail) {
        await page.waitForSelector("[data-convid]");
        await page.click(`[data-convid="${webmails.thread(file)}"]`);
      }
      await page.waitForSelector("[role=main]:not([hidden]) [data-ready]");
      return settled(own, ({ tab }) => tab.messages.length > 0);
    }

    /**
     * Waits for a mark, and for the banner, which moves the mail down when it comes.
     *
     * @param {string} selector
     */
    async function marked(selector) {
      await until(`a mark on ${selector}`, 10_000, () => page.evaluate((s) => (/** @type {HTMLElement | null} */ (document.querySelector(s))?.style.outlineStyle === "solid" ? true : undefined), selector));
      await until("a banner", 10_000, async () => (await bannerBoxes(page))[0]);
    }

    // Firefox does not tell where a page of the extension went; the page itself knows.
    const warnings = async () => {
      const others = (await launched.browser.pages()).filter((p) => p !== own && p !== page);
      const places = await Promise.all(others.map((p) => Promise.race([p.evaluate(() => location.href), new Promise((resolve) => setTimeout(resolve, 1_000, ""))]).catch(() => "")));
      return others.filter((_, i) => String(places[i]).startsWith(`${launched.extension}warning/`));
    };

    /** The warning page, its words in place. */
    async function warning() {
      const shown = await until("a warning", 15_000, async () => (await warnings())[0]);
      await until("its words", 10_000, () => shown.evaluate(() => (document.querySelector("main:not([hidden]) h1")?.textContent ? true : undefined)));
      return shown;
    }

    /** @param {Page} shown */
    const read = (shown) => shown.evaluate(() => ({
      text: /** @type {HTMLElement} */ (document.querySelector("main:not([hidden])")).innerText,
      domain: document.querySelector("#facts .domain")?.textContent,
      focus: document.activeElement?.id,
    }));

    /** Closes what is left of a test, the mail's own tab comes forward. */
    async function tidy() {
      const others = (await launched.browser.pages()).filter((p) => p !== page && p !== own && p.url() !== "about:blank");
      for (const other of new Set([...others, ...(await warnings())])) await other.close();
      await page.bringToFront();
    }

    const first = `.a3s a[href*="${bad}"]`;

    test("a click on a dangerous link leads to a page that shows both ends, and back", async () => {
      assert.equal((await open(spoofed)).tab.level, "danger");
      await marked(first);
      await shoot(page, `links/${name}-marked`);
      await page.click(first);
      const shown = await warning();
      const { text, domain, focus } = await read(shown);
      assert.equal(domain, bad);
      assert.equal(focus, "back");
      assert.match(text, /危険なリンクを開く前に止めました/);
      assert.ok(text.includes(await page.evaluate((s) => (document.querySelector(s)?.textContent ?? "").trim().slice(0, 10), first)), text);
      assert.ok(text.indexOf("メールに戻る") < text.indexOf("それでも開きたいとき"));
      await shoot(shown, `links/${name}-warning`);
      // The page goes while it is clicked on, which not every driver survives.
      await shown.evaluate(() => void setTimeout(() => document.getElementById("back")?.click()));
      await until("an end of the warning", 10_000, async () => ((await warnings()).length === 0 ? true : undefined));
      assert.deepEqual(led(), []);
      assert.ok(page.url().startsWith(`https://${gmail}/`), "the mail is where it was");
    });

    const clicks = {
      "the middle button": () => page.click(first, { button: "middle" }),
      "Enter": async () => { await page.focus(first); await page.keyboard.press("Enter"); },
      "Ctrl and a click": async () => { await page.keyboard.down("Control"); await page.click(first); await page.keyboard.up("Control"); },
      "Shift and a click": async () => { await page.keyboard.down("Shift"); await page.click(first); await page.keyboard.up("Shift"); },
    };
    test("so does every other way to follow it", async () => {
      await open(spoofed);
      await marked(first);
      for (const [way, act] of Object.entries(clicks)) {
        await act();
        // A click on a tab that is just coming to the front may reach no page at all: as a person would, once more.
        let again = Date.now() + 5_000;
        const shown = await until(`a warning after ${way}`, 15_000, async () => {
          const [shown] = await warnings();
          if (!shown && Date.now() > again) {
            again = Infinity;
            await act();
          }
          return shown;
        });
        assert.equal(led().length, 0, way);
        await shown.close();
        await page.bringToFront();
      }
    });

    test("the browser's own menu finds an empty page in its place, and the warning follows", async () => {
      await open(spoofed);
      await marked(first);
      await own.evaluate(async () => {
        const { session } = (globalThis.browser ?? globalThis.chrome).storage;
        await session.remove(Object.keys(await session.get(null)).filter((key) => key.startsWith("warning:")));
      });
      // As the browser reads the link when it builds its menu: after the page's own listeners.
      await page.evaluate((s) => {
        const link = /** @type {HTMLAnchorElement} */ (document.querySelector(s));
        link.addEventListener("contextmenu", (event) => { event.preventDefault(); Object.assign(globalThis, { inMenu: link.href }); });
      }, first);
      await page.click(first, { button: "right" });
      const inMenu = await page.evaluate(() => /** @type {any} */ (globalThis).inMenu);
      assert.match(inMenu, /^about:blank/);
      await until("the link as it was", 5_000, () => page.evaluate((s) => (document.querySelector(s) ? true : undefined), first));
      // What the menu's "open in a new tab" does. The browser needs a moment to have told the background.
      await until("a warning at hand", 10_000, () => own.evaluate(async () => (Object.keys(await (globalThis.browser ?? globalThis.chrome).storage.session.get(null)).some((key) => key.startsWith("warning:")) ? true : undefined)));
      const tabId = (await state(own))?.tabId;
      await own.evaluate((openerTabId) => (globalThis.browser ?? globalThis.chrome).tabs.create({ url: "about:blank", active: false, openerTabId }).then(() => {}), tabId);
      await until("a warning in the tab that was opened", 15_000, async () => (await warnings())[0]);
      assert.deepEqual(led(), []);
      await tidy();
    });

    test("a dangerous link is not dragged out, and clicks that nobody made open nothing", async () => {
      await open(spoofed);
      await marked(first);
      const seen = await page.evaluate((s) => {
        const link = /** @type {HTMLElement} */ (document.querySelector(s));
        const drag = new DragEvent("dragstart", { bubbles: true, cancelable: true });
        const click = new MouseEvent("click", { bubbles: true, cancelable: true });
        return { drag: link.dispatchEvent(drag), click: link.dispatchEvent(click) };
      }, first);
      assert.deepEqual(seen, { drag: false, click: false });
      await page.click(first);
      await warning();
      assert.equal((await warnings()).length, 1, "the click that a script made has opened a page too");
      await tidy();
    });

    test("what is opened anyway is opened, and remembered for that mail alone", async () => {
      await open(spoofed);
      await marked(first);
      await page.click(first);
      const shown = await warning();
      await shown.click("#more summary");
      await shown.evaluate(() => void setTimeout(() => document.getElementById("open")?.click()));
      await until("the place itself", 15_000, async () => (led().length > 0 ? true : undefined));
      await tidy();
      webmails.unknown.length = 0;
      await open(spoofed);
      await marked(first);
      await page.click(first);
      await until("the place itself, unasked", 15_000, async () => (led().length > 0 ? true : undefined));
      assert.deepEqual(await warnings(), []);
      await tidy();
      webmails.unknown.length = 0;
      // The same link in another mail is another matter.
      await open(kinds);
      await marked("#block img");
      await page.click("#block");
      await warning();
      assert.deepEqual(led(), []);
      await tidy();
    });

    test("areas, drawings, pictures and forms are links too, and their marks move nothing", async () => {
      await page.goto("about:blank");
      await page.goto(webmails.url(gmail, kinds, "ja"));
      await page.waitForSelector("[data-ready]");
      const layouts = () => page.evaluate(() => {
        const layout = () => {
        const own = [...document.querySelectorAll(".a3s *:not(area)")].filter((e) => !(e.localName === "span" && e.attributes.length === 0 && e.parentElement?.localName === "a" && e.childNodes.length === 0));
        const body = /** @type {Element} */ (document.querySelector(".a3s:not(.undefined)"));
        const { top } = body.getBoundingClientRect();
        return [...own.map((e) => { const b = e.getBoundingClientRect(); return [e.localName, e.id, b.x, b.y - top, b.width, b.height, e.scrollWidth].join(" "); }), body.scrollWidth, body.scrollHeight];
        };
        const marked = layout();
        for (const e of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.a3s [style*="outline"]'))) e.style.outline = e.style.outlineOffset = "";
        for (const sign of document.querySelectorAll(".a3s a > span:empty")) sign.remove();
        return { marked, plain: layout() };
      });
      await marked("#narrow");
      for (const selector of ["#rtl", "#image img", "#block img", "#flex", "#long", "#wrapping", "#mapped", "#drawing"]) await marked(selector);
      const layout = await layouts();
      assert.deepEqual(layout.marked, layout.plain);
      await marked("#rtl");
      await shoot(page, `links/${name}-kinds`, { whole: true });
      webmails.unknown.length = 0;
      for (const selector of ["#mapped", "#drawing", "#moving", "#image", "#send"]) {
        await page.evaluate((s) => document.querySelector(s)?.scrollIntoView({ block: "center" }), selector);
        await page.click(selector);
        const shown = await until(`a warning after ${selector}`, 15_000, async () => (await warnings())[0]);
        await shown.close();
        await page.bringToFront();
        assert.deepEqual(led(), [], selector);
      }
      // A link that would have taken the mail's place is stopped in its place.
      await page.evaluate(() => document.getElementById("rtl")?.scrollIntoView({ block: "center" }));
      await page.click("#rtl");
      const inPlace = () => Promise.race([page.evaluate(() => location.href), new Promise((resolve) => setTimeout(resolve, 1_000, ""))]).catch(() => "");
      await until("a warning in place", 15_000, async () => (String(await inPlace()).includes("/warning/") ? true : undefined));
      await page.waitForSelector("main:not([hidden]) h1");
      await page.evaluate(() => void setTimeout(() => document.getElementById("back")?.click()));
      await until("the mail", 15_000, async () => (String(await inPlace()).startsWith(`https://${gmail}/`) ? true : undefined));
      assert.deepEqual(led(), []);
    });

    test("a mark survives the page's writing the mail anew, and goes where it is no longer due", async () => {
      await open(spoofed);
      await marked(first);
      await page.evaluate(() => {
        const body = /** @type {HTMLElement} */ (document.querySelector(".a3s:not(.undefined)"));
        const copy = document.importNode(body, true);
        for (const link of copy.querySelectorAll("a")) { link.removeAttribute("style"); for (const s of link.querySelectorAll(":scope > span:empty")) s.remove(); }
        body.replaceChildren(...copy.childNodes);
      });
      await marked(first);
      await page.evaluate((s) => { for (const link of document.querySelectorAll(s)) link.setAttribute("href", "https://www.amazon.co.jp/"); }, first);
      await until("no mark", 10_000, () => page.evaluate(() => (document.querySelector('.a3s a[style*="outline"]') ? undefined : true)));
    });

    test("a link that changed after the check is not the one that was checked", async () => {
      await open(spoofed);
      await marked(first);
      // Changed and clicked at once, before anybody can look again.
      await page.evaluate((s) => {
        const link = /** @type {HTMLAnchorElement} */ (document.querySelector(s));
        link.id = "late";
        link.addEventListener("mousedown", () => { link.href = "https://zkqvtw.cn/late"; });
      }, first);
      await page.click("#late");
      const { text, domain } = await read(await warning());
      assert.match(text, /書き換えられて/);
      assert.equal(domain, "zkqvtw.cn");
      assert.deepEqual(webmails.unknown.filter((asked) => asked.startsWith("zkqvtw.cn ")), []);
      await tidy();
    });

    test("links of an honest mail open as ever", async () => {
      await open(order);
      webmails.unknown.length = 0;
      const link = '.a3s a[href*="amazon.co.jp"]';
      await page.click(link);
      await until("the shop", 10_000, async () => (webmails.unknown.some((asked) => asked.startsWith("www.amazon.co.jp ")) ? true : undefined));
      assert.deepEqual(await warnings(), []);
      await tidy();
    });

    test("Outlook's wrapped links are judged as what they wrap", async () => {
      await open(spoofed, "outlook.live.com");
      const wrapped = `a[originalsrc*="${bad}"]`;
      await marked(wrapped);
      await page.click(wrapped);
      const { text, domain } = await read(await warning());
      assert.equal(domain, bad);
      assert.match(text, /経由するサイト/);
      assert.match(text, /safelinks\.protection\.outlook\.com/);
      await tidy();
    });

    for (const [host, path] of [["mail.proton.me", "/u/0/inbox"], ["www.icloud.com", "/mail/"]]) {
      test(`a click is stopped in the frame that ${host} has its mails in`, async () => {
        await page.goto("about:blank");
        await until("an idle toolbar", 10_000, async () => ((await state(own)) ? undefined : true));
        await page.goto(`https://${host}${path}?thread=${webmails.thread(spoofed)}&hl=ja&lang=ja`);
        const link = `a[href*="${bad}"]`;
        const frame = await until("a marked link in a frame", 30_000, async () => {
          for (const one of page.frames().filter((f) => f !== page.mainFrame())) {
            const there = await one.evaluate((s) => (/** @type {HTMLElement | null} */ (document.querySelector(s)))?.style.outlineStyle === "solid", link).catch(() => false);
            if (there) return one;
          }
          return undefined;
        });
        webmails.unknown.length = 0;
        // The banner, and the height that the page gives its frame, move the mail: a click may
        // meet the place where the link was. Nothing follows then, and a person clicks again.
        let again = 0;
        await until("a warning", 30_000, async () => {
          const [shown] = await warnings();
          if (!shown && Date.now() > again) {
            again = Date.now() + 4_000;
            await frame.click(link);
          }
          return shown;
        });
        const { domain } = await read(await warning());
        assert.equal(domain, bad);
        assert.deepEqual(led(), []);
        await tidy();
      });
    }

    test("switched off in the settings, no link is stopped", async () => {
      const set = (/** @type {boolean} */ clickWarning) => own.evaluate(async (on) => {
        const { storage } = globalThis.browser ?? globalThis.chrome;
        const settings = /** @type {object} */ ((await storage.local.get("settings")).settings ?? {});
        await storage.local.set({ settings: { ...settings, clickWarning: on } });
      }, clickWarning);
      await set(false);
      try {
        const link = '.a3s a[style*="outline"]';
        // A page that asked before the background heard of the change still stops its links,
        // and a click may meet the place where a link was before the banner came.
        let again = 0;
        await until("the link's own place", 25_000, async () => {
          if (webmails.unknown.length > 0) return true;
          if (Date.now() < again) return undefined;
          for (const shown of await warnings()) await shown.close();
          await open(prime);
          await page.waitForSelector(link);
          webmails.unknown.length = 0;
          await page.click(link);
          again = Date.now() + 4_000;
          return undefined;
        });
        assert.deepEqual(await warnings(), []);
      } finally {
        await set(true);
      }
      await tidy();
    });

    test("a page that was made up says nothing", async () => {
      const made = await launched.browser.newPage();
      const going = made.goto(`${launched.extension}warning/warning.html#https://www.amazon.co.jp/?text=safe`, { timeout: 3_000 });
      await (name === "firefox" ? going.catch(() => {}) : going);
      await until("its words", 10_000, () => made.evaluate(() => (document.getElementById("gone")?.hidden === false ? true : undefined)));
      assert.doesNotMatch(await made.evaluate(() => document.body.innerText), /amazon|safe/);
      await made.close();
    });
  });
}

for (const lang of /** @type {const} */ (["ja", "en"])) {
  describe(`in ${lang}`, { skip: withoutBrowser("chromium") }, () => {
    const launched = givenBrowser("chromium", mail, { lang, everywhere: true });

    test("the warning and the answer to a question, for every eye and window", async () => {
      const page = await launched.browser.newPage();
      await page.goto(webmails.url(gmail, spoofed, lang));
      const link = await page.waitForSelector('.a3s a[style*="outline"]', { timeout: 15_000 });
      await until("a banner", 10_000, async () => (await bannerBoxes(page))[0]);
      await link?.click();
      const shown = await until("a warning", 15_000, async () => (await launched.browser.pages()).find((p) => p.url().includes("/warning/")));
      await shown.waitForSelector("main:not([hidden]) h1");
      await shown.bringToFront();
      await inThemes(shown, async (theme) => {
        await accessible(shown, `warning ${lang} ${theme}`);
        await shoot(shown, `links/warning-${lang}-${theme}`, { whole: true });
      });
      await shown.click("#more summary");
      await fits(shown, `warning ${lang}`, { shots: `links/warning-${lang}` });

      const worker = await (await launched.browser.waitForTarget((t) => t.type() === "service_worker")).worker();
      const asked = { ja: "当選おめでとうございます。www.amazon.co.jp.xn5.cn/ap と support@amazon.co.jp まで", en: "You won! Go to www.amazon.co.jp.xn5.cn/ap or write to support@amazon.co.jp" }[lang];
      await worker?.evaluate((text) => /** @type {any} */ (globalThis).chrome.contextMenus.onClicked.dispatch({ menuItemId: "ask", selectionText: text }, { id: 1 }), asked);
      const answer = await until("an answer", 15_000, async () => (await launched.browser.pages()).find((p) => p.url().includes("/question/")));
      await answer.waitForSelector("#answers .verdict");
      const levels = await answer.evaluate(() => [...document.querySelectorAll("#answers .verdict")].map((v) => v.className));
      assert.deepEqual(levels, ["verdict danger", "verdict ok"]);
      await inThemes(answer, async (theme) => {
        await accessible(answer, `question ${lang} ${theme}`);
        await shoot(answer, `links/question-${lang}-${theme}`, { whole: true });
      });
      await fits(answer, `question ${lang}`, { at: [320, 520] });
    });
  });
}
