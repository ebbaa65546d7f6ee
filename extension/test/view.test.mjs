// From a verdict to what people read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { splitHost } from "../view/host.js";
import { plain, sentence } from "../view/sentence.js";
import { buildView, failureView } from "../view/view.js";
import { catalogues } from "./files.mjs";

const { en, ja } = catalogues;

/** A fake Amazon mail, as the detector judges it. */
const amazon = {
  level: "danger",
  score: 14,
  brand: "amazon",
  findings: [
    { symbol: "TEXT_THREAT", group: "text", weight: 6, evidence: { phrase: "アカウント停止" } },
    {
      symbol: "BRAND_FOREIGN_LINK",
      group: "claim",
      weight: 5,
      evidence: { brand: "amazon", brandName: "Amazon", host: "www.amazon.co.jp.xn5.cn", domain: "xn5.cn", link: 1 },
    },
    {
      symbol: "LOOKALIKE_EMBEDDED",
      group: "lookalike",
      weight: 3,
      evidence: { brandName: "Amazon", host: "www.amazon.co.jp.xn5.cn", domain: "xn5.cn", target: "amazon.co.jp", link: 1 },
    },
    { symbol: "TEXT_DEADLINE", group: "text", weight: 1, evidence: { phrase: "24時間以内" } },
    { symbol: "TEXT_GENERIC_SALUTATION", group: "text", weight: 0.5, evidence: { phrase: "会員様" } },
    { symbol: "LIST_MAIL", group: "context", weight: -1 },
  ],
  links: [
    {
      href: " https://www.amazon.co.jp.xn5.cn/ap ",
      text: "今すぐ確認する",
      host: "www.amazon.co.jp.xn5.cn",
      registrableDomain: "xn5.cn",
      level: "danger",
      brand: "amazon",
      symbols: ["BRAND_FOREIGN_LINK", "LOOKALIKE_EMBEDDED"],
    },
    { href: "https://www.amazon.co.jp/", text: "ヘルプ", host: "www.amazon.co.jp", registrableDomain: "amazon.co.jp", level: "ok", brand: "amazon" },
  ],
  advice: [
    { symbol: "ADVICE_DO_NOT_CLICK" },
    { symbol: "ADVICE_OFFICIAL_CHECK", brand: "amazon", name: "メッセージセンター", url: "https://www.amazon.co.jp/gp/message" },
  ],
};

test("the title names the brand and where the button leads", () => {
  assert.equal(
    buildView(amazon, en).title,
    "This says Amazon, but the button leads to xn5.cn, which is not Amazon's.",
  );
  assert.equal(
    buildView(amazon, ja).title,
    "このメールはAmazonを名乗っていますが、ボタンの行き先は xn5.cn です。Amazonのものではありません。",
  );
});

test("a claim speaks before heavier wording", () => {
  const view = buildView(amazon, en);
  assert.equal(view.reasons[0].symbol, "TEXT_THREAT");
  assert.ok(!view.reasons.some(({ symbol }) => symbol === "BRAND_FOREIGN_LINK"), "the title is not said twice");
});

test("three reasons, the rest behind “more”, nothing that speaks for the mail", () => {
  const view = buildView(amazon, ja);
  assert.deepEqual(view.reasons.map(({ symbol }) => symbol), ["TEXT_THREAT", "LOOKALIKE_EMBEDDED", "TEXT_DEADLINE"]);
  assert.deepEqual(view.more.map(({ symbol }) => symbol), ["TEXT_GENERIC_SALUTATION"]);
});

test("the destination is cut where the owner's part begins", () => {
  assert.deepEqual(buildView(amazon, en).destination, { before: "www.amazon.co.jp.", domain: "xn5.cn" });
  assert.deepEqual(splitHost("xn5.cn", "xn5.cn"), { before: "", domain: "xn5.cn" });
  assert.deepEqual(splitHost("notxn5.cn", "xn5.cn"), { before: "", domain: "notxn5.cn" });
  assert.deepEqual(splitHost("192.0.2.7", ""), { before: "", domain: "192.0.2.7" });
});

test("links: the worst first, with the reasons in words", () => {
  const { links } = buildView({ ...amazon, links: [...amazon.links].reverse() }, en);
  assert.deepEqual(links.map(({ level }) => level), ["danger", "ok"]);
  assert.equal(links[0].notes.length, 2);
  assert.match(links[0].notes[1], /shows amazon\.co\.jp inside/);
});

