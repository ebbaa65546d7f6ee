// A mail whose header is in one frame and whose body is in another, of another
// origin: the page's script, the frame's script and the background, all real, in
// every order in which a webmail may show its parts. No body is ever judged under
// another mail's header, and nothing is called harmless before it was there.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Reader } from "../background/reader.js";
import { Relay } from "../background/relay.js";
import { router } from "../background/router.js";
import { Tabs } from "../background/tabs.js";
import { defaults } from "../settings/settings.js";
import { Clock } from "./clock.mjs";
import { catalogues, readText } from "./files.mjs";
import { openPage } from "./page.mjs";

const cloud = /** @type {any} */ ({
  id: "cloud", hosts: ["www.cloud.example"], frameHosts: ["body.sandbox.example"],
  message: [".pane"], sender: [".sender"], senderAddress: ["title"], subject: ["h2"], frame: ["iframe"], body: [".mail"],
});
const pageURL = "https://www.cloud.example/mail/";
const frameURL = "https://body.sandbox.example/message/";
const head = (n) => `<span class="sender" title="s${n}@example.net">s${n}</span><h2>subject ${n}</h2>`;

/** @type {Clock} */
let clock;
const until = (holds, what) => clock.until(holds, what);
const pause = (ms) => clock.pass(ms);

function memory() {
  const held = new Map();
  return {
    get: async (key) => (key === null ? Object.fromEntries(held) : held.has(key) ? { [key]: held.get(key) } : {}),
    set: async (items) => void Object.entries(items).forEach(([k, v]) => held.set(k, structuredClone(v))),
    remove: async (keys) => void [keys].flat().forEach((k) => held.delete(k)),
  };
}

/** What the detector was asked: header and body together. @type {{ subject: string, html: string, partial?: boolean }[]} */
let judged;
/** What the toolbar has shown. @type {string[]} */
let levels;
/** All documents, by frame; a frame that goes elsewhere has another. @type {Map<number, { listeners: any[], window: any, hear?: (event: any) => void }>} */
let frames;
/** @type {any[]} */
let opened;
/** @type {() => void} what happens when a frame has been told of, before its page asks */
let onJoined;
let restart;
let listen;

beforeEach(() => {
  clock = new Clock().govern(globalThis);
  judged = [];
  levels = [];
  frames = new Map();
  opened = [];
  onJoined = () => {};
  const ask = async (method, { message }) => {
    if (method === "webmails") return [cloud];
    if (method === "rulesInfo") return { version: 1 };
    judged.push({ subject: message.subject, html: message.html, partial: message.partial });
    // As the detector does: of a part without words, nothing can be said.
    const level = message.partial && !/\w/.test(message.html.replace(/<[^>]*>/g, "")) ? "unknown" : "ok";
    return { level, score: 0, findings: [], links: [] };
  };
  const api = {
    async sendMessage(_tab, notice, options) {
      if (notice.type === "joined") onJoined();
      const to = options ? [frames.get(options.frameId)] : [...frames.values()];
      for (const { listeners } of to.filter(Boolean)) {
        for (const hear of listeners) {
          const answer = await new Promise((resolve) => hear(structuredClone(notice), { id: "me" }, resolve) || resolve(undefined));
          if (answer !== undefined) return answer;
        }
      }
      return undefined;
    },
  };
  const tabs = new Tabs({ area: memory(), show: async (_tab, level) => void levels.push(level), alive: async () => true });
  const own = { url: "ext://", id: "me" };
  restart = () => {
    const reader = new Reader({
      ask, tabs, catalogue: async () => catalogues.en, css: async () => "", relay: new Relay(api),
      settings: async () => ({ ...defaults, sitesOff: [], locked: [] }), own: async () => ({}), reader: async () => ({}), tally: { note() {} },
      warm: async () => {}, allowed: async () => true,
    });
    listen = router({ id: own.id, origin: own.url }, { page: (request, frame) => reader.answer(request, frame), popup: async () => {} });
  };
  restart();
});
afterEach(() => {
  for (const window of opened) window.close();
  clock.release();
});

/** Puts a document into a frame, with the content scripts in it. */
function load(frameId, html, url) {
  const mine = { listeners: [], window: undefined };
  const chrome = {
    runtime: {
      id: "me",
      connect: () => ({ onDisconnect: { addListener() {} }, postMessage() {}, disconnect() {} }),
      onMessage: { addListener: (hear) => mine.listeners.push(hear) },
      sendMessage: (request) =>
        frames.get(frameId) === mine
          ? new Promise((resolve) => listen(structuredClone(JSON.parse(JSON.stringify(request))), { id: "me", tab: { id: 1 }, frameId, url }, (answer) => resolve(JSON.parse(JSON.stringify(answer)))))
          : new Promise(() => {}),
    },
  };
  const page = openPage(html, { url, chrome, clock });
  mine.window = page.window;
  opened.push(page.window);
  frames.set(frameId, mine);
  if (frameId !== 0) {
    const around = { the: "parent" };
    Object.defineProperty(page.window, "parent", { value: around, configurable: true });
    const add = page.window.addEventListener.bind(page.window);
    page.window.addEventListener = (type, hear, options) => {
      if (type === "message") mine.hear = (data) => hear({ isTrusted: true, source: around, origin: new URL(pageURL).origin, data });
      else add(type, hear, options);
    };
  } else {
    page.honmono.dom.frameDocument = () => null;
    page.honmono.dom.frameWindow = () => ({ postMessage: (data, origin) => origin === new URL(frameURL).origin && frames.get(7)?.hear?.(structuredClone(data)) });
  }
  page.window.eval(readText("extension/content/main.js"));
  return page;
}

