// Turns a message found in the page into what the detector reads.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "reading")) return;
  const { dom, marks } = honmono;

  /** The longest HTML handed over, in characters; the background refuses more. */
  const maxHTML = 10_000_000;
  /** Up to here every character counts in a fingerprint; beyond, a sample. */
  const fullHash = 1_000_000;

  /**
   * @param {Reading} reading
   * @returns {Message}
   */
  function message(reading) {
    const html = htmlOf(reading);
    return {
      ...(reading.webmail && { webmail: reading.webmail }),
      ...(reading.mailbox && { mailbox: reading.mailbox }),
      from: reading.from,
      ...(reading.replyTo && { replyTo: reading.replyTo }),
      subject: reading.subject,
      html: html.slice(0, maxHTML),
      ...(reading.mailedBy && { auth: { mailedBy: reading.mailedBy } }),
      ...(reading.attachments.length > 0 && { attachments: reading.attachments }),
      folder: reading.folder,
      ...((reading.clipped || html.length > maxHTML) && { partial: true }),
    };
  }

  /**
   * The body as the mail had it: links that the webmail rewrote are given back
   * their originals, and our marks are taken out. That is done in a copy, in a
   * document that loads nothing and runs nothing.
   *
   * @param {Reading} reading
   */
  function htmlOf({ body, hrefAttributes }) {
    const rewritten = hrefAttributes.filter((name) => dom.all(body, `[${name}]`).length > 0);
    const hasMarks = dom.all(body, "a > span:first-child").some((span) => marks.owns(span));
    if (rewritten.length === 0 && !hasMarks) return outer(body);
    const inert = document.implementation.createHTMLDocument("");
    const copy = inert.importNode(body, true);
    marks.clean(body, copy);
    for (const name of rewritten) {
      for (const link of dom.all(copy, `a[${name}], area[${name}]`)) {
        const original = dom.attribute(link, name);
        if (original) link.setAttribute("href", original);
      }
    }
    return outer(copy);
  }

  /**
   * A frame's body comes with its head: a <base> there moves every link.
   *
   * @param {Element} body
   */
  function outer(body) {
    return body.localName === "html" ? body.outerHTML : body.innerHTML;
  }

  /**
   * Says whether what would be judged has changed. Not a secret: a mail cannot
   * change itself, so nobody gains by a collision.
   *
   * @param {Message} message
   */
  function fingerprint({ from, replyTo, subject, html = "", partial, attachments }) {
    const head = JSON.stringify([from, replyTo, subject, partial, attachments, html.length]);
    return hash(head, 1) + hash(html, Math.ceil(html.length / fullHash));
  }

  /**
   * FNV-1a over UTF-16 code units.
   *
   * @param {string} text
   * @param {number} stride
   */
  function hash(text, stride) {
    let h = 0x811c9dc5;
    for (let i = 0; i < text.length; i += stride || 1) {
      h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    }
    return (h >>> 0).toString(16).padStart(8, "0");
  }

  /**
   * The message's identity in this page: the webmail's id, or else its content.
   *
   * @param {Reading} reading
   * @param {string} fingerprint
   */
  function key(reading, fingerprint) {
    return `${reading.webmail || "page"}:${reading.id || fingerprint}`;
  }

  honmono.reading = { message, fingerprint, key, maxHTML };
})();
