/*
 * A page with the bones of Zimbra's classic client: a conversation of messages that
 * expand and collapse, a message alone in its window; HTML mails in a same-origin
 * frame, one address for all.
 */
"use strict";
(() => {
  const { el, trusted, query } = mailbox;
  const numbers = { inbox: 2, spam: 4, sent: 5, drafts: 6 };
  const alone = query.get("view") === "window";
  let serial = 0;
  const tree = (folder) => el("div", { class: "DwtTree" }, ...Object.entries(numbers).map(([name, n]) => el("div", { id: `zti__main_Mail__${n}_div` }, el("div", { class: name === folder ? "DwtTreeItem-selected" : "DwtTreeItem" }, name))));
  const address = ({ name, address }) => el("span", { class: "addrBubble sender" }, el("span", {}, name ? `"${name}" <${address}>` : address));
  const row = (label, who) => el("tr", {}, el("td", { class: "LabelColName" }, label), el("td", { class: "LabelColValue" }, el("span", {}, address(who))));
  const single = (m, id, body) => el("div", { class: "ZmMailMsgView", id },
    el("table", { class: "MsgHeaderTable", id: `${id}_headerElement` }, el("tbody", {}, el("tr", {}, el("td", { class: "LabelColValue SubjectCol", role: "heading", "aria-level": "2" }, m.subject)), el("tr", { id: `OBJ_PREFIX_${id}_from` }, el("td", { id: `OBJ_PREFIX_${id}x_from`, class: "LabelColValue" }, el("span", {}, address(m.from)))), el("tr", { id: `OBJ_PREFIX_${id}_to` }, el("td", {}, address(m.to))))),
    body);
  const capsule = (m, id, body) => el("div", { class: "ZmMailMsgCapsuleView Expanded", id },
    el("div", { class: "Conv2MsgHeader" }, el("div", { class: "info" }, el("table", { class: "ZPropertySheet" }, el("tbody", {}, row("From:", m.from), row("To:", m.to))))),
    body);
  mailbox({
    root: () => document.getElementById("z_shell"),
    row: (thread, m) => el("li", { class: "Row" }, el("span", {}, m.from.name || m.from.address), el("span", {}, m.subject)),
    list: (rows, folder) => el("div", { class: "page" }, tree(folder), el("ul", { class: "DwtListView-Rows" }, ...rows)),
    conversation: (thread, nodes, folder) => el("div", { class: "ZmConvView2 page" }, tree(folder), ...(alone ? nodes : [el("div", { class: "Conv2View" }, el("div", { class: "Conv2Header" }, el("span", { class: "subject title", role: "heading", "aria-level": "2" }, thread.messages[0].subject)), el("div", { class: "Conv2Messages", role: "list" }, ...nodes))])),
    message(m) {
      const id = `zv__CLV__MSG${(serial += 1)}`;
      const frame = el("iframe", { class: "mail", id: `${id}_body__iframe` });
      return {
        node: (alone ? single : capsule)(m, id, el("div", { class: "MsgBody MsgBody-html", id: `${id}_body` }, frame)),
        fill(html) {
          const inner = frame.contentDocument;
          inner.open();
          inner.write(trusted(`<!doctype html><html><head><style>body { margin: 8px; font: 14px sans-serif; }</style></head><body class="MsgBody MsgBody-html">${html}</body></html>`));
          inner.close();
        },
      };
    },
    folded: (m) => el("div", { class: "ZmMailMsgCapsuleView Collapsed head" }, el("div", { class: "Conv2MsgHeader" }, el("div", { class: "info" }, el("div", { class: "ZmConvListFrom sender" }, m.from.name || m.from.address)))),
  });
})();
