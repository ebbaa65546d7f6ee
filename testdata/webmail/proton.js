/* A page with the bones of Proton Mail's: the body in an about:blank frame that the page writes. */
"use strict";
(() => {
  const { el, trusted } = mailbox;
  const labels = { inbox: "inbox", sent: "sent", drafts: "drafts", spam: "spam" };
  mailbox({
    root: () => document.getElementById("app"),
    path: (folder, id) => `/u/0/${labels[folder]}${id ? `/${id}==` : ""}`,
    at: () => { const [, folder, id] = /\/u\/0\/(\w+)(?:\/(\w+)==)?/.exec(location.pathname) ?? []; return { folder: folder ?? "inbox", id }; },
    row: (thread, m) => el("div", { class: "item-container", "data-element-id": thread.id, "data-testid": "message-item" }, el("span", { title: m.from.address }, m.from.name || m.from.address), el("span", { role: "heading", "aria-level": "2" }, m.subject)),
    list: (rows) => el("div", { class: "items-column-list page", "data-shortcut-target": "items-container" }, ...rows),
    conversation: (thread, nodes) => el("main", { class: "page" }, el("h1", { "data-testid": "conversation-header:subject", title: thread.messages[0].subject }, thread.messages[0].subject), ...nodes),
    message(m) {
      const frame = el("iframe", { class: "mail", title: "Email content", src: "about:blank", "data-testid": "content-iframe", "data-subject": m.subject, sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox" });
      const node = el("article", { class: "message-container is-opened", "data-testid": "message-view-0", "data-message-id": `${m.legacy}==`, "data-shortcut-target": "message-container", "data-expanded": "true", tabindex: "0" },
        el("div", { class: "message-header message-header-expanded head" }, el("span", { class: "message-recipient-item", role: "button", "data-testid": "recipients:sender", title: `${m.from.name} <${m.from.address}>` },
          el("span", { class: "message-recipient-item-label sender" }, m.from.name || m.from.address), " ", el("span", { class: "message-recipient-item-address address" }, `<${m.from.address}>`))),
        el("div", { class: "message-content" }, el("div", { class: "message-iframe" }, frame)));
      return {
        node,
        fill(html) {
          const inner = frame.contentDocument;
          inner.open();
          inner.write(trusted(`<!doctype html><html><head><style>body { margin: 0; font: 14px sans-serif; }</style></head><body><div id="proton-root"><div>${html}</div></div></body></html>`));
          inner.close();
        },
      };
    },
    folded: (m) => el("article", { class: "message-container", "data-testid": "message-view-0", "data-message-id": `${m.legacy}==`, "data-shortcut-target": "message-container", "data-expanded": "false" },
      el("div", { class: "message-header-collapsed head" }, el("span", { "data-testid": "recipients:sender", title: `${m.from.name} <${m.from.address}>` }, m.from.name || m.from.address))),
  });
})();