const openMail = (n, body) => {
  const inner = load(7, body, frameURL);
  const outer = load(0, `<div class="pane">${head(n)}<iframe src="${frameURL}"></iframe></div>`, pageURL);
  return { inner, outer };
};
const mail = (n) => `<div class="mail"><p>words ${n}</p></div>`;
const pairs = () => judged.map(({ subject, html }) => [subject, /words (\d)/.exec(html)?.[1]].join());
const isOk = () => levels.at(-1) === "ok";

/** Another mail's header in the same elements. */
function showHead({ document }, n) {
  document.querySelector(".sender").title = `s${n}@example.net`;
  document.querySelector(".sender").textContent = `s${n}`;
  document.querySelector("h2").textContent = `subject ${n}`;
}

describe("header and body in two frames", () => {
  test("are judged together, and nothing is called harmless before", async () => {
    openMail(1, mail(1));
    await until(isOk);
    assert.deepEqual(pairs(), ["subject 1,1"]);
    assert.deepEqual([...new Set(levels)].filter((level) => level !== "idle"), ["checking", "ok"]);
  });

  test("the next mail's header over the last one's body waits for its own", async () => {
    const { inner, outer } = openMail(1, mail(1));
    await until(isOk);
    await pause(600);
    showHead(outer, 2);
    await until(() => !isOk());
    await pause(1200);
    assert.ok(!isOk(), "called harmless with the body of the mail before");
    inner.document.querySelector(".mail").innerHTML = "<p>words 2</p>";
    await until(isOk);
    assert.deepEqual(pairs(), ["subject 1,1", "subject 2,2"]);
  });

  test("another document in the frame's place is called anew", async () => {
    const { outer } = openMail(1, mail(1));
    await until(isOk);
    await pause(600);
    showHead(outer, 2);
    // The old document still answers to what it is called by.
    await pause(800);
    load(7, mail(2), frameURL);
    await until(isOk);
    assert.deepEqual(pairs(), ["subject 1,1", "subject 2,2"]);
  });

  test("a document that is loaded anew is read anew, under the header that stayed", async () => {
    openMail(1, mail(1));
    await until(isOk);
    load(7, `<div class="mail"><p>words 1, changed</p></div>`, frameURL);
    await until(() => judged.length === 2);
    assert.match(judged[1].html, /changed/);
  });

  test("a header of which more is shown is no other one", async () => {
    const { outer } = openMail(1, mail(1));
    outer.document.querySelector("h2").textContent = "";
    await until(isOk);
    await pause(600);
    outer.document.querySelector("h2").textContent = "subject 1";
    await until(() => pairs().at(-1) === "subject 1,1");
  });

  test("a body that fills in pieces is judged whole in the end", async () => {
    const { inner } = openMail(1, `<div class="mail"></div>`);
    const body = inner.document.querySelector(".mail");
    for (const piece of ["<p>words 1</p>", "<p>more</p>", "<p>end</p>"]) {
      await pause(700);
      assert.ok(piece !== "<p>words 1</p>" || !isOk(), "called harmless without its body");
      body.insertAdjacentHTML("beforeend", piece);
    }
    await until(() => isOk() && /end/.test(judged.at(-1).html));
  });

  for (const [what, body] of Object.entries({ "nothing": "", "tags": "<div><br></div>", "blanks": " \n " })) {
    test(`a body of ${what} is said to be not all there, once, and is judged when it comes`, async () => {
      const { inner } = openMail(1, `<div class="mail">${body}</div>`);
      await until(() => levels.at(-1) === "unknown");
      await pause(1500);
      assert.ok(!levels.includes("ok"));
      assert.equal(judged.length, 1, "asked about again and again");
      assert.equal(judged[0].partial, true);
      inner.document.querySelector(".mail").innerHTML = "<p>words 1</p>";
      await until(isOk);
    });
  }

  test("a picture is a body", async () => {
    openMail(1, `<div class="mail"><img alt="" src="https://a.example/b.png"></div>`);
    await until(() => judged.length === 1);
    assert.equal(judged[0].partial, undefined);
  });

  test("a frame that never has a body is said to be unreadable", async () => {
    openMail(1, "<p>not a mail</p>");
    await until(() => levels.at(-1) === "unknown");
    assert.deepEqual(judged, []);
    assert.ok(!levels.includes("ok"));
  });

  test("the background that has forgotten the frame calls it again", async () => {
    let lost = false;
    onJoined = () => {
      if (!lost) restart();
      lost = true;
    };
    openMail(1, mail(1));
    await until(isOk);
    assert.ok(lost);
    assert.deepEqual(pairs(), ["subject 1,1"]);
  });

  test("a background that always forgets is given up, and nobody is told that all is well", async () => {
    onJoined = () => restart();
    openMail(1, mail(1));
    await until(() => levels.at(-1) === "unknown");
    assert.ok(!levels.includes("ok"));
  });

  test("a body that changes after it was handed over is asked for again, also where only an attribute has changed", async () => {
    const { inner } = openMail(1, `<div class="mail"><p>words 1</p><form action="https://a.example/"><img alt="x"></form></div>`);
    await until(isOk);
    inner.document.querySelector("form").setAttribute("action", "https://b.example/");
    await until(() => judged.some(({ html }) => html.includes("b.example")));
    inner.document.querySelector("img").setAttribute("alt", "another");
    await until(() => judged.some(({ html }) => html.includes("another")));
  });
});

