// What the page says of the sender's authenticity, and what it does not.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openPage } from "./page.mjs";

const adapter = {
  id: "details",
  message: ["[role=listitem]"],
  sender: [".from"],
  subject: ["h2"],
  body: [".text"],
  detail: ["tr"],
  detailLabel: ["th"],
  detailValue: ["td"],
  mailedByLabel: ["mailed-by:", "送信元:"],
  signedByLabel: ["signed-by:", "署名元:"],
  authResults: ["[data-auth]"],
  unverified: ["[role=img]"],
  unverifiedText: ["?"],
};

/** @param {string} head @param {string} [body] @param {string} [from] */
function auth(head, body = "", from = "Bank &lt;info@bank.example&gt;") {
  const { honmono, document } = openPage(
    `<div role=main><h2>S</h2><div role=listitem><span class=from>${from}</span>${head}<div class=text><p>A mail.</p>${body}</div></div></div>`,
  );
  return { ...honmono.adapter.find(adapter, document, "https://webmail.example/").readings[0].auth };
}

const row = (label, value) => `<table><tr><th>${label}</th><td>${value}</td></tr></table>`;

describe("details", () => {
  test("are known by their labels, in any language the rules know", () => {
    assert.deepEqual(auth(row("mailed-by:", "bounce.example.net") + row("signed-by:", "bank.example")), { mailedBy: "bounce.example.net", signedBy: "bank.example" });
    assert.deepEqual(auth(row("送信元:", "bounce.example.net") + row("署名元:", "bank.example")), { mailedBy: "bounce.example.net", signedBy: "bank.example" });
  });

  test("a subject that looks like a domain is none of them", () => {
    assert.deepEqual(auth(row("subject:", "bank.example")), {});
  });

  test("what is no domain is no answer", () => {
    assert.deepEqual(auth(row("signed-by:", "bank.example and others")), {});
    assert.deepEqual(auth(row("signed-by:", "info@bank.example")), {});
  });

  test("a mail that draws them itself says nothing", () => {
    assert.deepEqual(auth("", row("signed-by:", "bank.example") + '<i data-auth title="dmarc=pass"></i><span role=img>?</span>'), {});
  });
});

describe("results", () => {
  test("in the words of RFC 8601", () => {
    assert.deepEqual(auth('<i data-auth title="dmarc=pass"></i>'), { dmarc: "pass" });
    assert.deepEqual(auth("<i data-auth>SPF=fail dkim = none; x=y</i>"), { spf: "fail", dkim: "none" });
    assert.deepEqual(auth('<i title="dmarc=pass"></i>'), {}, "an element that the rules do not name");
  });

  test("a question mark for a picture", () => {
    assert.deepEqual(auth("<span role=img>?</span>"), { dmarc: "fail" });
    assert.deepEqual(auth("<span role=img>QA</span>"), {});
  });

  test("behind the address, the domain it came by", () => {
    assert.deepEqual(auth("", "", "Bank &lt;info@bank.example&gt; via mailer.example.net"), { mailedBy: "mailer.example.net" });
    assert.deepEqual(auth("", "", "銀行 &lt;info@bank.example&gt; mailer.example.net 経由"), { mailedBy: "mailer.example.net" });
    assert.deepEqual(auth("", "", "via mailer.example.net &lt;info@bank.example&gt;"), {}, "a name");
  });
});
