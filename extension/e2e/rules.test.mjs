/**
 * Rules from the Worker, on real workerd, into the extension in a real browser:
 * an update changes what is recognised; a Worker that is down, slow or wrong
 * changes nothing.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { startWorker } from "../../worker/dev.mjs";
import { endBackground, launch } from "./browser.mjs";
import { pack } from "./extension.mjs";
import { ownPage, settled, state } from "./inspect.mjs";
import { freePort } from "./process.mjs";
import { publisher } from "./publication.mjs";
import { withoutBrowser } from "./suite.mjs";
import { hosts, startWebmails } from "./webmail.mjs";

const fresh = "attack/brand-not-yet-known.eml";
const known = "attack/amazon-prime-auto-renewal.eml";
const host = "mail.google.com";
/** A place that nothing but the blocklist speaks against. */
const blocked = "harbour-notes.net";

const newBrand = {
  "brands/yumenohana.txt": `name: Yumenohana Delivery
name-ja: ユメノハナ便
name: ユメノハナ便

domain: yumenohana-bin.co.jp | invented for a test
keyword: yumenohana

region: jp
category: delivery
`,
};

/** Seconds since 1970; above the built-in set's, whenever that was made. */
const version = Math.floor(Date.now() / 1000) + 86_400;

/** @type {import("./publication.mjs").Publisher} */
let rules;
/** @type {import("./webmail.mjs").Webmails} */
let webmails;
/** @type {Record<"good" | "older" | "forged" | "newer", string>} folders */
let signed;
/** @type {string} */
let verifier;

before(async () => {
  rules = await publisher();
  const good = await rules.key("honmono-test");
  const other = await rules.key("honmono-other");
  verifier = good.verifier;
  signed = {
    good: await rules.sign("good", { key: good.key, version, changes: newBrand, blocked: [`https://www.${blocked}/login`] }),
    older: await rules.sign("older", { key: good.key, version: version - 1 }),
    newer: await rules.sign("newer", { key: good.key, version: version + 2, changes: { ...newBrand, "phones.txt": "abused: 0120-000-000 | amazon | invented for a test\n" } }),
    forged: await rules.sign("forged", { key: other.key, version: version + 1 }),
  };
  webmails = await startWebmails([{ files: [fresh] }, { files: [known] }]);
});
after(async () => {
  await webmails?.close();
  await rules?.remove();
});

/**
 * The blobs of the newer publication, with one digit changed in one of them: still
 * JSON, of the same size.
 *
 * @returns {Promise<Map<string, string>>} by the name they ought to have
 */
async function newerBlobs() {
  const dir = path.join(signed.newer, "blobs");
  const names = await readdir(dir);
  const texts = await Promise.all(names.map((name) => readFile(path.join(dir, name), "utf8")));
  assert.equal(texts.filter((text) => text.includes("0120000000")).length, 1);
  return new Map(names.map((name, i) => [name, texts[i].replace("0120000000", "0120000009")]));
}

/** No text in any encoding. */
const noise = new Uint8Array(5_000).map((_, i) => (i * 7_919) % 256);

/** @param {string} dir */
const manifestOf = async (dir) => new Uint8Array(await readFile(path.join(dir, "manifest")));

