// The content scripts as a whole: page in, questions out, banner and marks in the
// page. Shadow roots are opened for these tests, as nobody else may look inside.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { buildView, failureView } from "../view/view.js";
import { pane, threads } from "./adapters.mjs";
import { Clock } from "./clock.mjs";
import { catalogues, readText } from "./files.mjs";
import { openPage } from "./page.mjs";

const html = Object.fromEntries(["threads", "pane", "plain"].map((name) => [name, readText(`extension/test/pages/${name}.html`)]));

const danger = {
  level: "danger",
  score: 9,
  findings: [{ symbol: "BRAND_FOREIGN_LINK", group: "claim", weight: 9, evidence: { brand: "b", brandName: "Parcel <b>", host: "parcel.example", domain: "parcel.example", link: 1 } }],
  links: [{ href: "https://parcel.example/pay", text: "here", host: "parcel.example", registrableDomain: "parcel.example", level: "danger", symbols: ["BRAND_FOREIGN_LINK"] }],
  advice: [{ symbol: "ADVICE_DO_NOT_CLICK" }],
};
const ok = { level: "ok", score: 0, findings: [], links: [] };

/** @type {Clock} */
let clock;
const until = (holds, what) => clock.until(holds, what);

/** The background, as a script for each kind of request. */
function fakeChrome(adapters, judge) {
  const sent = [];
  const listeners = [];
  const chrome = {
    sent,
    /** Answers what is asked of a body that is not whole yet. */
    early: () => ({ ok: {} }),
    notify: (notice, sender = { id: "me" }) => new Promise((resolve) => listeners.forEach((listen) => listen(notice, sender, resolve))),
    runtime: {
      id: "me",
      connect: () => ({ onDisconnect: { addListener() {} }, postMessage() {} }),
      onMessage: { addListener: (listen) => listeners.push(listen) },
      async sendMessage(request) {
        sent.push(JSON.parse(JSON.stringify(request)));
        if (request.type === "hello") return { ok: { adapters, css: ".banner{}", rules: 1 } };
        if (request.type === "check" && request.early) return chrome.early(request);
        if (request.type === "check") return judge(request);
        return { ok: {} };
      },
    },
  };
  return chrome;
}

let page;
beforeEach(() => {
  clock = new Clock();
});
afterEach(() => page?.window.close());

/** @param {string} text @param {any[]} adapters @param {(request: any) => any} judge */
function start(text, adapters, judge) {
  const chrome = fakeChrome(adapters, judge);
  page = openPage(text, { url: "https://threads.example/#inbox", chrome, clock });
  const { window } = page;
  const roots = new WeakMap();
  const attach = window.Element.prototype.attachShadow;
  window.Element.prototype.attachShadow = function (options) {
    assert.equal(options.mode, "closed");
    const root = attach.call(this, options);
    roots.set(this, root);
    return root;
  };
  window.eval(readText("extension/content/main.js"));
  const hosts = () => [...page.document.querySelectorAll("div")].filter((e) => roots.has(e));
  return { ...page, chrome, roots, hosts, checks: () => chrome.sent.filter(({ type, early }) => type === "check" && !early), early: () => chrome.sent.filter(({ type, early }) => type === "check" && early) };
}

const verdictFor = (request) => ({ ok: { view: buildView(/parcel\.example/.test(request.message.html) ? danger : ok, catalogues.en) } });

