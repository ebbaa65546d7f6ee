/* A page with the bones of SnappyMail's: one message at a time, the folder after the #. */
"use strict";
(() => {
  const { el, trusted } = mailbox;
  const labels = { inbox: "INBOX", sent: "Sent", drafts: "Drafts", spam: "Junk" };
  mailbox({
    root: () => document.getElementById("rl-app"),
    path: (folder, id) => `${location.pathname}${location.search}#/mailbox/${labels[folder]}${id ? `/m${id}` : ""}`.replace(location.search, ""),
    at: () => { const [, label, id] = /#\/mailbox\/(\w+)(?:\/m(\w+))?/.exec(location.hash) ?? []; return { folder: Object.keys(labels).find((k) => labels[k] === label) ?? "inbox", id }; },
    row: (thread, m) => el("div", { class: "messageListItem" }, el("span", { class: "sender", title: m.from.address }, m.from.name || m.from.address), el("span", { class: "subject" }, m.subject)),
    list: (rows) => el("div", { class: "b-content messageList page" }, ...rows),
    conversation: (thread, nodes) => el("div", { class: "messageView page" }, nodes.at(-1)),
    message(m) {
      const part = el("div", { class: "b-text-part html" });
      const text = el("div", { class: "bodyText" }, part);
      const node = el("div", { class: "b-message" },
        el("div", { class: "messageItemHeader" }, el("div", { class: "subjectParent" }, el("span", { class: "subject" }, m.subject)),
          el("div", { class: "informationShort head" }, el("span", { class: "from sender", title: `${m.from.name} <${m.from.address}>` }, m.from.name || m.from.address), ...(m.dmarc ? [el("i", { class: "fontastic", title: `dmarc=${m.dmarc}` })] : []))),
        el("div", { id: "messageItem" },
          el("div", { class: "messageItemHeader" }, el("div", { class: "informationShort" }, "To: ", m.to.address)),
          el("div", { class: "bodySubHeader" }, ...(m.attachments.length > 0 ? [el("details", { class: "attachmentsPlace", open: "" }, el("ul", { class: "attachmentListSimple" }, ...m.attachments.map((name) => el("li", { class: "attachmentItem", title: name }, el("span", { class: "attachmentName" }, name)))))] : [])),
          text));
      return { node, fill: (html) => { part.innerHTML = trusted(html); } };
    },
  });
})();