for (const name of /** @type {const} */ (["chromium", "firefox"])) {
  describe(name, { skip: withoutBrowser(name) }, () => {
    /** @type {import("./extension.mjs").Packed} */
    let packed;
    /** @type {Awaited<ReturnType<typeof startWorker>>} */
    let worker;
    /** @type {import("./browser.mjs").Launched} */
    let launched;
    /** @type {import("puppeteer-core").Page} */
    let own;
    /** @type {import("puppeteer-core").Page} */
    let page;
    let port = 0;
    let running = false;

    before(async () => {
      port = await freePort();
      worker = await startWorker({ dir: signed.good, port });
      running = true;
      packed = await pack({ rulesURL: worker.url, rulesKeys: [verifier] });
      launched = await launch(name, { extension: packed.dir(name), hosts: Object.fromEntries(hosts.map((h) => [h, webmails.port])) });
      own = await ownPage(launched);
      page = await launched.browser.newPage();
    });
    after(async () => {
      await launched?.close();
      if (running) await worker.stop();
      await packed?.remove();
    });

    /** @param {string} file */
    async function verdictOf(file) {
      const old = new Set((await state(own))?.tab.messages.map((m) => m.key));
      await page.goto(webmails.url(host, file));
      return settled(own, ({ tab }) => tab.messages.some((m) => !old.has(m.key)));
    }

    /** @returns {Promise<{result: string, rules: RulesState}>} */
    async function update() {
      const answer = await own.evaluate(() => (globalThis.browser ?? globalThis.chrome).runtime.sendMessage({ type: "updateRules" }));
      return answer.ok;
    }

    /**
     * Nothing has changed: the rules of the good publication are in use, and they
     * still recognise what only they know.
     *
     * @param {{result: string, rules: RulesState}} after
     * @param {RegExp} code
     */
    async function keptDespite({ result, rules: now }, code) {
      assert.equal(result, "failed");
      assert.match(now.error?.code ?? "", code);
      assert.equal(now.info?.version, version);
      assert.equal(now.info?.source, "signed");
      await page.goto("about:blank");
      assert.equal((await verdictOf(fresh)).tab.messages[0].verdict?.brand, "yumenohana");
    }

    test("the built-in rules work before any update", async () => {
      const seen = await verdictOf(fresh);
      assert.equal(seen.rules.info?.source, "default");
      assert.notEqual(seen.tab.level, "danger");
      assert.equal(seen.tab.messages[0].verdict?.brand ?? "", "");
      assert.equal((await verdictOf(known)).tab.level, "danger");
    });

    test("an update from workerd brings a new brand, and the open mail is read again", async () => {
      await page.goto("about:blank");
      await verdictOf(fresh);
      const { result, rules: now } = await update();
      assert.equal(result, "updated", JSON.stringify(now.error));
      assert.equal(now.info?.version, version);
      assert.equal(now.info?.source, "signed");
      const seen = await settled(own, ({ tab }) => tab.messages[0]?.verdict?.brand === "yumenohana");
      assert.notEqual(seen.tab.level, "ok");
      assert.equal((await update()).result, "current");
    });

    test("the good set outlives the background", async () => {
      if (name === "chromium") assert.ok(await endBackground(launched));
      await page.goto("about:blank");
      const seen = await verdictOf(fresh);
      assert.equal(seen.tab.messages[0].verdict?.brand, "yumenohana");
      assert.equal(seen.rules.info?.version, version);
    });

    test("a place on the blocklist is known by a part that stays on disk until then", async () => {
      /** @param {string} url */
      const levelOf = (url) =>
        own.evaluate(async (url) => {
          const { ok } = await (globalThis.browser ?? globalThis.chrome).runtime.sendMessage({ type: "checkURL", url });
          return [ok.verdict.level, ok.verdict.findings.map((/** @type {Finding} */ f) => f.symbol).join(), ok.verdict.partial ?? false];
        }, url);
      assert.deepEqual(await levelOf(`https://shop.${blocked}/x`), ["danger", "LINK_KNOWN_BAD", false]);
      assert.deepEqual(await levelOf(`https://not-${blocked}/x`), ["ok", "", false]);
    });

    test("an older manifest is refused", async () => {
      await worker.kv.put("manifest", await manifestOf(signed.older));
      await keptDespite(await update(), /older|refused/);
    });

    test("a manifest signed by somebody else is refused", async () => {
      await worker.kv.put("manifest", await manifestOf(signed.forged));
      await keptDespite(await update(), /refused/);
    });

    test("a Worker whose storage holds garbage changes nothing", async () => {
      await worker.kv.put("manifest", noise);
      await keptDespite(await update(), /status|refused/);
    });

    test("a Worker that holds a blob under a wrong name changes nothing", async () => {
      for (const [sha256, text] of await newerBlobs()) await worker.kv.put(`blob/${sha256}`, new TextEncoder().encode(text));
      await worker.kv.put("manifest", await manifestOf(signed.newer));
      await keptDespite(await update(), /status|refused/);
    });

    test("a Worker that is down changes nothing", async () => {
      await worker.stop();
      running = false;
      await keptDespite(await update(), /unreachable/);
    });

    test("something else that answers in its place changes nothing", async () => {
      for (const [content, code] of /** @type {[string | Uint8Array, RegExp][]} */ ([
        ["<!doctype html><title>Sign in to the hotel's network</title>", /refused/],
        [noise, /garbled/],
        [new Uint8Array(1 << 20).fill(65), /too_large/],
      ])) {
        await inItsPlace((response) => response.writeHead(200, { "content-type": "text/plain", "access-control-allow-origin": "*" }).end(content), async () => {
          await keptDespite(await update(), code);
        });
      }
    });

    test("a blob that is not what its name says is refused", async () => {
      const manifest = await manifestOf(signed.newer);
      const blobs = await newerBlobs();
      await inItsPlace((response, url) => response.writeHead(200, { "content-type": "text/plain", "access-control-allow-origin": "*" }).end(url.endsWith("/v1/manifest") ? manifest : blobs.get(path.basename(url))), async () => {
        await keptDespite(await update(), /refused/);
      });
    });

    test("a server that sends elsewhere is not followed", async () => {
      const good = await manifestOf(signed.newer);
      let followed = false;
      await inItsPlace((response, url) => {
        if (url !== "/elsewhere") return response.writeHead(302, { location: "/elsewhere", "access-control-allow-origin": "*" }).end();
        followed = true;
        return response.writeHead(200, { "content-type": "text/plain", "access-control-allow-origin": "*" }).end(good);
      }, async () => {
        await keptDespite(await update(), /unreachable/);
        assert.equal(followed, false);
      });
    });

    test("killed in the middle of an update, it starts with the old rules", { skip: name !== "chromium" && "no way to end Firefox's background from outside" }, async () => {
      const manifest = await manifestOf(signed.newer);
      let waiting = () => {};
      const reached = new Promise((resolve) => (waiting = () => resolve(undefined)));
      await inItsPlace((response, url) => {
        if (url.endsWith("/v1/manifest")) return response.writeHead(200, { "content-type": "text/plain", "access-control-allow-origin": "*" }).end(manifest);
        return waiting(); // and no answer: the manifest is accepted, a section under way
      }, async () => {
        update().catch(() => {}); // its answer dies with the background
        await reached;
        assert.ok(await endBackground(launched));
        await page.goto("about:blank");
        const seen = await verdictOf(fresh);
        assert.equal(seen.tab.messages[0].verdict?.brand, "yumenohana");
        assert.equal(seen.rules.info?.version, version);
        assert.equal(seen.rules.info?.source, "signed");
      });
    });

    test("a Worker that never answers changes nothing", { skip: name !== "chromium" && "it takes half a minute; the code is the same" }, async () => {
      await inItsPlace((response) => response.writeHead(200, { "content-type": "text/plain", "access-control-allow-origin": "*" }).write("honmono rules v1\n"), async () => {
        const updating = update();
        assert.equal((await verdictOf(known)).tab.level, "danger", "mails are judged while it waits");
        await keptDespite(await updating, /timeout/);
      });
    });

    // The last: it leaves the server alone afterwards.
    test("a busy server is left alone for as long as it says", async () => {
      let asked = 0;
      await inItsPlace((response) => {
        asked++;
        return response.writeHead(503, { "retry-after": "3600", "access-control-allow-origin": "*", "access-control-expose-headers": "retry-after" }).end();
      }, async () => {
        await keptDespite(await update(), /busy/);
        await update();
        assert.equal(asked, 1);
      });
    });

    /**
     * @param {(response: http.ServerResponse, url: string) => unknown} answer
     * @param {() => Promise<void>} meanwhile
     */
    async function inItsPlace(answer, meanwhile) {
      const server = http.createServer((request, response) => { answer(response, request.url ?? "/"); }).listen(port, "127.0.0.1");
      await once(server, "listening");
      try {
        await meanwhile();
      } finally {
        server.closeAllConnections();
        server.close();
        await once(server, "close");
      }
    }
  });
}
