/** Reports on workerd: what the table cannot show, floods and the daily trigger. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import { Miniflare } from "miniflare";
import { migrate, workerOptions } from "../dev.mjs";
import { Limiter, limitReports, limitWindow, network } from "../limit.mjs";
import { send } from "./http.mjs";

/** @type {Miniflare[]} */
const running = [];
after(() => Promise.all(running.map((m) => m.dispose())));

async function start() {
  const miniflare = new Miniflare({
    ...workerOptions({ log: () => {} }),
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  });
  running.push(miniflare);
  await miniflare.ready;
  await migrate(miniflare);
  const origin = await miniflare.unsafeGetDirectURL();
  const db = await miniflare.getD1Database("REPORTS");
  return {
    miniflare,
    count: async () => /** @type {number} */ (await db.prepare("SELECT count(*) AS n FROM reports").first("n")),
    db,
    post: (/** @type {object} */ report, address = "192.0.2.1") =>
      send(origin, "/v1/reports", {
        method: "POST",
        headers: { "Content-Type": "application/json", "CF-Connecting-IP": address },
        body: JSON.stringify(report),
      }),
  };
}

const report = () => ({
  id: randomUUID(),
  kind: "missed",
  verdict: "ok",
  symbols: ["LINK_TEXT_MISMATCH"],
  hosts: ["xn5.cn"],
  rulesVersion: 1795374000,
  language: "en",
});

test("a flood from one address stores a few, one from many stores what it may", async () => {
  const w = await start();
  const answers = await Promise.all(Array.from({ length: 60 }, () => w.post(report())));
  assert.equal(answers.filter((a) => a.status === 201).length, limitReports);
  assert.equal(answers.filter((a) => a.status === 429).length, 60 - limitReports);
  assert.equal(await w.count(), limitReports);
  const many = await Promise.all(Array.from({ length: 30 }, (_, i) => w.post(report(), `198.51.100.${i}`)));
  assert.ok(many.every((a) => a.status === 201), String(many.map((a) => a.status)));
});

test("a report that comes many times at once is stored once", async () => {
  const w = await start();
  const one = report();
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => w.post(one, `198.51.100.${i}`)));
  assert.equal(answers.filter((a) => a.status === 201).length, 1);
  assert.equal(answers.filter((a) => a.status === 200).length, 9);
  assert.equal(await w.count(), 1);
});

test("what is stored does not tell who sent it, or when to the minute", async () => {
  const w = await start();
  await w.post(report(), "203.0.113.77");
  const row = /** @type {Record<string, unknown>} */ (await w.db.prepare("SELECT * FROM reports").first());
  assert.equal(Number(row.received) % 3600, 0);
  assert.ok(!JSON.stringify(row).includes("203.0.113"));
});

test("the daily trigger removes what is too old", async () => {
  const w = await start();
  for (const days of [1, 200]) {
    const { id } = report();
    const received = Math.floor(Date.now() / 3_600_000) * 3600 - days * 86_400;
    await w.db
      .prepare("INSERT INTO reports VALUES (?, ?, 'new', 'missed', 'ok', '', '[]', '[]', 1, 'en', '', '')")
      .bind(id, received)
      .run();
  }
  const worker = /** @type {{ scheduled(o: object): Promise<{ outcome: string }> }} */ (
    /** @type {unknown} */ (await w.miniflare.getWorker())
  );
  const { outcome } = await worker.scheduled({ cron: "17 3 * * *" });
  assert.equal(outcome, "ok");
  assert.equal(await w.count(), 1);
});

test("a database without its tables is said, not shown", async () => {
  const w = await start();
  await w.db.prepare("DROP TABLE reports").run();
  const got = await w.post(report());
  assert.equal(got.status, 503);
  assert.equal(JSON.parse(got.body.toString()).code, "reports-unavailable");
  assert.ok(!got.body.toString().includes("SQL"));
});

test("the limiter forgets, and its binding has the last word", async () => {
  const limiter = new Limiter();
  const now = 1_795_348_800_000;
  for (let i = 0; i <= limitReports; i++) {
    assert.equal(await limiter.allow("192.0.2.1", now), i < limitReports);
  }
  assert.equal(await limiter.allow("192.0.2.2", now), true);
  assert.equal(await limiter.allow("192.0.2.1", now + limitWindow * 1000), true);
  /** @type {string[]} */
  const keys = [];
  const binding = {
    limit: async (/** @type {{ key: string }} */ { key }) => {
      keys.push(key);
      return { success: false };
    },
  };
  assert.equal(await limiter.allow("192.0.2.3", now, binding), false);
  assert.match(keys[0], /^[0-9a-f]{32}$/);
});

test("an address is what one person has", () => {
  for (const [address, want] of [
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:DB8:0001:2::", "2001:db8:1:2"],
    ["2001:db8::1", "2001:db8:0:0"],
    ["", ""],
  ]) {
    assert.equal(network(address), want, address);
  }
});
