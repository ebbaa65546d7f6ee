/* A page with the bones of Zimbra's classic client: HTML mails in a same-origin frame, one address for all. */
"use strict";
(() => {
  const { el, trusted } = mailbox;
  const numbers = { inbox: 2, spam: 4, sent: 5, drafts: 6 };
  let serial = 0;
  const tree = (folder) => el("div", { class: "DwtTree" }, ...Object.entries(numbers).map(([name, n]) => el("div", { id: `zti__main_Mail__${n}_div` }, el("div", { class: name === folder ? "DwtTreeItem-selected" : "DwtTreeItem" }, name))));
  mailbox({
    root: () => document.getElementById("z_shell"),
    row: (thread, m) => el("li", { class: "Row" }, el("span", {}, m.from.name || m.from.address), el("span", {}, m.subject)),
    list: (rows, folder) => el("div", { class: "page" }, tree(folder), el("ul", { class: "DwtListView-Rows" }, ...rows)),
    conversation: (thread, nodes, folder) => el("div", { class: "ZmConvView2 page" }, tree(folder), el("h2", { class: "title" }, thread.messages[0].subject), ...nodes),
    message(m) {
      const id = `zv__CLV__MSG${(serial += 1)}`;
      const frame = el("iframe", { class: "mail", id: `${id}_body__iframe` });
      const node = el("div", { class: "ZmMailMsgView", id },
        el("table", { class: "MsgHeaderTable" }, el("tbody", {}, el("tr", {}, el("td", { class: "SubjectCol" }, m.subject)), el("tr", {}, el("td", {}, el("span", { id: `${id}_from`, class: "sender" }, `${m.from.name} <${m.from.address}>`))))),
        el("div", { class: "MsgBody MsgBody-html" }, frame));
      return {
        node,
        fill(html) {
          const inner = frame.contentDocument;
          inner.open();
          inner.write(trusted(`<!doctype html><html><head><style>body { margin: 8px; font: 14px sans-serif; }</style></head><body class="MsgBody MsgBody-html">${html}</body></html>`));
          inner.close();
        },
      };
    },
    folded: (m) => el("div", { class: "ZmMailMsgCapsuleView head" }, el("span", { class: "sender" }, m.from.name || m.from.address)),
  });
})();
