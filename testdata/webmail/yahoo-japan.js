/*
 * A page like Yahoo!メール's, as far as anything is known of it, which is its address:
 * roles and headings, an address in a title, no class to hold on to.
 */
"use strict";
(() => {
  const { el, trusted } = mailbox;
  mailbox({
    root: () => document.getElementById("app"),
    row: (thread, m) => el("li", {}, el("span", {}, m.from.name || m.from.address), el("span", {}, m.subject)),
    list: (rows) => el("nav", { class: "page" }, el("ul", {}, ...rows)),
    conversation: (thread, nodes) => el("main", { role: "main", class: "page" }, el("h1", {}, thread.messages[0].subject), ...nodes),
    message(m) {
      const body = el("div", { role: "document", tabindex: "0" });
      const node = el("article", {},
        el("header", { class: "head" }, el("span", { class: "sender", title: m.from.address }, m.from.name || m.from.address), el("span", { class: "to" }, `To: ${m.to.address}`)), body);
      return { node, fill: (html) => { body.innerHTML = trusted(html); } };
    },
    folded: (m) => el("div", { class: "head" }, el("span", { class: "sender" }, m.from.name || m.from.address)),
  });
})();
