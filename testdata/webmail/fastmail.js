/* A page as Fastmail's may be: of its own names only the body's is known. */
"use strict";
(() => {
  const { el, trusted } = mailbox;
  const labels = { inbox: "Inbox", sent: "Sent", drafts: "Drafts", spam: "Spam" };
  mailbox({
    root: () => document.getElementById("app"),
    path: (folder, id) => `/mail/${labels[folder]}/${id ?? ""}`,
    at: () => { const [, label, id] = /\/mail\/(\w+)\/(\w*)/.exec(location.pathname) ?? []; return { folder: Object.keys(labels).find((k) => labels[k] === label) ?? "inbox", id: id || undefined }; },
    row: (thread, m) => el("div", { class: "v-MailboxItem" }, el("span", { class: "v-MailboxItem-name" }, m.from.name || m.from.address), el("span", {}, m.subject)),
    list: (rows) => el("div", { class: "v-MailboxList page" }, ...rows),
    conversation: (thread, nodes) => el("div", { role: "main", class: "v-Thread page" }, el("h1", { class: "v-Thread-title" }, thread.messages[0].subject), ...nodes),
    message(m) {
      const body = el("div", { class: "v-MailMessage-body" });
      const node = el("div", { class: "v-Message" }, el("div", { class: "v-Message-header head" }, el("span", { class: "v-MessageCard-from sender", title: m.from.address }, m.from.name || m.from.address), el("span", { class: "to" }, `To: ${m.to.address}`)), body);
      return { node, fill: (html) => { body.innerHTML = trusted(html); } };
    },
    folded: (m) => el("div", { class: "v-Message v-Message--collapsed head" }, el("span", { class: "sender" }, m.from.name || m.from.address)),
  });
})();
