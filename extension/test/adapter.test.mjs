// The adapter engine on pages written for it: what is found, and what a mail
// cannot make it find.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { framed, pane, threads } from "./adapters.mjs";
import { readText } from "./files.mjs";
import { openPage } from "./page.mjs";

const pages = Object.fromEntries(["threads", "pane", "framed", "plain"].map((name) => [name, readText(`extension/test/pages/${name}.html`)]));

/** @param {string} html @param {any} adapter @param {string} [url] */
function find(html, adapter, url = "https://webmail.example/#inbox") {
  const page = openPage(html);
  const found = page.honmono.adapter.find(adapter, page.document, url);
  // The lists are the page's; deepEqual wants ours.
  return { ...page, ...found, readings: [...found.readings] };
}

describe("a conversation", () => {
  test("a sender that is hidden is the sender all the same; one that is shown comes first", () => {
    const hidden = pages.threads.replaceAll("<h3", '<h3 style="display: none"');
    assert.deepEqual(find(hidden, threads).readings.map(({ from }) => from.address), find(pages.threads, threads).readings.map(({ from }) => from.address));
  });

  test("every open message is found, in order; folded ones, drafts and old views are not", () => {
    const { readings, problem } = find(pages.threads, threads);
    assert.deepEqual(readings.map(({ id }) => id), ["2", "3", "4"]);
    assert.equal(problem, undefined);
  });

  test("each has its own header", () => {
    const [parcel, bob, carol] = find(pages.threads, threads).readings;
    assert.deepEqual({ ...parcel.from }, { name: "Parcel Desk", address: "notice@parcel.example" });
    assert.deepEqual({ ...carol.from }, { name: "Carol", address: "carol@example.net" });
    assert.deepEqual({ ...bob.replyTo }, { address: "bob@elsewhere.example" });
    assert.equal(parcel.replyTo, undefined);
    assert.equal(parcel.auth.mailedBy, "bulk.example");
    assert.deepEqual([...parcel.attachments], ["invoice.pdf.html"]);
    assert.equal(parcel.clipped, true);
    assert.equal(bob.clipped, false);
    assert.equal(parcel.mailbox, "alice@example.com");
  });

  test("the subject is the visible one, for each message", () => {
    for (const { subject } of find(pages.threads, threads).readings) assert.equal(subject, "Your parcel is on hold");
  });

  test("the webmail's own words in the subject's element are no part of it", () => {
    const html = pages.threads.replace(/<h2(?: [^>]*)?>[^<]*<\/h2>/g, '<h2><span class="voice">Subject: </span>\n  Your parcel <b>is on hold</b> <a class="extwin"><span>Open in a new window</span></a></h2>');
    const { readings } = find(html, { ...threads, subjectSkip: [".voice", ".extwin"] });
    for (const { subject } of readings) assert.equal(subject, "Your parcel is on hold");
    assert.equal(readings.length, 3);
  });

  test("what a mail holds is no header, no subject and no message", () => {
    const { readings } = find(pages.threads, threads);
    assert.equal(readings[1].from.address, "bob@example.net");
    assert.ok(!readings.some(({ id, from }) => id === "forged" || /bank/.test(from.address)));
  });

  test("a message whose own header is missing borrows none from the mail above it", () => {
    const html = pages.threads.replace('<h3><span email="carol@example.net" name="Carol">Carol</span></h3>', "");
    const { readings, problem } = find(html, threads);
    assert.deepEqual(readings.map(({ id }) => id), ["2", "3"]);
    assert.equal(problem, "unreadable");
  });

  test("drafts and sent mail are never judged, spam is", () => {
    for (const folder of ["#drafts", "#sent"]) {
      const { readings, quiet } = find(pages.threads, threads, `https://webmail.example/${folder}/1`);
      assert.deepEqual([readings.length, quiet], [0, true]);
    }
    assert.equal(find(pages.threads, threads, "https://webmail.example/#spam/1").readings[0].folder, "spam");
  });

  test("only folded messages: nothing to judge, and that is known", () => {
    const html = pages.threads.replace(/<div role="listitem" data-message="[2346]">/g, '<div role="listitem" class="folded">');
    const { readings, quiet } = find(html, threads);
    assert.deepEqual([readings.length, quiet], [0, true]);
  });

  test("a selector that the browser does not know is passed over", () => {
    const { readings } = find(pages.threads, { ...threads, message: ["[[", ":has-what(x)", ...threads.message], sender: ["::", ...threads.sender] });
    assert.equal(readings.length, 3);
  });
});

