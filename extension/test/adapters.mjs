// Adapters for tests, after the pages in pages/. The real ones are rules.

/** A webmail of conversations, each message with its own header and body. */
export const threads = {
  id: "threads",
  hosts: ["threads.example"],
  message: [".gone-since-last-year", "[role=main] [role=listitem]"],
  skip: [".folded", "[data-draft]"],
  scope: ["[role=main]"],
  sender: ["h3 span[email]"],
  senderAddress: ["email"],
  senderName: ["name"],
  subject: ["h2"],
  body: [".body > .text"],
  replyTo: [".reply-to span[email]"],
  attachment: [".attachment"],
  mailbox: ["header .account"],
  mailedBy: [".mailed-by"],
  clipped: ["a.clipped"],
  messageId: ["data-message"],
  draftsURL: ["#drafts"],
  sentURL: ["#sent"],
  spamURL: ["#spam"],
};

/** One pane with a scroll bar that holds all messages, links rewritten. */
export const pane = {
  id: "pane",
  message: ["[data-pane]"],
  sender: ["[id^=from_] [aria-label]"],
  senderAddress: ["aria-label"],
  subject: ["[role=heading]"],
  body: ["[id^=body_]"],
  messageId: ["data-conversation"],
  anchor: [".scroll"],
  anchorPlace: "prepend",
  hrefAttributes: ["originalsrc"],
};

/** The body in a frame that the page writes itself. */
export const framed = {
  id: "framed",
  detect: ["article[data-expanded]"],
  message: ["article[data-expanded=true]"],
  scope: ["main"],
  sender: [".sender"],
  senderAddress: ["title"],
  subject: ["h1"],
  body: ["#root"],
  frame: ["iframe.content"],
  messageId: ["data-id"],
};
