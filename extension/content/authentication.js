// Reads what the webmail's page says of the sender's authenticity: the domains in
// its details, results in the words of RFC 8601, a mark that it could not verify
// the sender. Only what stands outside every body and before the message's own
// counts. What is not shown is not known, which speaks for nobody and against
// nobody.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "authentication")) return;
  const { dom } = honmono;

  const longest = 2000;
  const host = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/i;
  const result = /\b(spf|dkim|dmarc)\s*=\s*([a-z]{2,12})\b/gi;

  /**
   * @param {Webmail} adapter
   * @param {(selector: string) => Element[]} heads finds elements of the message's
   *   own header
   * @param {Element} sender the sender's
   * @returns {Authentication}
   */
  function read(adapter, heads, sender) {
    const results = resultsOf(adapter, heads);
    const mailedBy = detail(adapter, heads, adapter.mailedByLabel) || last(adapter.mailedBy, heads) || via(sender);
    const signedBy = detail(adapter, heads, adapter.signedByLabel);
    const unverified = !results.dmarc && isUnverified(adapter, heads);
    return {
      ...(mailedBy && { mailedBy }),
      ...(signedBy && { signedBy }),
      ...results,
      // "Could not be verified" is what a failed check means to its reader.
      ...(unverified && { dmarc: "fail" }),
    };
  }

  /**
   * The value of the row with one of the labels. The subject is such a row too,
   * and may look like a domain: a row is never known by its value. A row that is
   * folded away says the same as one that is shown.
   *
   * @param {Webmail} adapter
   * @param {(selector: string) => Element[]} heads
   * @param {string[] | undefined} labels
   */
  function detail({ detail = [], detailLabel, detailValue }, heads, labels = []) {
    if (labels.length === 0) return "";
    for (const row of detail.flatMap(heads)) {
      const label = dom.first(row, detailLabel);
      const value = dom.first(row, detailValue);
      if (!label || !value || !labels.includes(dom.text(label, 100))) continue;
      const text = dom.text(value, longest);
      if (host.test(text)) return text;
    }
    return "";
  }

  /**
   * @param {string[] | undefined} selectors
   * @param {(selector: string) => Element[]} heads
   */
  function last(selectors = [], heads) {
    const found = selectors.flatMap(heads).at(-1);
    const text = found ? dom.text(found, longest) : "";
    return host.test(text) ? text : "";
  }

  /**
   * "Name <address> via example.net": behind the address stands the domain that
   * sent the mail, whatever the word before it is in the reader's language.
   *
   * @param {Element} sender
   */
  function via(sender) {
    const label = dom.attribute(sender, "aria-label") || dom.text(sender, longest);
    const words = label.slice(label.lastIndexOf(">") + 1).trim().split(/\s+/u);
    const domain = words.find((word) => host.test(word));
    return label.includes(">") && words.length <= 4 && domain ? domain : "";
  }

  /**
   * @param {Webmail} adapter
   * @param {(selector: string) => Element[]} heads
   */
  function resultsOf({ authResults = [] }, heads) {
    /** @type {{ spf?: string, dkim?: string, dmarc?: string }} */
    const results = {};
    for (const node of authResults.flatMap(heads)) {
      const text = `${dom.attribute(node, "title")} ${dom.text(node, longest)}`;
      for (const [, name, value] of text.slice(0, 2 * longest).matchAll(result)) {
        results[/** @type {"spf" | "dkim" | "dmarc"} */ (name.toLowerCase())] ??= value.toLowerCase();
      }
    }
    return results;
  }

  /**
   * @param {Webmail} adapter
   * @param {(selector: string) => Element[]} heads
   */
  function isUnverified({ unverified = [], unverifiedText }, heads) {
    return unverified
      .flatMap(heads)
      .some((node) => !unverifiedText || unverifiedText.includes(dom.text(node, 100)));
  }

  honmono.authentication = { read };
})();