describe("what is attached", () => {
  const names = (html) => find(html, threads).readings.map(({ attachments }) => [...attachments]);

  test("a webmail may show it in the element of the mail's text; outside of it, what is inside does not count", () => {
    const inside = pages.threads.replace(/(<div class="body"><div class="text">)/g, '$1<span class="attachment" title="scan.exe"></span>');
    assert.notEqual(inside, pages.threads);
    assert.deepEqual(names(inside), [["invoice.pdf.html"], ["scan.exe", "scan.exe"], ["scan.exe"]]);
  });
});

describe("a pane of messages", () => {
  test("a localised label is read without its word", () => {
    const { readings: [reading] } = find(pages.pane, pane);
    assert.deepEqual({ ...reading.from }, { name: "Bank", address: "info@bank-login.example" });
    assert.equal(reading.subject, "Konto gesperrt");
    assert.equal(reading.id, "c1");
  });

  test("the banner goes into the conversation's own scroll bar", () => {
    const { readings: [reading] } = find(pages.pane, pane);
    assert.equal(reading.anchor.element.className, "scroll inner");
    assert.equal(reading.anchor.place, "prepend");
  });

  test("two open messages: two headers, and no anchor that they would share", () => {
    const second = '<div class="two"><div id="from_2"><span aria-label="Von: Bob &lt;bob@example.com&gt;"></span></div><div id="body_2">hi</div></div>';
    const html = pages.pane.replace(/(<div class="one">[\s\S]*?<p id="x_body_9">x<\/p><\/div>\s*<\/div>)/, `$1${second}`);
    const { readings } = find(html, pane);
    assert.deepEqual(readings.map(({ from }) => from.address), ["info@bank-login.example", "bob@example.com"]);
    for (const { anchor, place } of readings) assert.deepEqual([anchor.element, anchor.place], [place, "before"]);
  });

  test("rewritten links are read as they were, and the page keeps them as they are", async () => {
    const { readings: [reading], honmono, document } = find(pages.pane, pane);
    const { html } = await honmono.reading.message(reading);
    assert.match(html, /href="https:\/\/bank-login\.example\/"/);
    assert.doesNotMatch(html, /href="https:\/\/safelinks/);
    assert.match(document.querySelector("#body_1 a").href, /^https:\/\/safelinks/);
  });

  test("a sender of the own organisation may have a name only", () => {
    const html = pages.pane.replace("Von: Bank &lt;info@bank-login.example&gt;", "Von: Erika Muster");
    assert.deepEqual({ ...find(html, pane).readings[0].from }, { name: "Erika Muster" });
  });
});

describe("a body in a frame", () => {
  /** @param {string} body */
  function open(body) {
    const page = openPage(pages.framed);
    const inner = page.document.querySelector("iframe").contentDocument;
    inner.open();
    inner.write(body);
    inner.close();
    return { ...page, ...page.honmono.adapter.find(framed, page.document, "https://webmail.example/") };
  }

  test("is read through it; header and banner stay outside", async () => {
    const { readings: [reading], honmono, document } = open('<div id="root"><a href="https://x.example/">x</a></div>');
    assert.equal(reading.body.id, "root");
    assert.equal(reading.from.address, "bob@example.com");
    assert.equal(reading.anchor.element, document.querySelector("iframe"));
    assert.match((await honmono.reading.message(reading)).html, /^<a href="https:\/\/x\.example\/">/);
  });

  test("comes whole, <base> included, where no body inside is known", async () => {
    const { readings: [reading], honmono } = open('<base href="https://evil.example/"><p><a href="pay">x</a></p>');
    assert.match((await honmono.reading.message(reading)).html, /<base href="https:\/\/evil\.example\/">/);
  });

  test("one being written is left alone", () => {
    const page = openPage(pages.framed);
    page.document.querySelector("iframe").contentDocument.designMode = "on";
    Object.defineProperty(page.document.querySelector("iframe").contentDocument, "designMode", { value: "on" });
    assert.equal(page.honmono.adapter.find(framed, page.document, "").readings.length, 0);
  });

  test("of another host is that host's, even before it has gone there", () => {
    const page = openPage(pages.framed);
    const frame = page.document.querySelector("iframe");
    const away = { ...framed, frameHosts: ["body.sandbox.example"] };
    assert.ok(frame.contentDocument, "an empty document of the page's own");
    const before = page.honmono.adapter.find(away, page.document, "");
    assert.deepEqual([before.readings.length, before.problem], [0, "frame"]);
    // Nothing loads here: the address is another, the document still the same.
    frame.setAttribute("src", "https://body.sandbox.example/mail");
    const { readings: [reading] } = page.honmono.adapter.find(away, page.document, "");
    assert.equal(reading.body, frame);
    assert.deepEqual([...reading.remote], ["body.sandbox.example"]);
  });

  test("the signs of another webmail inside a mail choose nothing", () => {
    const one = { ...framed, hosts: [], id: "one", detect: [".one-head"], body: [".one-body"] };
    const two = { ...framed, hosts: [], id: "two", detect: [".two-head"], body: [".two-body", "body"] };
    const real = '<div class="one-head">x</div><div class="one-body"><p>y</p><div class="two-head">x</div><div class="two-body">y</div></div>';
    const { honmono, document } = openPage(`<!doctype html><body>${real}`);
    for (const order of [[one, two], [two, one]]) assert.equal(honmono.adapter.choose(order, document).id, "one");
    // Nor on a page that nobody has an adapter for.
    const unknown = openPage('<!doctype html><body><main><h2>s</h2><b title="a@b.example">a</b><article>y<div class="two-head">x</div><div class="two-body">y</div></article></main>');
    assert.equal(unknown.honmono.adapter.choose([two], unknown.document), undefined);
  });

  test("is chosen by what the page looks like", () => {
    const { honmono, document } = openPage(pages.framed);
    assert.equal(honmono.adapter.choose([pane, framed].map((a) => ({ ...a, hosts: [] })), document).id, "framed");
    assert.equal(honmono.adapter.choose([{ ...pane, hosts: [] }], document), undefined);
  });
});

describe("the fallback", () => {
  const fallback = (html) => {
    const page = openPage(html);
    return { ...page, ...page.honmono.fallback.find(page.document) };
  };

  test("reads a page that it knows nothing of", async () => {
    const { readings: [reading], honmono } = fallback(pages.plain);
    assert.deepEqual({ ...reading.from }, { name: "Tienda", address: "shop@example.net" });
    assert.equal(reading.subject, "Rechnung");
    assert.equal(reading.id, "77");
    assert.match((await honmono.reading.message(reading)).html, /pay\.example/);
  });

  test("takes no address from the mail, and says when there is no other", () => {
    const html = pages.plain.replace(/<div><span><span aria-label[\s\S]*?<\/div>/, "").replace(/<div>To .*<\/div>/, "");
    const { readings, problem } = fallback(html);
    assert.deepEqual([readings.length, problem], [0, "unreadable"]);
  });

  test("takes no address from another mail above", () => {
    const html = `<div role="main"><div role="document"><p>Short. <a title="forged@bank.example">x</a></p></div>
      <div role="document"><p>A letter that is long enough to be one.</p></div></div>`;
    const { readings, problem } = fallback(html);
    assert.deepEqual([readings.length, problem], [0, "unreadable"]);
  });

  test("finds nothing in a list, and is not worried", () => {
    const { readings, problem } = fallback('<div role="main"><ul><li><span email="a@b.example">A</span></li></ul></div>');
    assert.deepEqual([readings.length, problem], [0, undefined]);
  });

  test("leaves what is being written alone", () => {
    const html = pages.plain.replace('role="document"', 'role="document" contenteditable="true"');
    assert.deepEqual(fallback(html).readings.length, 0);
  });

  test("reads a frame that the page wrote, and not one with an address of its own", () => {
    const html = (src) => `<div role="main"><h2>S</h2><span title="Bob &lt;bob@example.com&gt;">Bob</span><iframe ${src}></iframe></div>`;
    const page = openPage(html(""));
    page.document.querySelector("iframe").contentDocument.write("<p>A letter that is long enough to be one.</p>");
    assert.equal(page.honmono.fallback.find(page.document).readings[0].from.address, "bob@example.com");
    const other = fallback(html('src="https://webmail.example/preview"'));
    assert.deepEqual([other.readings.length, other.problem], [0, undefined]);
  });
});

describe("addresses", () => {
  const { honmono } = openPage("");
  const cases = {
    "Bob <bob@example.com>": { name: "Bob", address: "bob@example.com" },
    "Bob<bob@example.com>": { name: "Bob", address: "bob@example.com" },
    '"Bob, B." <bob@example.com>': { name: "Bob, B.", address: "bob@example.com" },
    "cs-reply@amazon.co.jp <evil@xn5.cn>": { name: "cs-reply@amazon.co.jp", address: "evil@xn5.cn" },
    "Amazon <real@amazon.co.jp> <evil@xn5.cn>": { name: "Amazon <real@amazon.co.jp>", address: "evil@xn5.cn" },
    "bob@example.com": { address: "bob@example.com" },
    "Bob (bob@example.com)": { name: "Bob", address: "bob@example.com" },
    "mailto:bob@example.com?subject=x": { address: "bob@example.com" },
    "mailto:b%C3%B6b@example.com": { address: "böb@example.com" },
    Bob: { name: "Bob" },
    "アマゾン <no-reply@例え.jp>": { name: "アマゾン", address: "no-reply@例え.jp" },
    "": { name: "" },
  };
  for (const [text, want] of Object.entries(cases)) {
    test(JSON.stringify(text), () => assert.deepEqual({ ...honmono.address.parse(text) }, want));
  }
});

describe("a page that misleads", () => {
  test("elements that take the names of the document's methods", () => {
    const clobber = ["querySelectorAll", "querySelector", "getElementById", "body", "createElement"].map((name) => `<img name="${name}"><form name="${name}"></form>`).join("");
    assert.equal(find(pages.threads + clobber, threads).readings.length, 3);
  });

  test("a form around the message whose fields take the names of its methods", () => {
    const html = pages.threads
      .replace('<div role="listitem" data-message="4">', '<form role="listitem" data-message="4"><input name="querySelectorAll"><input name="closest"><input name="contains"><input name="parentElement"><input name="nodeType">')
      .replace("Fine, thanks.</div></div></div>", "Fine, thanks.</div></div></form>");
    assert.deepEqual(find(html, threads).readings.map(({ id }) => id), ["2", "3", "4"]);
  });

  test("an element that takes the name of our namespace", () => {
    const { honmono } = openPage('<a id="honmono"></a><a id="honmono" name="dom"></a>');
    assert.equal(typeof honmono.adapter.find, "function");
  });
});

describe("a search outside of the mails", () => {
  const { honmono, document } = openPage('<main><i id="a"></i><div><i id="b"></i><p id="mail"><i id="c"></i></p><i id="d"></i></div><i id="e"><i id="f"></i></i></main>');
  const [main, mail] = ["main", "#mail"].map((selector) => document.querySelector(selector));
  const ids = (places, root, selector) => Array.from(honmono.dom.outside(places)(root, selector), ({ id }) => id).join("");

  test("finds what a search of all finds, in its order, without what is in them", () => {
    assert.equal(ids([mail], main, "i"), "abdef");
    assert.equal(ids([], main, "i"), "abcdef");
    assert.equal(ids([mail], main, "main > i, p"), "ae");
  });

  test("of a mail itself nothing, and nothing by a selector that is none", () => {
    assert.equal(ids([mail], mail, "i"), "");
    assert.equal(ids([main], mail, "i"), "");
    assert.equal(ids([mail], main, "i["), "");
  });
});

describe("where a link leads, by the webmails' own rules", () => {
  const honest = "https://jpn01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshop.example%2F&data=05";
  const html = `<main id="ConversationReadingPaneContainer">
    <span role="heading" id="CONV_1_SUBJECT" title="Notice">Notice</span>
    <span id="MSG_1_FROM"><span aria-label="From: Bob&lt;bob@shop.example&gt;">Bob</span></span>
    <div id="UniqueMessageBody_1"><a href="https://pkvq7zt.cn/" originalsrc="https://www.paypal.com/">pay</a>
      <a href="${honest}" originalsrc="https://shop.example/">shop</a></div></main>`;
  /** @type {any[]} */
  const adapters = JSON.parse(readText("detector/rules/compiled/webmails.json"));
  const outlook = adapters.find(({ id }) => id === "outlook");

  test("an attribute that a mail can write itself stands for no href", async () => {
    const { honmono, readings } = find(html, outlook, "https://outlook.live.com/mail/0/");
    const { html: read } = await honmono.reading.message(readings[0]);
    assert.match(read, / href="https:\/\/pkvq7zt\.cn\/"/);
    assert.doesNotMatch(read, / href="https:\/\/www\.paypal\.com\/"/);
  });

  test("a wrapper stays in href, for the detector to take off", async () => {
    const { honmono, readings } = find(html, outlook, "https://outlook.live.com/mail/0/");
    const { html: read } = await honmono.reading.message(readings[0]);
    assert.ok(read.includes(` href="${honest.replace("&", "&amp;")}"`));
  });

  test("no webmail's rules believe one", () => {
    assert.deepEqual(adapters.filter(({ hrefAttributes }) => hrefAttributes).map(({ id }) => id), []);
  });
});