describe("a page with one dangerous message of three", () => {
  test("each is asked about once, one has a banner, outside and before its body", async () => {
    const { document, checks, hosts, chrome } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1 && checks().length === 3);
    assert.deepEqual(checks().map(({ key }) => key).sort(), ["threads:2", "threads:3", "threads:4"]);
    const text = document.querySelector('[data-message="2"] .text');
    assert.equal(text.previousElementSibling, hosts()[0]);
    assert.ok(!text.contains(hosts()[0]));
    assert.deepEqual(chrome.sent.filter(({ type }) => type === "showing").at(-1).keys, ["threads:2", "threads:3", "threads:4"]);
  });

  test("the message has what the detector needs, and the marks leave no trace in it", async () => {
    const { checks, document, window, honmono } = start(html.threads, [threads], verdictFor);
    await until(() => document.querySelector('a[style*="outline"]'));
    await until(() => checks().length === 3);
    const { message } = checks().find(({ key }) => key === "threads:2");
    assert.equal(message.from.address, "notice@parcel.example");
    assert.equal(message.partial, true);
    assert.equal(message.auth.mailedBy, "bulk.example");
    const reading = honmono.adapter.find(threads, document, "").readings.find(({ id }) => id === "2");
    assert.equal((await honmono.reading.message(reading)).html, message.html);
    assert.notEqual(document.querySelector('[data-message="2"] .text').innerHTML, message.html);
    void window;
  });

  test("the banner: a live region, three kinds of sign, text that is text", async () => {
    const { hosts, roots } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1 && roots.get(hosts()[0]).querySelector(".title"));
    const root = roots.get(hosts()[0]);
    const head = root.querySelector('[role="alert"]');
    assert.equal(head.querySelector(".title").textContent, "This says Parcel <b>, but a link leads to parcel.example, which is not Parcel <b>'s.");
    assert.equal(root.querySelectorAll("b").length, 0);
    assert.ok(head.querySelector("svg.icon path"));
    assert.equal(head.querySelector(".word strong").textContent, "Danger");
    assert.equal(root.querySelector(".where .domain").textContent, "parcel.example");
    assert.equal(root.querySelector("section").lang, "en");
    const button = root.querySelector("button.more");
    const details = root.getElementById(button.getAttribute("aria-controls"));
    assert.ok(details.hidden);
    button.click();
    assert.ok(!details.hidden && button.getAttribute("aria-expanded") === "true");
    assert.match(details.textContent, /parcel\.example/);
    assert.notEqual(root.ownerDocument.activeElement, hosts()[0]);
  });

  test("events of the banner do not reach the page", async () => {
    const { hosts, roots, document, window } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1 && roots.get(hosts()[0]).querySelector("button"));
    const heard = [];
    for (const type of ["click", "keydown", "pointerdown"]) document.addEventListener(type, () => heard.push(type));
    const button = roots.get(hosts()[0]).querySelector("button");
    for (const type of ["click", "keydown", "pointerdown"]) button.dispatchEvent(new window.Event(type, { bubbles: true, composed: true }));
    assert.deepEqual(heard, []);
  });

  test("of several warnings the last stands open; what the person opened stays as it is", async () => {
    const all = () => ({ ok: { view: buildView(danger, catalogues.en) } });
    const { hosts, roots, document } = start(html.threads, [threads], all);
    const sheets = () => hosts().map((host) => roots.get(host).querySelector("section")).filter((sheet) => sheet.querySelector(".title"));
    await until(() => sheets().length === 3 && sheets().every((sheet) => sheet.querySelector("button.fold")));
    const order = () => [...document.querySelectorAll("div")].filter((e) => roots.has(e)).map((host) => roots.get(host).querySelector("section").classList.contains("folded"));
    await until(() => order().join() === "true,true,false");
    const [first] = sheets();
    const fold = first.querySelector("button.fold");
    assert.equal(fold.getAttribute("aria-expanded"), "false");
    assert.ok(first.querySelector(".rest").hidden && !first.querySelector(".title").hidden, "folded, it still says what it is");
    fold.click();
    assert.equal(order().join(), "false,true,false");
    assert.equal(fold.getAttribute("aria-expanded"), "true");
    // Another one goes: what was opened by hand is not touched.
    document.querySelector('[data-message="4"]').className = "folded";
    await until(() => hosts().length === 2);
    assert.equal(order()[0], false);
  });

  test("the buttons ask by the message's key, and say when that failed", async () => {
    const caution = { ...danger, level: "caution" };
    const sender = { address: "notice@parcel.example", trusted: false, own: false };
    const judge = (request) => ({ ok: { view: buildView(/parcel\.example/.test(request.message.html) ? caution : ok, catalogues.en, "message", sender) } });
    const { hosts, roots, chrome } = start(html.threads, [threads], judge);
    await until(() => hosts().length === 1 && roots.get(hosts()[0]).querySelector("button.guide"));
    const root = roots.get(hosts()[0]);
    for (const [name, request] of [["guide", { type: "open", page: "guide", key: "threads:2" }], ["report", { type: "open", page: "report", key: "threads:2" }], ["trust", { type: "trust", key: "threads:2", trusted: true }]]) {
      root.querySelector(`button.${name}`).click();
      await until(() => chrome.sent.some(({ type }) => type === request.type && chrome.sent.at(-1).type === request.type));
      assert.deepEqual(chrome.sent.at(-1), request);
    }
    assert.equal(root.querySelector(".told").textContent, "");
    chrome.runtime.sendMessage = async () => ({ error: { reason: "invalid", detail: "" } });
    root.querySelector("button.guide").click();
    await until(() => root.querySelector(".told").textContent === catalogues.en.messages.banner_failed);
  });

  test("a banner that is taken out comes back, but not for ever", async () => {
    const { hosts } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1);
    let removed = 0;
    for (; removed < 60; removed++) {
      hosts()[0].remove();
      for (let i = 0; i < 15 && hosts().length === 0; i++) await clock.pass(100);
      if (hosts().length === 0) break;
    }
    assert.equal(removed, 20);
  });

  test("a collapsed message loses its banner and is no longer told of", async () => {
    const { document, hosts, chrome } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1);
    document.querySelector('[data-message="2"]').className = "folded";
    await until(() => hosts().length === 0);
    assert.deepEqual(chrome.sent.filter(({ type }) => type === "showing").at(-1).keys, ["threads:3", "threads:4"]);
  });
});

