// Clicks in a mail that is still being judged. The page's clock stands still here:
// what waits for a time goes on when the test says so.

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { buildView } from "../view/view.js";
import { threads } from "./adapters.mjs";
import { catalogues, readText } from "./files.mjs";
import { openPage } from "./page.mjs";

const html = readText("extension/test/pages/threads.html");
const bad = "https://parcel.example/pay";
const verdicts = {
  danger: {
    level: "danger", score: 9,
    findings: [{ symbol: "BRAND_FOREIGN_LINK", group: "claim", weight: 9, evidence: { brand: "b", brandName: "Parcel", host: "parcel.example", domain: "parcel.example", link: 1 } }],
    links: [{ href: bad, text: "here", host: "parcel.example", registrableDomain: "parcel.example", level: "danger", symbols: ["BRAND_FOREIGN_LINK"] }],
    advice: [],
  },
  ok: { level: "ok", score: 0, findings: [], links: [] },
};
const answer = (level) => ({ ok: { view: buildView(verdicts[level], catalogues.en) } });

let page;
afterEach(() => page?.window.close());

/** Lets everything happen that waits for no time. */
async function rest() {
  for (let i = 0; i < 30; i++) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * @param {object} [o]
 * @param {(request: any) => any} [o.reply] to requests other than hello and check; undefined: fine
 * @param {object} [o.hello]
 */
async function start({ reply = () => undefined, hello = {}, text = html } = {}) {
  const sent = [];
  /** Questions that wait for the test's answer. */
  const open = [];
  const listeners = [];
  const chrome = {
    runtime: {
      id: "me",
      connect: () => ({ onDisconnect: { addListener() {} }, postMessage() {} }),
      onMessage: { addListener: (listen) => listeners.push(listen) },
      sendMessage(request) {
        sent.push(JSON.parse(JSON.stringify(request)));
        if (request.type === "hello" && hello !== null) return Promise.resolve({ ok: { adapters: [threads], css: "", rules: 1, clickWarning: true, words: { checking: "c", unchecked: "u" }, off: false, ...hello } });
        if (request.type === "check" && request.key !== "threads:2") return Promise.resolve(answer("ok"));
        if (request.type === "check" || request.type === "hello") return new Promise((resolve) => open.push({ request, answer: resolve }));
        return Promise.resolve(reply(request) ?? { ok: {} });
      },
    },
  };
  page = openPage(text, { url: "https://threads.example/#inbox", chrome });
  const { window, document } = page;
  /** @type {{ run: () => void, wait: number, id: number }[]} */
  const timers = [];
  let last = 0;
  const real = window.setTimeout.bind(window);
  window.setTimeout = (run, wait = 0, ...rest) => {
    if (wait === 0) return real(run, 0, ...rest);
    timers.push({ run: () => run(...rest), wait, id: (last += 1) + 1e6 });
    return last + 1e6;
  };
  const clear = window.clearTimeout.bind(window);
  window.clearTimeout = (id) => {
    const at = timers.findIndex((timer) => timer.id === id);
    if (at >= 0) timers.splice(at, 1);
    else clear(id);
  };
  /** Lets all timers of a length end. */
  const elapse = async (wait) => {
    for (const timer of timers.filter((timer) => timer.wait === wait)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
    await rest();
  };
  window.eval(readText("extension/content/main.js"));
  await rest();

  /** What the page's own handlers see. */
  const seen = [];
  document.addEventListener("click", (event) => {
    seen.push({ type: event.type, ctrlKey: event.ctrlKey, target: event.target });
    event.preventDefault();
  });
  const symbol = Object.getOwnPropertySymbols(document.body).find(({ description }) => description === "impl");
  /** A click of the person's own; whether the browser would follow it. */
  function click(element, init = {}, type = "click") {
    const event = new window.MouseEvent(type, { bubbles: true, cancelable: true, composed: true, ...init });
    const inner = event[symbol];
    inner.isTrusted = true;
    element[symbol]._dispatch(inner);
    return event;
  }
  const checks = () => sent.filter(({ type, key }) => type === "check" && key === "threads:2");
  const follows = () => sent.filter(({ type }) => type === "follow");
  const link = () => document.querySelector('[data-message="2"] .text a');
  return { ...page, chrome, sent, open, elapse, timers, seen, click, checks, follows, link, notify: (notice) => listeners.forEach((listen) => listen(notice, { id: "me" }, () => {})) };
}

describe("a click before the verdict", () => {
  test("looks for the mail and reads it at once, and waits", async () => {
    const { link, click, checks, seen, follows } = await start();
    assert.equal(checks().length, 0, "nothing was looked at yet");
    const event = click(link());
    assert.ok(event.defaultPrevented);
    await rest();
    assert.deepEqual(checks().map(({ key }) => key), ["threads:2"]);
    assert.deepEqual([seen, follows()], [[], []]);
  });

  test("goes on once where nothing was found, for the page's handlers too", async () => {
    const { link, click, open, seen, follows } = await start();
    click(link());
    click(link());
    await rest();
    assert.equal(open.length, 1);
    open[0].answer(answer("ok"));
    await rest();
    assert.deepEqual(seen.map(({ target }) => target === link()), [true]);
    assert.deepEqual(follows(), []);
    // And from then on as ever.
    click(link());
    assert.equal(seen.length, 2);
  });

  test("that opens a tab of its own is shown to the page's handlers, and opened by us unless they had it", async () => {
    for (const theirs of [true, false]) {
      const { link, click, open, follows, document } = await start();
      const seen = [];
      document.addEventListener("auxclick", (event) => {
        seen.push(event.button);
        if (theirs) event.preventDefault();
      });
      click(link(), { button: 1 }, "auxclick");
      await rest();
      open[0].answer(answer("ok"));
      await rest();
      assert.deepEqual(seen, [1]);
      assert.deepEqual(follows().map(({ why, way, url }) => [why, way, url]), theirs ? [] : [["cleared", "behind", bad]]);
      page.window.close();
    }
  });

  test("is stopped where the link is dangerous", async () => {
    const { link, click, open, seen, follows } = await start();
    click(link(), { button: 1 }, "auxclick");
    await rest();
    open[0].answer(answer("danger"));
    await rest();
    assert.deepEqual(seen, []);
    assert.deepEqual(follows().map(({ key, why, way, href }) => ({ key, why, way, href })), [{ key: "threads:2", why: "marked", way: "behind", href: bad }]);
  });

  test("is told of where the mail cannot be judged, and where that takes too long", async () => {
    for (const end of ["error", "time"]) {
      const { link, click, open, seen, follows, elapse } = await start();
      click(link());
      await rest();
      if (end === "error") open[0].answer({ error: { reason: "detector", detail: "" } });
      else await elapse(3000);
      await rest();
      assert.deepEqual(seen, [], end);
      assert.deepEqual(follows().map(({ why, url, way }) => ({ why, url, way })), [{ why: "unchecked", url: bad, way: "here" }], end);
      page.window.close();
    }
  });

  test("a mail that could not be judged is tried again at each click", async () => {
    const { link, click, open, seen, follows } = await start();
    click(link());
    await rest();
    open[0].answer({ error: { reason: "detector", detail: "" } });
    await rest();
    assert.equal(follows().length, 1);
    click(link());
    await rest();
    assert.equal(open.length, 2);
    open[1].answer(answer("ok"));
    await rest();
    assert.equal(follows().length, 1);
    assert.equal(seen.length, 1);
  });

  test("where not even the background can be asked, the second click opens", async () => {
    const { link, click, open, seen } = await start({ reply: ({ type }) => (type === "follow" ? { error: { reason: "detector", detail: "" } } : undefined) });
    click(link());
    await rest();
    open[0].answer({ error: { reason: "detector", detail: "" } });
    await rest();
    assert.deepEqual(seen, []);
    click(link());
    assert.equal(seen.length, 1);
  });

  test("a link that the page has replaced meanwhile is opened by the background, or stopped", async () => {
    for (const level of ["ok", "danger"]) {
      const { link, click, open, seen, follows } = await start();
      click(link());
      await rest();
      link().replaceWith(link().cloneNode(true));
      open[0].answer(answer(level));
      await rest();
      // The page has changed: it is read once more, and asked about if it is not the same.
      for (const { answer: reply } of open.slice(1)) reply(answer(level));
      await rest();
      assert.deepEqual(seen, []);
      assert.deepEqual(follows().map(({ why }) => why), [level === "ok" ? "cleared" : "marked"]);
      page.window.close();
    }
  });

  test("in a mail that has changed since it was judged waits too", async () => {
    const { link, document, click, open, seen } = await start();
    click(link());
    await rest();
    open[0].answer(answer("ok"));
    await rest();
    assert.equal(seen.length, 1);
    document.querySelector('[data-message="2"] .text').append("And now your parcel is lost.");
    assert.ok(click(link()).defaultPrevented);
    await rest();
    assert.equal(open.length, 2);
    assert.equal(seen.length, 1);
    open[1].answer(answer("danger"));
    await rest();
    assert.equal(seen.length, 1);
  });

  test("in a mail known to be dangerous, a link that has changed is asked about at once", async () => {
    const { link, click, open, seen, follows } = await start();
    click(link());
    await rest();
    open[0].answer(answer("danger"));
    await rest();
    link().setAttribute("href", "https://elsewhere.example/");
    click(link());
    assert.deepEqual(follows().map(({ why, url }) => [why, url]), [["marked", bad], ["changed", "https://elsewhere.example/"]]);
    assert.deepEqual(seen, []);
  });

  test("a mail that never rests is not held longer than any, and what was found last counts", async () => {
    const { link, document, click, open, seen, elapse } = await start();
    click(link());
    await rest();
    open[0].answer(answer("ok"));
    await rest();
    document.querySelector('[data-message="2"] .text').append("x");
    click(link());
    await rest();
    await elapse(3000);
    assert.equal(seen.length, 2);
  });

  test("links that lead to no page are not held, nor links outside of mails", async () => {
    const { link, document, click, seen } = await start();
    const hrefs = ["#below", "mailto:a@b.example", "tel:110"];
    for (const href of hrefs) {
      link().setAttribute("href", href);
      click(link());
    }
    assert.equal(seen.length, hrefs.length);
    click(document.querySelector("a.clipped"));
    assert.equal(seen.length, hrefs.length + 1);
  });

  test("where nothing is to be stopped, nothing is held", async () => {
    const { link, click, seen } = await start({ hello: { clickWarning: false } });
    click(link());
    assert.equal(seen.length, 1);
  });

  test("sent mail is not held", async () => {
    const { link, click, seen, window } = await start();
    window.location.hash = "#sent";
    click(link());
    assert.equal(seen.length, 1);
  });

  test("the browser's menu is not held; a dangerous link's is led away from when that is known", async () => {
    const { link, click, open, follows } = await start();
    assert.ok(!click(link(), { button: 2 }, "contextmenu").defaultPrevented);
    await rest();
    open[0].answer(answer("danger"));
    await rest();
    assert.deepEqual(follows().map(({ way, why }) => [way, why]), [["menu", "marked"]]);
  });

  test("a link is not dragged out before the verdict", async () => {
    const { link, click, open } = await start();
    assert.ok(click(link(), {}, "dragstart").defaultPrevented);
    await rest();
    open[0].answer(answer("ok"));
    await rest();
    assert.ok(!click(link(), {}, "dragstart").defaultPrevented);
  });

  test("a click that a script made is held as well, and neither warned of nor opened if the link is bad", async () => {
    const { link, open, seen, follows, window } = await start();
    const made = () => link().dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true }));
    made();
    await rest();
    open[0].answer(answer("danger"));
    await rest();
    made();
    assert.deepEqual([seen, follows()], [[], []]);
  });
});

