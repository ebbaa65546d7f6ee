/* A page with the bones of Yahoo Mail's: data-test-id everywhere, classes that mean nothing. */
"use strict";
(() => {
  const { el, trusted } = mailbox;
  const numbers = { inbox: "1", sent: "2", drafts: "3", spam: "6" };
  const root = document.getElementById("mail-app-component");
  const names = Object.fromEntries(Object.entries(numbers).map(([name, n]) => [n, name]));
  mailbox({
    root: () => root,
    path: (folder, id) => `/d/folders/${numbers[folder]}${id ? `/messages/${id}` : "/"}`,
    at: () => { const [, n, id] = /folders\/(\d+)(?:\/messages\/(\w+))?/.exec(location.pathname) ?? []; return { folder: names[n] ?? "inbox", id }; },
    row: (thread, m) => el("li", {}, el("span", {}, m.from.name || m.from.address), el("span", { "data-test-id": "message-subject" }, m.subject)),
    list: (rows) => el("ul", { "data-test-id": "virtual-list", class: "page" }, ...rows),
    conversation: (thread, nodes) => el("div", { "data-test-id": "message-group-view", class: "page" },
      el("h2", { class: "title" }, el("span", { "data-test-id": "message-group-subject-text" }, thread.messages[0].subject)), el("ul", { style: "list-style: none; padding: 0" }, ...nodes.map((n) => el("li", {}, n)))),
    message(m) {
      const body = el("div", { class: "msg-body P_wpofO", "data-test-id": "message-view-body-content" });
      const node = el("div", { "data-test-id": "message-view", "data-test-expanded": "true", class: "message-view" },
        el("header", { "data-test-id": "message-header", class: "head" },
          el("span", { "data-test-id": "message-from", class: "sender" }, el("span", { "data-test-id": "email-pill" }, el("span", {}, el("span", {}, `${m.from.name} <${m.from.address}>`)))),
          el("span", { "data-test-id": "message-to", class: "to" }, `To: ${m.to.address}`)),
        el("div", { "data-test-id": "message-view-body" }, body));
      return { node, fill: (html) => { body.innerHTML = trusted(html); } };
    },
    folded: (m) => el("div", { "data-test-id": "message-view", "data-test-expanded": "false" }, el("span", { "data-test-id": "message-from" }, el("span", { "data-test-id": "email-pill" }, `${m.from.name} <${m.from.address}>`))),
  });
})();