describe("a page that changes", () => {
  test("changes that change nothing are not asked about again", async () => {
    const { document, checks, hosts } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1 && checks().length === 3);
    for (let i = 0; i < 50; i++) document.body.append(document.createElement("i"));
    document.querySelector('[data-message="3"] .text').append(document.createTextNode(""));
    await clock.pass(500);
    assert.equal(checks().length, 3);
  });

  test("a link changed after the check is judged anew", async () => {
    const { document, checks, hosts } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1 && checks().length === 3);
    document.querySelector('[data-message="2"] a').href = "https://elsewhere.example/";
    await until(() => checks().length === 4 && hosts().length === 0);
    assert.equal(checks()[3].key, "threads:2");
    assert.match(checks()[3].message.html, /elsewhere\.example/);
    assert.ok(!document.querySelector('a[style*="outline"]'));
  });

  test("another message in the same elements is another message", async () => {
    const { document, checks, hosts } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1 && checks().length === 3);
    const item = document.querySelector('[data-message="2"]');
    item.setAttribute("data-message", "9");
    item.querySelector("h3 span").setAttribute("email", "dora@example.net");
    item.querySelector(".text").innerHTML = "Hello!";
    await until(() => checks().length === 4 && hosts().length === 0);
    assert.equal(checks()[3].key, "threads:9");
  });

  test("the next mail's header over the last one's body waits for its own", async () => {
    const { document, checks } = start(html.threads, [threads], verdictFor);
    await until(() => checks().length === 3);
    await clock.pass(600);
    const item = document.querySelector('[data-message="4"]');
    item.setAttribute("data-message", "9");
    item.querySelector("h3 span").setAttribute("email", "dora@example.net");
    await clock.pass(1200);
    assert.ok(!checks().some(({ key }) => key === "threads:9"), "judged with the body of the mail before");
    item.querySelector(".text").innerHTML = "Hello!";
    await until(() => checks().at(-1).key === "threads:9" && /Hello!/.test(checks().at(-1).message.html));
    assert.equal(checks().at(-1).message.partial, undefined);
  });

  test("a header of which more is shown is the same mail's", async () => {
    const { document, checks } = start(html.threads.replace('name="Carol"', ""), [threads], verdictFor);
    await until(() => checks().length === 3);
    await clock.pass(600);
    document.querySelector('[data-message="4"] h3 span').setAttribute("name", "Carol");
    await until(() => checks().some(({ message }) => message.from.name === "Carol"));
  });

  test("a page that never rests is read all the same", async () => {
    const { document, checks, window } = start("<div role=main><h2>S</h2></div>", [threads], verdictFor);
    const flood = window.setInterval(() => document.body.append(document.createElement("i")), 5);
    await clock.pass(100);
    document.querySelector("[role=main]").insertAdjacentHTML("beforeend", '<div role="listitem" data-message="1"><h3><span email="a@b.example"></span></h3><div class="body"><div class="text">hi</div></div></div>');
    await until(() => checks().length === 1);
    window.clearInterval(flood);
  });

  test("an answer that comes too late is not shown", async () => {
    let answer;
    const { document, hosts, checks } = start(html.threads, [threads], (request) =>
      /parcel\.example/.test(request.message.html) ? new Promise((resolve) => (answer = () => resolve(verdictFor(request)))) : verdictFor(request));
    await until(() => answer && checks().length === 3);
    // The same place shows another mail by now.
    document.querySelector('[data-message="2"] .text').innerHTML = "Hello!";
    await until(() => checks().length === 4);
    answer();
    await clock.pass(200);
    assert.equal(hosts().length, 0);
  });
});