test("that a mail waits to be asked about is told at once", async () => {
  const { elapse, sent } = await start();
  await elapse(150);
  assert.deepEqual(sent.filter(({ type }) => type === "showing")[0], { type: "showing", keys: [], waiting: true });
});

describe("a click before the background has said what the page is", () => {
  test("waits for that where it leads out of the page, and then for the verdict", async () => {
    const { link, click, open, seen, follows, checks } = await start({ hello: null });
    assert.ok(click(link()).defaultPrevented);
    await rest();
    assert.deepEqual(seen, []);
    open[0].answer({ ok: { adapters: [threads], css: "", rules: 1, clickWarning: true, words: { checking: "c", unchecked: "u" }, off: false } });
    await rest();
    assert.equal(checks().length, 1);
    open[1].answer(answer("danger"));
    await rest();
    assert.deepEqual(seen, []);
    assert.deepEqual(follows().map(({ why, key }) => [why, key]), [["marked", "threads:2"]]);
  });

  test("goes on where the page is switched off, or holds no mail there", async () => {
    for (const hello of [{ off: true, adapters: [] }, { off: false, adapters: [threads], clickWarning: false }]) {
      const { link, click, open, seen } = await start({ hello: null });
      click(link());
      await rest();
      assert.equal(seen.length, 0);
      open[0].answer({ ok: { css: "", rules: 1, clickWarning: true, words: { checking: "", unchecked: "" }, ...hello } });
      await rest();
      assert.equal(seen.length, 1);
      click(link());
      assert.equal(seen.length, 2);
      page.window.close();
    }
  });

  test("is not held where the link stays in the page's own site", async () => {
    const { link, click, seen } = await start({ hello: null });
    link().setAttribute("href", "/settings");
    click(link());
    assert.equal(seen.length, 1);
  });
});
