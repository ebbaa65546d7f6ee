// The report: what it says, and that it says nothing else.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defang, factsText, mailto, rulesReport } from "../report/facts.js";
import { endpoint, sendReport } from "../report/send.js";
import { catalogues } from "./files.mjs";

const { en, ja } = catalogues;

/** @type {any} */
const facts = {
  at: 1, level: "danger", rules: 1_795_000_000, brand: "amazon", brandName: "Amazon", title: "This says Amazon, but the button leads to xn5.cn, not amazon.co.jp", reasons: ["It frightens you."],
  symbols: ["BRAND_FOREIGN_LINK", "TEXT_THREAT"], hosts: ["www.amazon.co.jp.xn5.cn"], allHosts: ["www.amazon.co.jp.xn5.cn", "amazon.co.jp"],
  subject: "【重要】\u202eご確認", from: { name: "Amazon", address: "x@y.example" },
};
const options = { id: "0f8fad5b-d9cb-469f-a165-70867728950e", language: "ja", program: "0.1.0" };

describe("to people", () => {
  test("the facts, with hosts that nothing makes a link of", () => {
    const text = factsText(facts, en);
    for (const part of ["Company imitated: Amazon", "Sender shown: Amazon <x@y.example>", "Subject: 【重要】ご確認", "www.amazon.co.jp.xn5[.]cn", "- It frightens you."]) assert.ok(text.includes(part), part);
    assert.ok(!text.includes("xn5.cn"), "not in the sentences either");
    assert.ok(text.includes("leads to xn5[.]cn, not amazon.co.jp"));
    assert.equal(defang("localhost"), "localhost");
    assert.match(factsText(facts, ja), /装われた会社：Amazon\n表示された差出人：/);
    // What is not known is not named, and no host is cut short.
    assert.ok(!factsText({ ...facts, subject: "", brandName: "" }, en).includes("Subject"));
    const long = `${"a".repeat(60)}.${"b".repeat(60)}.example`;
    assert.ok(factsText({ ...facts, hosts: [long] }, en).includes(defang(long)));
  });

  test("a mail to be sent by the person, or a text to be pasted where it is too long", () => {
    const short = mailto("info@antiphishing.jp", facts, "a&b=c\nd", en.messages);
    assert.ok(short.whole);
    assert.match(short.url, /^mailto:info@antiphishing\.jp\?subject=Phishing%20report%3A%20/);
    assert.match(short.url, /&body=a%26b%3Dc%0D%0Ad$/);
    const long = mailto("info@antiphishing.jp", facts, "長い".repeat(500), ja.messages);
    assert.equal(long.whole, false);
    assert.ok(long.url.length < 1900);
    assert.match(decodeURIComponent(long.url), /貼り付けて/);
    assert.match(mailto("a@b.example", { ...facts, subject: "" }, "x", en.messages).url, /subject=Phishing%20report&/);
  });
});

describe("to the maintainers", () => {
  test("the members of the schema, and nothing of the mail", () => {
    const report = rulesReport(facts, { ...options, kind: "phishing" });
    assert.deepEqual(report, {
      id: options.id, kind: "phishing", verdict: "danger", brand: "amazon", symbols: ["BRAND_FOREIGN_LINK", "TEXT_THREAT"],
      hosts: ["www.amazon.co.jp.xn5.cn"], rulesVersion: 1_795_000_000, language: "ja", program: "0.1.0",
    });
    assert.doesNotMatch(JSON.stringify(report), /y\.example|重要|This says/);
  });

  test("of a mail that was let through every link may be the one", () => {
    assert.deepEqual(rulesReport(facts, { ...options, kind: "missed" }).hosts, ["www.amazon.co.jp.xn5.cn", "amazon.co.jp"]);
  });

  test("what the schema would refuse is left out", () => {
    const odd = { ...facts, brand: "Not A Brand", symbols: ["bad", "A", "A"], hosts: ["ok.example", "-bad.example", "UPPER.example", "a..b", "[::1]", "日本.example", "a".repeat(254)] };
    const report = rulesReport(odd, { ...options, kind: "phishing" });
    assert.equal("brand" in report, false);
    assert.deepEqual(report.symbols, ["A"]);
    assert.deepEqual(report.hosts, ["ok.example", "[::1]"]);
  });
});

describe("sending", () => {
  test("one request, with nothing that says who it was", async () => {
    const seen = [];
    const answer = (status) => async (url, init) => (seen.push([url, init]), new Response("{}", { status }));
    assert.equal(await sendReport("https://rules.example/", "{}", answer(201)), "sent");
    const [[url, { method, credentials, referrerPolicy, redirect, headers, body }]] = seen;
    assert.equal(url, "https://rules.example/v1/reports");
    assert.deepEqual([method, credentials, referrerPolicy, redirect, body], ["POST", "omit", "no-referrer", "error", "{}"]);
    assert.deepEqual(headers, { "content-type": "application/json" });
    assert.equal(await sendReport("https://rules.example", "{}", answer(429)), "busy");
    assert.equal(await sendReport("https://rules.example", "{}", answer(400)), "refused");
    assert.equal(await sendReport("https://rules.example", "{}", async () => Promise.reject(new TypeError("offline"))), "unreachable");
    assert.equal(endpoint("https://a.example//"), "https://a.example/v1/reports");
  });
});
