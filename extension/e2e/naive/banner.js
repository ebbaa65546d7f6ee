// A warning as an extension draws one that has never met a hostile mail: an ordinary
// element before the mail's body, put there once. Its ground is that of ours, and so
// is what it says and where it stands (pixels.mjs).
"use strict";
(() => {
  const style = `
    margin: 8px 0; padding: 12px 16px; border: 1px solid var(--accent, #a3211a); border-inline-start-width: 6px;
    border-radius: 10px; background: #fdecea; color: var(--ink, #1b1c20);
    font: 14px/1.55 "Segoe UI", "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", sans-serif`;
  const sentences = [
    "このメールは Amazon を名乗っていますが、本物ではありません。",
    "ボタンの行き先は pkvq7zt.cn で、Amazon のサイトではありません。リンクを開いたり、パスワードやカード番号を入力したりしないでください。",
    "24時間以内に利用を停止するという脅しは、考える時間を与えないためのものです。本当かどうかは、公式アプリか、ご自身で開いた公式サイトで確かめられます。",
    "すでに入力してしまった場合は、すぐにパスワードを変更し、カード会社に連絡してください。",
  ];

  function warn() {
    const body = document.querySelector(".ii.gt");
    if (!body || !body.firstElementChild?.firstChild) return false;
    const banner = document.createElement("div");
    banner.setAttribute("role", "alert");
    banner.style.cssText = style;
    for (const [i, sentence] of sentences.entries()) {
      const line = document.createElement(i === 0 ? "strong" : "p");
      line.textContent = sentence;
      banner.append(line);
    }
    body.before(banner);
    document.documentElement.dataset.warned = "";
    return true;
  }

  if (warn()) return;
  const observer = new MutationObserver(() => {
    if (warn()) observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
})();