test("advice with a place to go, but only by https or mailto", () => {
  const { advice } = buildView(amazon, ja);
  assert.equal(advice[1].url, "https://www.amazon.co.jp/gp/message");
  assert.equal(advice[1].label, "メッセージセンター");
  assert.match(advice[1].text, /Amazon/);
  const bad = buildView({ ...amazon, advice: [{ ...amazon.advice[1], url: "javascript:alert(1)" }] }, ja);
  assert.equal(bad.advice[0].url, undefined);
});

test("Japanese readers get the names that they know", () => {
  const finding = { ...amazon.findings[1], evidence: { ...amazon.findings[1].evidence, brandName: "Yamato Transport", brandNameJa: "ヤマト運輸" } };
  const verdict = { ...amazon, findings: [finding], advice: [{ ...amazon.advice[1], name: "Message Centre", nameJa: "メッセージセンター" }] };
  assert.match(buildView(verdict, ja).title, /^このメールはヤマト運輸を/);
  assert.match(buildView(verdict, ja).advice[0].text, /ヤマト運輸/);
  assert.equal(buildView(verdict, ja).advice[0].label, "メッセージセンター");
  assert.match(buildView(verdict, en).title, /^This says Yamato Transport,/);
  assert.equal(buildView(verdict, en).advice[0].label, "Message Centre");
});

test("dangerous links get a mark, once for each address", () => {
  const links = [...amazon.links, { ...amazon.links[0], text: "again" }, { ...amazon.links[0], href: "https://xn5.cn/2" }];
  const { marks } = buildView({ ...amazon, links }, en);
  assert.deepEqual(marks.map(({ href }) => href), ["https://www.amazon.co.jp.xn5.cn/ap", "https://xn5.cn/2"]);
  assert.equal(marks[0].label, "Dangerous link: leads to xn5.cn");
});

test("ok is told without a promise", () => {
  // A claim that was too weak to count is a note, and not the headline.
  const view = buildView({ level: "ok", score: 1, findings: amazon.findings.slice(2, 3), links: [] }, en);
  assert.equal(view.title, en.messages.headline_ok);
  assert.equal(view.reasons.length, 1);
});

test("wording alone does not speak for the mail", () => {
  const view = buildView({ level: "caution", score: 3, findings: amazon.findings.slice(0, 1), links: [] }, ja);
  assert.equal(view.title, ja.messages.headline_caution);
  assert.equal(view.reasons[0].symbol, "TEXT_THREAT");
});

test("an empty verdict and an unknown one have words too", () => {
  for (const level of ["ok", "caution", "danger", "unknown"]) {
    for (const subject of ["message", "url"]) {
      const view = buildView({ level, score: 0, findings: [], links: [] }, ja, subject);
      assert.ok(view.title.length > 5, `${level} ${subject}`);
      assert.doesNotMatch(view.title, /[{}]/);
    }
  }
});

test("a link on its own", () => {
  const link = { href: "https://a.xn5.cn/", host: "a.xn5.cn", registrableDomain: "xn5.cn", level: "ok" };
  const view = buildView({ level: "ok", score: 0, findings: [], links: [link] }, ja, "url");
  assert.match(view.title, /^行き先は xn5\.cn です。/);
  assert.deepEqual(view.destination, { before: "a.", domain: "xn5.cn" });
});

test("a check that failed says so, and why", () => {
  for (const reason of ["detector", "timeout", "unreadable", "frame", "invalid"]) {
    const view = failureView(reason, en);
    assert.equal(view.level, "unknown");
    assert.ok(view.reasons[0].text, reason);
  }
});

test("a hole that nothing fills is not shown", () => {
  const messages = { A: "{brand} and {domain}", A_plain: "plain", B: "{brand}" };
  assert.equal(sentence(messages, "A", { brand: "b", domain: "d" }), "b and d");
  assert.equal(sentence(messages, "A", { brand: "b" }), "plain");
  assert.equal(sentence(messages, "A", { brand: "b", domain: "\u200b" }), "plain");
  assert.equal(sentence(messages, "B", {}), undefined);
  assert.equal(sentence(messages, "toString", {}), undefined);
});

test("a value is text: holes and replacement patterns in it stay as they are", () => {
  assert.equal(sentence({ A: "<{brand}>" }, "A", { brand: "{domain} $& $1" }), "<{domain} $& $1>");
});

test("hostile text is made harmless", () => {
  assert.equal(plain("ama\u00adzon\u200b\ufeff.co\u202e.jp\u2066\ufeff"), "amazon.co.jp");
  assert.equal(plain("a\n\n b\t\u0000c"), "a b c");
  const long = plain("x".repeat(5000) + ".evil.example", 40);
  assert.equal(Array.from(long).length, 40);
  assert.ok(long.endsWith(".evil.example"), "the owner at the end is not what is cut");
  assert.equal(plain("😀".repeat(100), 11).length, 10 * 2 + 1);
});