describe("a page that fills in pieces", () => {
  const empty = '<div role=main><h2>S</h2><div role="listitem" data-message="1"><h3><span email="a@b.example"></span></h3><div class="body"><div class="text"></div></div></div></div>';

  test("is judged once, when it has come to rest", async () => {
    const { document, checks } = start(empty, [threads], verdictFor);
    const text = document.querySelector(".text");
    await clock.pass(700);
    assert.equal(checks().length, 0, "an empty body was judged");
    for (let piece = 0; piece < 8; piece++) {
      await clock.pass(100);
      text.insertAdjacentHTML("beforeend", `<p>piece ${piece}</p>`);
    }
    await until(() => checks().length > 0);
    assert.equal(checks().length, 1);
    assert.match(checks()[0].message.html, /piece 7/);
  });

  /** Fills the body with one piece after the other until there is what is waited for. */
  const fill = async (window, text, holds) => {
    let pieces = 0;
    const timer = window.setInterval(() => text.insertAdjacentHTML("beforeend", `<p>piece ${pieces++}</p>`), 180);
    await until(holds).finally(() => window.clearInterval(timer));
  };

  test("a danger that shows in half of it is shown at once, and the whole is judged all the same", async () => {
    const { chrome, document, hosts, checks, early, window } = start(empty, [threads], verdictFor);
    chrome.early = verdictFor;
    const text = document.querySelector(".text");
    text.innerHTML = '<a href="https://parcel.example/pay">here</a>';
    await fill(window, text, () => hosts().length === 1);
    assert.equal(checks().length, 0, "the banner is older than any whole body");
    assert.ok(early().length > 0);
    text.insertAdjacentHTML("beforeend", "the end");
    await until(() => checks().length === 1);
    assert.match(checks()[0].message.html, /the end/);
    assert.equal(hosts().length, 1);
    // What was danger in half and is none in the end is taken back.
    text.innerHTML = "Hello!";
    await until(() => checks().length === 2 && hosts().length === 0);
  });

  test("what is not dangerous in half of it waits for the whole", async () => {
    const { chrome, document, checks, early, hosts, window } = start(empty, [threads], verdictFor);
    await fill(window, document.querySelector(".text"), () => early().length > 0);
    assert.equal(checks().length, 0);
    // The same body, at rest: it is asked about although it was before.
    await until(() => checks().length === 1);
    assert.equal(checks()[0].message.html, early().at(-1).message.html);
    assert.equal(hosts().length, 0);
    assert.ok(chrome.sent.filter(({ type }) => type === "failed").length === 0);
  });

  test("an early answer that comes after the whole was asked about counts for nothing", async () => {
    const { chrome, document, hosts, checks } = start(empty, [threads], () => ({ ok: { view: buildView(ok, catalogues.en) } }));
    let answer;
    chrome.early = (request) => new Promise((resolve) => (answer = () => resolve(verdictFor(request))));
    document.querySelector(".text").innerHTML = '<a href="https://parcel.example/pay">here</a>';
    await until(() => answer && checks().length === 1);
    answer();
    await clock.pass(200);
    assert.equal(hosts().length, 0);
  });

  test("a large body is read once, at rest", async () => {
    const { document, checks, early } = start(empty, [threads], verdictFor);
    document.querySelector(".text").innerHTML = "<b>x</b>".repeat(3000);
    await until(() => checks().length === 1);
    assert.equal(early().length, 0);
  });

  test("that never comes to rest, or stays empty, is judged all the same", async () => {
    const { document, checks, window } = start(empty, [threads], verdictFor);
    await until(() => checks().length === 1, "an empty mail is a mail");
    assert.equal(checks()[0].message.partial, true, "and nothing in it can be called harmless");
    const text = document.querySelector(".text");
    const timer = window.setInterval(() => text.append("x"), 20);
    await until(() => checks().length > 1);
    window.clearInterval(timer);
  });
});

