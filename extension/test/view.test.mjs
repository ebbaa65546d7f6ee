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
      evidence: { brand: "amazon", brandName: "Amazon", host: "www.amazon.co.jp.xn5.cn", domain: "xn5.cn", link: 1, button: true },
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

test("nobody is told of a button that is not one", () => {
  const claim = amazon.findings[1];
  const linked = { ...amazon, findings: [{ ...claim, evidence: { ...claim.evidence, button: undefined } }] };
  assert.equal(buildView(linked, en).title, "This says Amazon, but a link leads to xn5.cn, which is not Amazon's.");
  assert.match(buildView(linked, ja).title, /、リンクの行き先は xn5\.cn です。/);
});

test("a shortener is no destination: where the link ends is not known", () => {
  const link = { href: "https://bit.ly/x", host: "bit.ly", registrableDomain: "bit.ly", level: "danger", symbols: ["BRAND_FOREIGN_LINK", "LINK_SHORTENER"] };
  const finding = { ...amazon.findings[1], evidence: { ...amazon.findings[1].evidence, host: "bit.ly", domain: "bit.ly" } };
  const view = buildView({ ...amazon, findings: [finding], links: [link] }, en);
  assert.equal(view.title, "This says Amazon, but a shortened link (bit.ly) hides where it really leads.");
  assert.equal(view.hidden, "shortener");
  assert.equal(view.links[0].hidden, "shortener");
  const counted = buildView({ ...amazon, links: [{ ...link, symbols: [], leadsOn: "mailer" }] }, en);
  assert.equal(counted.links[0].hidden, "mailer");
  const alone = buildView({ level: "ok", score: 0, findings: [], links: [{ ...link, level: "ok", symbols: ["LINK_SHORTENER"] }] }, en, "url");
  assert.match(alone.title, /unknown until it is opened/);
  // A near miss: the same host without the signal is a place like any other.
  assert.equal(buildView({ ...amazon, findings: [finding], links: [{ ...link, symbols: [] }] }, en).hidden, undefined);
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

test("the official way: the rules' address, by https only, with what is honestly to be said of it", () => {
  const { advice, official } = buildView(amazon, ja);
  assert.deepEqual(advice.map(({ symbol }) => symbol), ["ADVICE_DO_NOT_CLICK"]);
  assert.equal(official.url, "https://www.amazon.co.jp/gp/message");
  assert.equal(official.host, "www.amazon.co.jp");
  assert.equal(official.label, "メッセージセンターを開く");
  assert.match(official.text, /Amazon/);
  assert.match(official.note, /Amazon Payの請求.*表示されないことがあります/);
  for (const url of ["javascript:alert(1)", "http://www.amazon.co.jp/", "mailto:a@amazon.co.jp", "https://"]) {
    const bad = buildView({ ...amazon, advice: [{ ...amazon.advice[1], url }] }, ja);
    assert.equal(bad.official.url, undefined, url);
    assert.match(bad.official.text, /公式アプリ/);
  }
  assert.match(buildView({ ...amazon, advice: [] }, en).official.text, /own app or site/);
  assert.equal(buildView({ level: "ok", score: 0, findings: [], links: [] }, en).official, undefined);
});

test("where the brand takes reports", () => {
  const report = (url) => buildView({ ...amazon, advice: [{ symbol: "ADVICE_REPORT", brand: "amazon", name: "Amazon", url }] }, en).report;
  assert.deepEqual(report("mailto:phishing@brand.example"), { name: "Amazon", url: "mailto:phishing@brand.example" });
  assert.equal(report("mailto:a@b.example?bcc=c@d.example"), undefined);
  assert.equal(report("javascript:1"), undefined);
});

test("a sender called fine: caution is quiet, danger is not", () => {
  const sender = { address: "a@shop.example", trusted: true, own: true };
  const caution = { ...amazon, level: "caution" };
  const quiet = buildView(caution, en, "message", sender);
  assert.equal(quiet.quiet, true);
  assert.deepEqual(quiet.actions, ["guide", "report", "untrust"]);
  assert.match(quiet.note, /you trust a@shop\.example/);
  const loud = buildView(amazon, en, "message", sender);
  assert.equal(loud.quiet, undefined);
  assert.match(loud.note, /Anyone can fake a sender/);
  const stranger = { ...sender, trusted: false, own: false };
  assert.deepEqual(buildView(caution, en, "message", stranger).actions, ["guide", "report", "trust"]);
  assert.deepEqual(buildView(amazon, en, "message", stranger).actions, ["guide", "report"], "a danger cannot be waved through");
  assert.deepEqual(buildView(caution, en, "message", { ...sender, own: false }).actions, ["guide", "report"], "the administrator's stays");
  assert.deepEqual(buildView(caution, en).actions, ["guide", "report"]);
});

test("Japanese readers get the names that they know", () => {
  const finding = { ...amazon.findings[1], evidence: { ...amazon.findings[1].evidence, brandName: "Yamato Transport", brandNameJa: "ヤマト運輸" } };
  const verdict = { ...amazon, findings: [finding], advice: [{ ...amazon.advice[1], name: "Message Centre", nameJa: "メッセージセンター" }] };
  assert.match(buildView(verdict, ja).title, /^このメールはヤマト運輸を/);
  assert.match(buildView(verdict, ja).official.text, /ヤマト運輸/);
  assert.equal(buildView(verdict, ja).official.label, "メッセージセンターを開く");
  assert.match(buildView(verdict, en).title, /^This says Yamato Transport,/);
  assert.equal(buildView(verdict, en).official.label, "Open Message Centre");
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
