// What a person marked, and the addresses in it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addressesIn } from "../background/addresses.js";

describe("addresses in marked text", () => {
  /** @type {[string, string[]][]} */
  const cases = [
    ["https://shop.example/a?b=c#d", ["https://shop.example/a?b=c#d"]],
    ["www.amazon.co.jp", ["www.amazon.co.jp"]],
    ["support@amazon.co.jp", ["amazon.co.jp"]],
    ["Amazon <no-reply@amaz0n.example>", ["amaz0n.example"]],
    ["詳しくはhttps://shop.example/確認をご覧ください。", ["https://shop.example/確認をご覧ください"]],
    ["リンク（https://shop.example/a）です", ["https://shop.example/a"]],
    ["アマゾンはamazon-jp.example、です", ["amazon-jp.example"]],
    ["hxxps://shop[.]example/x", ["https://shop.example/x"]],
    ["shop (dot) example", ["shop.example"]],
    ["ｗｗｗ．ｓｈｏｐ．ｅｘａｍｐｌｅ", ["www.shop.example"]],
    ["sh\u200bop.exam\u00adple", ["shop.example"]],
    ["see shop.example, or go to https://shop.example/.", ["shop.example", "https://shop.example/"]],
    ["shop.example shop.example", ["shop.example"]],
    ["пример.рф/путь", ["пример.рф/путь"]],
    ["рaypal.com", ["рaypal.com"]],
    ["http://192.0.2.7/login", ["http://192.0.2.7/login"]],
    ["192.0.2.7", ["192.0.2.7"]],
    ["https:\\\\shop.example", ["shop.example"]],
    ["アマゾンamazon.example", ["アマゾンamazon.example"]],
    ["日本語.example です", ["日本語.example"]],
    ["http:///shop.example/x", ["http:///shop.example/x"]],
    ["https://good.example@bad.example/", ["https://good.example@bad.example/"]],
    ["shop.example:8443/x", ["shop.example:8443/x"]],
    ["", []],
    ["ご確認ください。よろしくお願いします。", []],
    ["It costs 3.50 or 1.234,00 at 10.30 today.", []],
    ["e.g. this, i.e. that. And so on.", []],
    ["ver 1.2.3", []],
    ["javascript:alert(1)", []],
  ];
  for (const [text, want] of cases) test(JSON.stringify(text), () => assert.deepEqual(addressesIn(text), want));

  test("few, in the order of the text, and quickly", () => {
    const many = Array.from({ length: 3000 }, (_, i) => `a${i}.example`).join(" ");
    assert.deepEqual(addressesIn(many), ["a0.example", "a1.example", "a2.example", "a3.example", "a4.example"]);
    for (const text of ["a.".repeat(10_000), "a-".repeat(10_000), "@".repeat(20_000), "x@".repeat(10_000), "[".repeat(20_000), "https://".repeat(2500), "a".repeat(20_000), `${"a.".repeat(9_000)}!`]) {
      const began = performance.now();
      addressesIn(text);
      assert.ok(performance.now() - began < 2000, `${JSON.stringify(text.slice(0, 10))}: ${performance.now() - began} ms`);
    }
  });
});
