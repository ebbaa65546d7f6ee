/* The second of iCloud Mail's three frames: list, sender and subject. The body is in a third, of another host. */
"use strict";
(() => {
  const { el } = mailbox;
  const bodies = "https://www-mail.icloud-sandbox.com/applications/mail2-message/current/en-us/index.html";
  mailbox({
    root: () => document.getElementById("app"),
    row: (thread, m) => el("div", { class: "thread-list-item", role: "option", "aria-selected": "false" }, el("span", { class: "thread-participants" }, m.from.name || m.from.address), el("span", { class: "thread-subject" }, m.subject)),
    list: (rows) => el("div", { class: "content-container page" }, ...rows),
    conversation: (thread, nodes) => el("div", { class: "pane thread-detail-pane page" }, el("h2", { class: "title thread-subject" }, thread.messages[0].subject), nodes.at(-1)),
    message(m) {
      const frame = el("iframe", { class: "mail" });
      const node = el("div", {}, el("div", { class: "head" }, el("span", { class: "thread-participants sender", title: `${m.from.name} <${m.from.address}>` }, m.from.name || m.from.address)), frame);
      return { node, fill: () => { frame.src = `${bodies}?mail=${m.id}`; } };
    },
  });
})();
