/*
 * What all webmail pages here share: folders, a list, conversations that open,
 * fold and follow one another, views apart (beside the list, in a window of their
 * own, for print), the browser's history, and parts that come one after the other.
 * What a webmail's page looks like is its skin's business; see README.md.
 */
"use strict";
(() => {
  const policy = globalThis.trustedTypes?.createPolicy("mail", { createHTML: (html) => html });
  const trusted = (html) => (policy ? policy.createHTML(html) : html);
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const query = new URLSearchParams(location.search);

  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  /** A button of the page, by which the tests act as a person does. */
  function button(act, label, click) {
    const node = el("button", { type: "button", class: "act", "data-act": act }, label);
    node.addEventListener("click", click);
    return node;
  }

  /**
   * skin: { root, path?(folder, id), at?(), list(threads, rows), conversation(thread, nodes),
   *   message(m) → { node, fill(html) }, folded?(m), print?(thread, nodes) }
   */
  async function mailbox(skin) {
    const threads = await (await fetch("/api/threads")).json();
    const view = query.get("view") ?? "";
    let folder = "inbox";
    let current;
    let turn = 0;

    const inFolder = () => threads.filter((t) => t.folder === folder);
    const state = () => ({ folder, id: current?.id });

    function go(where, id, push = true) {
      folder = where;
      current = threads.find((t) => t.id === id);
      if (push) history.pushState(state(), "", (skin.path?.(folder, id) ?? location.pathname) + location.search);
      return show();
    }

    function step(by) {
      const all = inFolder();
      const next = all[all.indexOf(current) + by];
      if (next) go(folder, next.id);
    }

    function rows() {
      return inFolder().map((thread) => {
        const last = thread.messages.at(-1);
        const row = skin.row(thread, last);
        row.dataset.row = thread.id;
        row.addEventListener("click", () => go(folder, thread.id));
        return row;
      });
    }

    async function show() {
      const mine = (turn += 1);
      const bar = el("div", { class: "bar", role: "toolbar" },
        ...["inbox", "spam", "sent", "drafts"].map((name) => button(name, name, () => go(name))),
        button("previous", "‹", () => step(-1)), button("next", "›", () => step(1)));
      const list = skin.list(rows(), folder);
      if (!current) return skin.root().replaceChildren(bar, list);
      const last = current.messages.length - 1;
      const parts = current.messages.map((m, i) => (i === last || view === "print" || !skin.folded ? unfolded(m) : folded(m)));
      const conversation = (view === "print" && skin.print ? skin.print : skin.conversation)(current, parts.map((p) => p.holder), folder);
      if (view === "print") skin.root().replaceChildren(conversation);
      else if (view === "window") skin.root().replaceChildren(conversation);
      else if (view === "split") skin.root().replaceChildren(bar, el("div", { class: "split" }, list, conversation));
      else skin.root().replaceChildren(bar, conversation);
      document.title = current.messages[0].subject;
      for (const part of parts) await part.fill?.(mine);
    }

    /** A message that is open; its body comes after its header, in a round trip of its own. */
    function unfolded(m) {
      const { node, fill } = skin.message(m, folder);
      const holder = el("div", { class: "holder" }, node);
      return {
        holder,
        async fill(mine) {
          const html = await (await fetch(`/api/body/${m.id}`)).text();
          await wait(20);
          if (mine !== undefined && mine !== turn) return;
          await fill(html);
          holder.dataset.ready = "";
          if (skin.folded) {
            holder.prepend(button("fold", "−", () => {
              const other = folded(m);
              holder.replaceWith(other.holder);
            }));
          }
        },
      };
    }

    function folded(m) {
      const holder = el("div", { class: "holder" }, skin.folded(m));
      holder.prepend(button("unfold", "+", async () => {
        const other = unfolded(m);
        holder.replaceWith(other.holder);
        await other.fill();
      }));
      return { holder };
    }

    /** The list is drawn anew, as one that holds only the rows in sight does all the time. */
    function redraw() {
      const old = document.querySelector("[data-row]")?.parentElement;
      old?.replaceChildren(...rows());
    }

    addEventListener("popstate", ({ state: past }) => {
      const at = past ?? skin.at?.() ?? { folder: "inbox" };
      go(at.folder, at.id, false);
    });
    if (query.get("dir") === "rtl") document.documentElement.dir = "rtl";
    const start = { folder: query.get("folder") ?? skin.at?.().folder ?? "inbox", id: query.get("thread") ?? skin.at?.().id };
    globalThis.mailbox.acts = { go, redraw };
    await go(start.folder, start.id, false);
    history.replaceState(state(), "", location.href);
  }

  globalThis.mailbox = Object.assign(mailbox, { el, trusted, wait, query });
})();