describe("when it cannot be checked", () => {
  test("the background killed between question and answer: asked again", async () => {
    let tries = 0;
    const { hosts } = start(html.threads, [threads], (request) => {
      if (request.key === "threads:2" && tries++ === 0) throw new Error("A listener indicated an asynchronous response by returning true, but the message channel closed before a response was received");
      return verdictFor(request);
    });
    await until(() => hosts().length === 1);
    assert.equal(tries, 2);
  });

  test("an answer that is none counts as no answer, and the message as unchecked", async () => {
    const { chrome, hosts } = start(html.threads, [threads], () => undefined);
    await until(() => chrome.sent.filter(({ type }) => type === "failed").length === 3);
    const failed = chrome.sent.filter(({ type }) => type === "failed").sort((a, b) => a.key.localeCompare(b.key));
    assert.deepEqual(failed, ["2", "3", "4"].map((id) => ({ type: "failed", key: `threads:${id}`, reason: "detector" })));
    assert.equal(hosts().length, 0);
  });

  test("a view of unknown level draws nothing in the page", async () => {
    const { hosts, checks } = start(html.threads, [threads], () => ({ ok: { view: failureView("detector", catalogues.ja) } }));
    await until(() => checks().length === 3);
    await clock.pass(200);
    assert.equal(hosts().length, 0);
  });

  test("a page that stays unreadable is reported once", async () => {
    const text = html.plain.replace(/<div><span><span aria-label[\s\S]*?<\/div>/, "").replace(/<div>To .*<\/div>/, "");
    const { chrome } = start(text, [], verdictFor);
    await until(() => chrome.sent.some(({ type }) => type === "failed"));
    assert.deepEqual(chrome.sent.filter(({ type }) => type === "failed"), [{ type: "failed", key: "page", reason: "unreadable" }]);
  });

  test("no adapter fits: the fallback reads the page", async () => {
    const { checks } = start(html.plain, [{ ...pane, hosts: ["x"] }], verdictFor);
    await until(() => checks().length === 1);
    assert.equal(checks()[0].message.from.address, "shop@example.net");
    assert.equal(checks()[0].key, "page:77");
  });
});

describe("who may speak to it", () => {
  test("new rules from our background: everything is read anew", async () => {
    const { chrome, checks, hosts } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1 && checks().length === 3);
    chrome.notify({ type: "rules" }, { id: "other" });
    chrome.notify({ type: "rules" }, { id: "me", tab: { id: 1 } });
    await clock.pass(400);
    assert.equal(chrome.sent.filter(({ type }) => type === "hello").length, 1);
    assert.equal(await chrome.notify({ type: "present" }), true);
    assert.equal(checks().length, 3);
    chrome.notify({ type: "rules" });
    await until(() => checks().length === 6 && hosts().length === 1);
  });

  test("put in twice, it runs once", async () => {
    const { window, chrome, hosts } = start(html.threads, [threads], verdictFor);
    for (const file of ["namespace", "dom", "session", "main"]) window.eval(readText(`extension/content/${file}.js`));
    await until(() => hosts().length === 1);
    assert.equal(chrome.sent.filter(({ type }) => type === "hello").length, 1);
  });

  test("after an update of the extension the old scripts fall silent", async () => {
    const { chrome, document, checks, hosts } = start(html.threads, [threads], verdictFor);
    await until(() => hosts().length === 1 && checks().length === 3);
    chrome.runtime.id = undefined;
    document.querySelector('[data-message="3"] .text').textContent = "changed";
    await until(() => hosts().length === 0);
    assert.equal(checks().length, 3);
  });
});
