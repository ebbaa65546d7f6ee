/**
 * A small mailbox to see the extension in: a list, and the mail that was chosen.
 * It knows nothing of the extension, and the extension nothing of it: the mail is
 * found by its place in the page (content/fallback.js).
 */
const lang = new URLSearchParams(location.search).get("lang") ?? (navigator.language.startsWith("ja") ? "ja" : "en");
/** @type {Record<string, string>} */
const words = {
  ja: { name: "お試し用メールボックス", hint: "試験のために書いたメールです。リンクはどこにもつながりません。", empty: "左の一覧からメールを選んでください。", to: "宛先" },
  en: { name: "Demo mailbox", hint: "These mails were written for testing. Their links lead nowhere.", empty: "Choose a mail from the list.", to: "to" },
}[lang === "ja" ? "ja" : "en"];

document.documentElement.lang = lang;
for (const node of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-say]"))) node.textContent = words[node.dataset.say ?? ""];

/** @type {{id: string, from: {name: string, address: string}, to: {address: string}, subject: string, date: string}[]} */
const mails = await (await fetch("/mails.json")).json();
const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const list = /** @type {HTMLElement} */ (document.getElementById("list"));

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const day = new Intl.DateTimeFormat(lang, { dateStyle: "medium" });
const moment = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" });

for (const mail of mails) {
  list.append(el("li", {}, el("a", { href: `#${mail.id}` },
    el("span", { class: "from" }, el("span", {}, mail.from.name || mail.from.address), el("time", { datetime: mail.date }, day.format(new Date(mail.date)))),
    el("span", { class: "subject" }, mail.subject))));
}

async function show() {
  const mail = mails.find((m) => `#${m.id}` === location.hash);
  for (const link of list.querySelectorAll("a")) link.toggleAttribute("aria-current", link.hash === location.hash);
  if (!mail) return;
  const html = await (await fetch(`/body/${mail.id}`)).text();
  if (location.hash !== `#${mail.id}`) return;
  const body = el("div", { class: "body", role: "document" });
  body.innerHTML = html;
  main.replaceChildren(el("section", { class: "message", "data-message-id": mail.id },
    el("h2", {}, mail.subject),
    el("div", { class: "head" },
      el("span", { class: "sender", title: mail.from.address }, el("strong", {}, mail.from.name || mail.from.address), `<${mail.from.address}> ${words.to} ${mail.to.address}`),
      el("time", { datetime: mail.date }, moment.format(new Date(mail.date)))),
    body));
  main.scrollTop = 0;
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  document.title = mail.subject;
}

addEventListener("hashchange", show);
await show();

export {};
