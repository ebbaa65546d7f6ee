/* A webmail that nobody has written an adapter for. */
"use strict";
(() => {
  const { el, trusted } = mailbox;
  mailbox({
    root: () => document.getElementById("app"),
    row: (thread, m) => el("tr", {}, el("td", {}, m.from.name || m.from.address), el("td", {}, m.subject)),
    list: (rows) => el("table", { class: "page" }, el("tbody", {}, ...rows)),
    conversation: (thread, nodes) => el("main", { class: "page" }, el("h2", { class: "title" }, thread.messages[0].subject), nodes.at(-1)),
    message(m) {
      const body = el("article", { class: "q1" });
      const node = el("section", {}, el("div", { class: "head q2" }, el("b", { class: "q3", "aria-label": `${m.from.name} ${m.from.address}` }, m.from.name || m.from.address)), body);
      return { node, fill: (html) => { body.innerHTML = trusted(html); } };
    },
  });
})();
