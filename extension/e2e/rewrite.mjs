/**
 * What a webmail does to a mail's HTML before its page shows it, as far as an
 * observer of that page can tell: scripts go, names get a prefix so that the mail
 * cannot pose as the page, links and images are led through the webmail's own
 * servers. docs/webmail.md names what each rests on.
 */
import { JSDOM } from "jsdom";

/**
 * @param {string} html
 * @returns {{document: Document, body: HTMLElement}}
 */
function parse(html) {
  const { document } = new JSDOM(html).window;
  return { document, body: document.body };
}

/** @param {HTMLElement} body */
function dropScripts(body) {
  for (const node of body.querySelectorAll("script, object, embed, applet, iframe, frame, link, meta, base")) node.remove();
  for (const node of body.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) if (/^on/i.test(name)) node.removeAttribute(name);
    const href = node.getAttribute("href") ?? "";
    if (/^[\u0000-\u0020]*j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:/i.test(href)) node.removeAttribute("href");
  }
}

/**
 * Puts a prefix before every id and class, in attributes and in style sheets.
 *
 * @param {HTMLElement} body
 * @param {string} prefix
 * @param {string} [scope] a class that every rule of a style sheet is put under
 */
function prefixNames(body, prefix, scope) {
  for (const node of body.querySelectorAll("[id]")) node.id = prefix + node.id;
  for (const node of body.querySelectorAll("[class]")) {
    node.setAttribute("class", node.getAttribute("class")?.trim().split(/\s+/).map((c) => prefix + c).join(" ") ?? "");
  }
  for (const style of body.querySelectorAll("style")) {
    style.textContent = (style.textContent ?? "")
      .replace(/([.#])(-?[a-z_][\w-]*)(?=[^{}]*\{)/gi, `$1${prefix}$2`)
      .replace(/(^|\})\s*([^@{}]+)\{/g, (_, end, selector) => `${end}\n${scope ? `.${scope} ` : ""}${selector.trim()} {`);
  }
}

/** @param {string} text @returns {string} */
export function plainToHTML(text) {
  return text
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
    .replace(/https?:\/\/[^\s<>"'、。）」]+/g, (url) => `<a href="${url}">${url}</a>`)
    .replace(/\r?\n/g, "<br>\n");
}

/**
 * Gmail: names prefixed m_<number>, the original link in href and its redirect in
 * data-saferedirecturl, images through googleusercontent.com with the original
 * after the #.
 *
 * @param {import("./mail.mjs").Mail} mail
 * @returns {string}
 */
export function gmailBody(mail) {
  const { document, body } = parse(mail.html || plainToHTML(mail.text));
  dropScripts(body);
  const number = String(4_000_000_000 + hash(mail.id));
  prefixNames(body, `m_${number}`, `m_${number}body`);
  for (const link of body.querySelectorAll("a[href], area[href]")) {
    const href = link.getAttribute("href") ?? "";
    if (!/^\s*https?:/i.test(href)) continue;
    link.setAttribute("target", "_blank");
    link.setAttribute("data-saferedirecturl", `https://www.google.com/url?q=${encodeURIComponent(href)}&source=gmail&ust=1764000000000000&usg=AOvVaw0EXAMPLE`);
  }
  for (const image of body.querySelectorAll("img[src]")) {
    const src = image.getAttribute("src") ?? "";
    if (!/^https?:/i.test(src)) continue;
    image.classList.add("CToWUd");
    image.setAttribute("src", `https://ci3.googleusercontent.com/meips/EXAMPLE${hash(src)}=s0-d-e1-ft#${src}`);
  }
  return `<u></u>${wrapped(document, body, `m_${number}body`)}`;
}

/**
 * Outlook: names prefixed x_, the mail inside a div of class rps_xxxx, SafeLinks in
 * href and the original in originalsrc.
 *
 * @param {import("./mail.mjs").Mail} mail
 * @returns {string}
 */
export function outlookBody(mail) {
  const { document, body } = parse(mail.html || plainToHTML(mail.text));
  dropScripts(body);
  const scope = `rps_${hash(mail.id).toString(16).padStart(4, "0").slice(-4)}`;
  prefixNames(body, "x_", scope);
  const styles = [...body.querySelectorAll("style")];
  for (const [i, link] of [...body.querySelectorAll("a[href], area[href]")].entries()) {
    const href = link.getAttribute("href") ?? "";
    link.setAttribute("data-linkindex", String(i));
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
    link.setAttribute("data-auth", "NotApplicable");
    if (!/^\s*https?:/i.test(href)) continue;
    link.setAttribute("originalsrc", href);
    link.setAttribute("shash", "EXAMPLEshash==");
    link.setAttribute("title", `元の URL: ${href}. リンクを信頼する場合にクリックまたはタップしてください。`);
    const data = `05|02|${mail.to.address}|EXAMPLE|84df9e7fe9f640afb435aaaaaaaaaaaa|1|0|638800000000000000|Unknown|EXAMPLE|0|||`;
    link.setAttribute("href", `https://jpn01.safelinks.protection.outlook.com/?url=${encodeURIComponent(href)}&data=${encodeURIComponent(data)}&sdata=EXAMPLE%3D&reserved=0`);
  }
  for (const image of body.querySelectorAll("img[src]")) image.setAttribute("data-imagetype", "External");
  for (const style of styles) style.remove();
  return `<div visibility="visible">${styles.map((s) => s.outerHTML).join("")}${wrapped(document, body, scope)}</div>`;
}

/**
 * What most others do: scripts go, names get a prefix, links open apart. Yahoo
 * Mail says yiv and a number, SnappyMail, Zimbra and Proton something of theirs.
 *
 * @param {string} prefix
 * @returns {(mail: import("./mail.mjs").Mail) => string}
 */
export function prefixedBody(prefix) {
  return (mail) => {
    const { document, body } = parse(mail.html || plainToHTML(mail.text));
    dropScripts(body);
    const name = `${prefix}${hash(mail.id)}`;
    prefixNames(body, name, name);
    for (const link of body.querySelectorAll("a[href], area[href]")) {
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener noreferrer");
    }
    return wrapped(document, body, name);
  };
}

/**
 * The demo mailbox: the mail's own styles kept to the mail, links opened apart,
 * and nothing else changed.
 *
 * @param {import("./mail.mjs").Mail} mail
 * @returns {string}
 */
export function plainBody(mail) {
  const { document, body } = parse(mail.html || plainToHTML(mail.text));
  dropScripts(body);
  prefixNames(body, "mail-", "mail-body");
  for (const link of body.querySelectorAll("a[href], area[href]")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer");
  }
  return wrapped(document, body, "mail-body");
}

/**
 * @param {Document} document
 * @param {HTMLElement} body
 * @param {string} name class of the div that takes the body's place
 */
function wrapped(document, body, name) {
  const div = document.createElement("div");
  div.className = name;
  const style = body.getAttribute("style");
  if (style) div.setAttribute("style", style);
  div.append(...body.childNodes);
  return div.outerHTML;
}

/** @param {string} text @returns {number} below 2^16, the same for the same text */
function hash(text) {
  let h = 7;
  for (const c of text) h = (h * 31 + /** @type {number} */ (c.codePointAt(0))) % 65_536;
  return h;
}
