/* The third frame of iCloud Mail's: a body and nothing else. */
"use strict";
(async () => {
  const policy = globalThis.trustedTypes?.createPolicy("mail", { createHTML: (html) => html });
  const html = await (await fetch(`/api/body/${new URLSearchParams(location.search).get("mail")}`)).text();
  const body = document.createElement("div");
  body.className = "mail-message-defaults";
  body.innerHTML = policy ? policy.createHTML(html) : html;
  document.body.append(body);
})();
