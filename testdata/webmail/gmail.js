/*
 * A page with the bones of Gmail's: the classes, roles and attributes that
 * programs rely on, views that stay hidden in the document, and parts that come
 * one after the other. What it rests on is in README.md.
 */
"use strict";
(() => {
  const policy = globalThis.trustedTypes?.createPolicy("mail", { createHTML: (html) => html });
  const trusted = (html) => (policy ? policy.createHTML(html) : html);
  const query = new URLSearchParams(location.search);
  const ja = query.get("hl") === "ja";
  /** "pt" is what Gmail calls its print view. */
  const apart = { pt: "print", popout: "window", split: "split" }[query.get("view")];
  if (query.get("dir") === "rtl") document.documentElement.dir = "rtl";
  const words = ja
    ? { inbox: "受信トレイ", spam: "迷惑メール", to: "To", me: "自分", more: "その他のメッセージ操作", details: "詳細を表示", mailedBy: "送信元:", signedBy: "署名元:", clipped: "[メッセージの一部が表示されています]", whole: "メッセージ全体を表示" }
    : { inbox: "Inbox", spam: "Spam", to: "to", me: "me", more: "More message options", details: "Show details", mailedBy: "mailed-by:", signedBy: "signed-by:", clipped: "[Message clipped]", whole: "View entire message" };
  document.documentElement.lang = ja ? "ja" : "en";

  const main = document.getElementById(":1");
  let threads = [];
  let serial = 0;

  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  function list(folder) {
    const rows = threads.filter((t) => t.folder === folder).map((thread) => {
      const last = thread.messages.at(-1);
      const row = el("tr", { class: "zA yO", role: "row", tabindex: "-1" },
        el("td", { class: "yX xY", role: "gridcell" }, el("span", { class: "bA4" }, el("span", { class: "yP", email: last.from.address, name: last.from.name, translate: "no" }, last.from.name || last.from.address))),
        el("td", { class: "xY a4W", role: "gridcell" }, el("span", { class: "bog" }, last.subject)),
        el("td", { class: "xW xY", role: "gridcell" }, el("span", { title: last.date }, last.date.slice(5, 10).replace("-", "/"))));
      row.addEventListener("click", () => { location.hash = `#${folder}/${thread.id}`; });
      return row;
    });
    return el("div", { role: "main", class: "nH" }, el("table", { class: "F cf zt", role: "grid" }, el("tbody", {}, ...rows)));
  }

  function header(m) {
    const sender = el("span", { translate: "no", class: "qu", role: "gridcell", tabindex: "-1" },
      el("span", { email: m.from.address, name: m.from.name || m.from.address, "data-hovercard-id": m.from.address, class: "gD" }, el("span", {}, m.from.name || m.from.address)), " ",
      el("span", { class: "cfXrwd" }),
      el("span", { class: "go" }, el("span", { "aria-hidden": "true" }, "<"), m.from.address, el("span", { "aria-hidden": "true" }, ">")));
    const row = (label, value) => el("tr", { class: "ajv" }, el("td", { class: "gG" }, el("span", { class: "gI" }, label)), el("td", { class: "gL" }, el("span", { class: "gI" }, value)));
    const details = el("div", { "aria-haspopup": "true", class: "ajy", role: "button", "aria-label": words.details });
    const to = el("td", { class: "ady" },
      el("div", { class: "iw ajw" }, el("span", { translate: "no", class: "hb" }, `${words.to} `, el("span", { email: m.to.address, name: words.me, "data-hovercard-id": m.to.address, class: "g2" }, words.me))), details);
    details.addEventListener("click", (event) => {
      event.stopPropagation();
      if (to.querySelector(".ajB")) return;
      to.append(el("div", { class: "ajB gt" }, el("table", { class: "ajC" }, el("tbody", {}, row(words.mailedBy, m.mailedBy), ...(m.signedBy ? [row(words.signedBy, m.signedBy)] : [])))));
    });
    return el("div", { class: "gE iv gt" }, el("table", { cellpadding: "0", class: "cf gJ" }, el("tbody", {},
      el("tr", { class: "acZ" },
        el("td", { class: "gF gK" }, el("table", { cellpadding: "0", class: "cf ix" }, el("tbody", {}, el("tr", {}, el("td", { class: "c2" }, el("h3", { class: "iw gFxsud" }, sender)))))),
        el("td", { class: "gH bAk" }, el("div", { class: "gK" }, el("span", { class: "g3", title: m.date, role: "gridcell" }, m.date.slice(0, 16).replace("T", " ")))),
        el("td", { class: "gH acX bAm" }, el("div", { role: "button", "aria-haspopup": "true", "aria-label": words.more, class: "T-I aap L3" }))),
      el("tr", { class: "acZ xD" }, el("td", { colspan: "3" }, el("table", { cellpadding: "0", class: "cf adz" }, el("tbody", {}, el("tr", {}, to))))))));
  }

  function item(m, expanded) {
    const adn = el("div", { class: "adn ads", "data-message-id": `#msg-f:${m.number}`, "data-legacy-message-id": m.legacy });
    const node = el("div", { class: expanded ? "h7 ie nH oy8Mbf" : "kv nH oy8Mbf", role: "listitem", "aria-expanded": String(expanded), tabindex: "-1" });
    if (!expanded) {
      node.dataset.act = "unfold";
      adn.append(el("div", { class: "gs" }, header(m)));
      node.append(adn);
      node.addEventListener("click", async () => {
        const open = item(m, true);
        node.replaceWith(open);
        await fill(open, m);
      }, { once: true });
      return node;
    }
    adn.append(
      el("div", { class: "aju" }, el("div", { class: "aCi" }, el("img", { class: "ajn", jid: m.from.address, "data-hovercard-id": m.from.address, "data-name": m.from.name, alt: "" }))),
      el("div", { class: "gs" }, header(m),
        el("div", { id: `:${(serial += 1)}` }, ...["KKSLrd", "qQVYZb", "utdU2e", "lQs8Hd", "wl4W9b"].map((c) => el("div", { class: c }))),
        el("div", { class: "" }, el("div", { class: "aHl" }), el("div", { tabindex: "-1" }))));
    const head = adn.querySelector(".gE");
    head.dataset.act = "fold";
    head.addEventListener("click", () => node.replaceWith(item(m, false)));
    node.append(el("div", { class: "Bk" }, el("div", { class: "G3 G2" }, el("div", {}, el("div", { id: `:${(serial += 1)}` }, adn)))));
    return node;
  }

  /** The body comes after the header, in a round trip of its own. */
  async function fill(node, m) {
    const html = await (await fetch(`/api/body/${m.id}`)).text();
    await wait(30);
    const body = el("div", { class: "ii gt", id: `:${(serial += 1)}`, jslog: "EXAMPLE" });
    const a3s = el("div", { class: `a3s aiL msg${m.number}`, id: `:${(serial += 1)}` });
    a3s.innerHTML = trusted(html);
    body.append(a3s);
    const place = node.querySelector(".gs > div:last-child");
    place.append(body, el("div", { class: "ii gt", style: "display:none" }, el("div", { class: "a3s aiL undefined" })));
    if (m.clipped) a3s.after(el("div", { class: "iX" }, words.clipped, "  ", el("a", { href: `?ui=2&view=lg&permmsgid=msg-f:${m.number}`, target: "_blank" }, words.whole)));
    node.dataset.ready = "";
  }

  async function conversation(thread) {
    const last = thread.messages.length - 1;
    const items = thread.messages.map((m, i) => item(m, i === last));
    const view = el("div", { role: "main", class: "nH" }, el("div", { class: "nH g id" }, el("div", { class: "nH a98 iY", "data-thread-perm-id": `thread-f:${thread.messages[0].number}` },
      el("div", { class: "nH" }, el("div", { class: "nH V8djrc byY" }, el("div", { class: "ha" }, el("h2", { class: "hP", "data-thread-perm-id": `thread-f:${thread.messages[0].number}`, "data-legacy-thread-id": thread.id, tabindex: "-1" }, thread.messages[0].subject)))),
      el("div", { class: "nH aHU" }, el("div", { class: "nH hx" }, el("div", { class: "nH", role: "list" }, ...items))))));
    if (apart === "split") view.prepend(list(thread.folder));
    show(view);
    document.title = `${thread.messages[0].subject} - ${thread.messages[0].to.address}`;
    await wait(30);
    await fill(items[last], thread.messages[last]);
  }

  /** The print view is a page of tables. */
  async function print(thread) {
    const tables = await Promise.all(thread.messages.map(async (m) => {
      const body = el("font", { size: "-1" });
      body.innerHTML = trusted(await (await fetch(`/api/body/${m.id}`)).text());
      return el("table", { class: "message", width: "100%" }, el("tbody", {},
        el("tr", {}, el("td", {}, el("font", { size: "-1" }, el("b", {}, m.from.name), ` <${m.from.address}>`)), el("td", { align: "right" }, m.date.slice(0, 16))),
        el("tr", {}, el("td", { colspan: "2" }, el("font", { class: "recipient" }, `${words.to} ${m.to.address}`))),
        el("tr", {}, el("td", { colspan: "2" }, el("table", {}, el("tbody", {}, el("tr", {}, el("td", {}, el("div", { style: "overflow: hidden" }, body)))))))));
    }));
    document.body.replaceChildren(el("div", { class: "bodycontainer", style: "padding: 20px" }, el("div", { class: "maincontent" },
      el("table", { width: "100%" }, el("tbody", {}, el("tr", {}, el("td", {}, el("font", { size: "+1" }, el("b", {}, thread.messages[0].subject)))))), el("hr"), ...tables)));
  }

  /** Old views are hidden, not removed; the oldest go when there are five. */
  function show(view) {
    for (const old of main.children) {
      old.hidden = true;
      old.setAttribute("role", "presentation");
    }
    while (main.children.length > 4) main.firstElementChild.remove();
    main.append(view);
  }

  async function route() {
    const [folder, id] = location.hash.replace("#", "").split("/");
    document.getElementById("inbox-link")?.classList.toggle("ain", folder !== "spam");
    document.getElementById("spam-link")?.classList.toggle("ain", folder === "spam");
    const thread = threads.find((t) => t.id === id);
    if (thread) await conversation(thread);
    else {
      show(list(folder || "inbox"));
      document.title = words.inbox;
    }
  }

  (async () => {
    threads = await (await fetch("/api/threads")).json();
    document.getElementById("inbox-link").textContent = words.inbox;
    document.getElementById("spam-link").textContent = words.spam;
    document.getElementById("me").textContent = threads[0]?.messages[0].to.address ?? "";
    globalThis.mailbox = {
      acts: {
        go: (folder, id) => { location.hash = id ? `#${folder}/${id}` : `#${folder}`; },
        redraw: () => { for (const body of document.querySelectorAll("[role=main] table.zt tbody")) body.replaceChildren(...[...body.children].map((row) => row.cloneNode(true))); },
      },
    };
    if (apart === "print") return print(threads.find((t) => t.id === query.get("thread")));
    if (apart === "window") for (const part of document.querySelectorAll(".top, .side")) part.remove();
    addEventListener("hashchange", route);
    await route();
  })();
})();
