// Turns a message found in the page into what the detector reads.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "reading")) return;
  const { dom, serialize } = honmono;

  /** The longest HTML handed over, in characters; the background refuses more. */
  const maxHTML = 10_000_000;
  /** Up to here every character counts in a fingerprint; beyond, a sample. */
  const fullHash = 1_000_000;

  /**
   * All of the message but its body.
   *
   * @param {Reading} reading
   * @returns {Message}
   */
  function head(reading) {
    return {
      ...(reading.webmail && { webmail: reading.webmail }),
      ...(reading.mailbox && { mailbox: reading.mailbox }),
      from: reading.from,
      ...(reading.replyTo && { replyTo: reading.replyTo }),
      subject: reading.subject,
      ...(Object.keys(reading.auth).length > 0 && { auth: reading.auth }),
      ...(reading.attachments.length > 0 && { attachments: reading.attachments }),
      folder: reading.folder,
      ...(reading.clipped && { partial: true }),
    };
  }

  /**
   * The message, its body read in slices.
   *
   * @param {Reading} reading
   * @param {Set<string>} [known] takes the hrefs that were read
   * @returns {Promise<Message | undefined>} undefined where the body was taken
   *   apart while it was read
   */
  async function message(reading, known) {
    const body = await bodyOf(reading.body, reading.hrefAttributes, known);
    return body && { ...head(reading), html: body.text, ...((reading.clipped || !body.whole) && { partial: true }) };
  }

  /**
   * A frame's body comes with its head: a <base> there moves every link.
   *
   * @param {Element} body
   * @param {string[]} hrefAttributes
   * @param {Set<string>} [known] takes the hrefs that were read
   */
  function bodyOf(body, hrefAttributes, known) {
    return serialize(body, { outer: dom.name(body) === "html", hrefAttributes, limit: maxHTML, known });
  }

  /**
   * Says whether what would be judged has changed. Not a secret: a mail cannot
   * change itself, so nobody gains by a collision.
   *
   * @param {Message} message
   */
  function fingerprint({ from, replyTo, subject, auth, html = "", partial, attachments }) {
    const head = JSON.stringify([from, replyTo, subject, auth, partial, attachments, html.length]);
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

  honmono.reading = { head, message, bodyOf, fingerprint, key, maxHTML };
})();
