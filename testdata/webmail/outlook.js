/*
 * A page with the bones of Outlook on the web: generated class names that mean
 * nothing, ids with a stable beginning, localised labels, an address that changes
 * by pushState some time before the message is there. What it rests on is in
 * README.md.
 */
"use strict";
(() => {
  const policy = globalThis.trustedTypes?.createPolicy("mail", { createHTML: (html) => html });
  const trusted = (html) => (policy ? policy.createHTML(html) : html);
  const query = new URLSearchParams(location.search);
  const ja = query.get("lang") === "ja";
  if (query.get("dir") === "rtl") document.documentElement.dir = "rtl";
  const words = ja
    ? { pane: "閲覧ウィンドウ", from: "差出人", message: "電子メール メッセージ", actions: "メッセージの操作", to: "宛先", body: "メッセージ本文", inbox: "受信トレイ" }
    : { pane: "Reading Pane", from: "From", message: "Email message", actions: "Message actions", to: "To", body: "Message body", inbox: "Inbox" };
  document.documentElement.lang = ja ? "ja" : "en";

  const pane = document.getElementById("ReadingPaneContainerId");
  document.getElementById("main").setAttribute("aria-label", words.pane);
  const paths = { inbox: "inbox", spam: "junkemail", sent: "sentitems", drafts: "drafts" };
  let folder = Object.keys(paths).find((name) => location.pathname.startsWith(`/mail/${paths[name]}`)) ?? "inbox";
  let threads = [];
  let serial = 0;
  let opening = 0;

  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  /** A word as the framework makes them: stable within a page, meaningless. */
  const madeUp = () => Math.random().toString(36).slice(2, 7);
  const generated = madeUp();

  function message(m) {
    serial += 1;
    const label = m.from.address ? `${m.from.name}<${m.from.address}>` : m.from.name;
    const body = el("div", { id: `UniqueMessageBody_${serial}`, role: "document", tabindex: "0", "aria-label": words.body, class: "BIZfh" });
    const node = el("div", { "aria-expanded": "true", "data-act": "fold" }, el("div", { class: "wide-content-host" }, el("div", { tabindex: "-1", "aria-label": words.message, class: "SlLx9" },
      el("div", { class: "head" },
        el("span", { role: "region" }, el("span", { id: `MSG_${madeUp()}_FROM` }, el("span", { "aria-label": `${words.from}: ${label}`, tabindex: "0" }, el("span", { class: "OZZZK" }, label)))),
        el("div", { role: "toolbar", "aria-label": words.actions })),
      el("div", { class: "sub" },
        el("div", { "data-testid": "RecipientWell" }, `${words.to}: `, el("span", { "data-lpc-hover-target-id": `lpc-${serial}` }, m.to.name || m.to.address)),
        el("div", { "data-testid": "SentReceivedSavedTime" }, m.date.slice(0, 16).replace("T", " "))),
      el("div", { class: "XbIp4 allowTextSelection" }, body))));
    // Folded, a message keeps its place and loses what it showed.
    node.addEventListener("click", async ({ target }) => {
      if (target.closest("a, [role=document]")) return;
      const fold = node.getAttribute("aria-expanded") === "true";
      node.setAttribute("aria-expanded", String(!fold));
      node.dataset.act = fold ? "unfold" : "fold";
      if (fold) body.remove();
      else node.querySelector(".XbIp4").append(body);
    });
    return { node, body };
  }

  async function open(thread, option, push = true) {
    const mine = (opening += 1);
    for (const other of document.querySelectorAll("#MailList [role=option]")) other.setAttribute("aria-selected", String(other === option));
    if (push) history.pushState({ folder, id: thread.id }, "", `/mail/${paths[folder]}/id/${encodeURIComponent(`AQQk${madeUp()}${thread.id}`)}${location.search}`);
    await wait(120);
    if (mine !== opening) return;
    const parts = thread.messages.map((m) => ({ m, ...message(m) })).reverse();
    pane.replaceChildren(el("div", { id: "ConversationReadingPaneContainer", tabindex: "-1" },
      el("div", { class: "subject" }, el("span", { id: `CONV_${thread.id}_SUBJECT`, role: "heading", "aria-level": "3", title: thread.messages[0].subject }, thread.messages[0].subject)),
      el("div", { class: "customScrollBar conversation" }, el("div", { "data-app-section": "ConversationContainer" }, ...parts.map((p) => el("div", { class: generated }, p.node))))));
    for (const { m, body, node } of parts) {
      const html = await (await fetch(`/api/body/${m.id}`)).text();
      await wait(120);
      if (mine !== opening) return;
      body.innerHTML = trusted(html);
      node.dataset.ready = "";
    }
    document.title = `${words.inbox} - Outlook`;
  }

  (async () => {
    threads = await (await fetch("/api/threads")).json();
    document.getElementById("meInitialsButton").textContent = threads[0]?.messages[0].to.address ?? "";
    const list = () => document.getElementById("list").replaceChildren(...threads.filter((t) => t.folder === folder).map((thread) => {
      const last = thread.messages.at(-1);
      const option = el("div", { role: "option", "data-convid": thread.id, "aria-selected": "false", tabindex: "-1" }, el("span", {}, last.from.name || last.from.address), el("span", {}, last.subject));
      option.addEventListener("click", () => open(thread, option));
      return option;
    }));
    const go = (where, id, push = true) => {
      if (where !== folder) {
        folder = where;
        if (push) history.pushState({ folder }, "", `/mail/${paths[folder]}${location.search}`);
        list();
      }
      const thread = threads.find((t) => t.id === id);
      if (thread) open(thread, document.querySelector(`[data-convid="${id}"]`), push);
      else pane.replaceChildren();
    };
    list();
    history.replaceState({ folder }, "", location.href);
    addEventListener("popstate", ({ state }) => go(state?.folder ?? "inbox", state?.id, false));
    globalThis.mailbox = { acts: { go, redraw: list } };
    if (query.get("view") === "popout") for (const part of document.querySelectorAll("#MailList, .suite")) part.remove();
    if (query.get("thread")) go(folder, query.get("thread"), false);
  })();
})();