describe("what was found, told to the frame", () => {
  const link = (href) => `<div class="mail"><p>words</p><a href="${href}">here</a></div>`;
  const view = (href) => ({ level: "danger", marks: [{ href, label: "x" }], marksComplete: true });

  /** The frame's script alone, with its token. */
  async function frame(html) {
    const { honmono, window, document } = openPage(html, { url: frameURL, clock });
    opened.push(window);
    const around = { the: "parent" };
    Object.defineProperty(window, "parent", { value: around, configurable: true });
    let hear = (_event) => {};
    window.addEventListener = (type, listener) => type === "message" && (hear = listener);
    const asked = [];
    const channel = { ask: async (request) => (asked.push(request), { ok: {} }), alive: () => true, open() {}, reopen() {}, close() {}, wake() {} };
    const side = honmono.bodyFrame({ document, channel, frame: { parents: ["www.cloud.example"], body: [".mail"] }, clickWarning: true });
    const call = (token) => hear({ isTrusted: true, source: around, origin: "https://www.cloud.example", data: { honmono: token } });
    call("one");
    await until(() => asked.some(({ type }) => type === "join"));
    return { side, document, call, asked, guarded: () => side.guardOf(document.querySelector("a")) };
  }

  test("counts for the body that was handed over, and for none after it", async () => {
    const { side, document, guarded } = await frame(link("https://a.example/"));
    const { number } = await side.body("one");
    side.mark({ type: "marks", token: "one", key: "k", number, view: view("https://a.example/") });
    assert.ok(guarded().settled);
    document.querySelector("a").href = "https://b.example/";
    assert.ok(!guarded().settled, "another body, and nothing was found in it yet");
    const second = await side.body("one");
    side.mark({ type: "marks", token: "one", key: "k", number: second.number, view: view("https://b.example/") });
    assert.ok(guarded().settled);
    side.mark({ type: "marks", token: "one", key: "k", number, view: view("https://a.example/") });
    assert.deepEqual([...guarded().judged.marks.keys()], ["https://b.example/"], "an answer that came late took the newer one's place");
  });

  test("is forgotten with the next message's token", async () => {
    const { side, call, guarded } = await frame(link("https://a.example/"));
    const { number } = await side.body("one");
    side.mark({ type: "marks", token: "one", key: "k", number, view: view("https://a.example/") });
    call("two");
    assert.equal(guarded().judged, undefined);
    assert.equal(await side.body("one"), undefined, "handed over for a token that is not the frame's any more");
    side.mark({ type: "marks", token: "one", key: "k", number, view: view("https://a.example/") });
    assert.equal(guarded().judged, undefined);
  });

  test("a click waits for it, and shows the body at once", async () => {
    const { side, guarded } = await frame(link("https://a.example/"));
    const settling = guarded().settle();
    const { number } = await side.body("one");
    side.mark({ type: "marks", token: "one", key: "k", number, view: view("https://a.example/") });
    assert.equal((await settling).key, "k");
  });

  test("that it could not be checked is told too", async () => {
    const { side, guarded, asked } = await frame(link("https://a.example/"));
    const settling = guarded().settle();
    const { number } = await side.body("one");
    side.mark({ type: "marks", token: "one", key: "k", number });
    // Once more, and then it is said.
    await until(() => asked.filter(({ type }) => type === "join").length > 0);
    const again = await side.body("one");
    side.mark({ type: "marks", token: "one", key: "k", number: again.number });
    assert.equal(await settling, undefined);
    assert.ok(guarded().failed);
  });
});
