/**
 * Views of every kind for looking at: the sentences of real verdicts with the
 * longest and nastiest of what can stand in them.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { flatten } from "../view/catalogue.js";
import { buildView, failureView } from "../view/view.js";
import { root } from "./extension.mjs";

/** @type {Finding[]} */
const findings = [
  { symbol: "BRAND_FOREIGN_LINK", group: "claim", weight: 3.8, evidence: { brand: "amazon", brandName: "Amazon", host: "www.amazon.co.jp.account-verify.xn5.cn", domain: "xn5.cn", link: 1, button: true } },
  { symbol: "LOOKALIKE_EMBEDDED", group: "lookalike", weight: 6, evidence: { brand: "amazon", brandName: "Amazon", host: "www.amazon.co.jp.account-verify.xn5.cn", domain: "xn5.cn", target: "amazon.co.jp", link: 1 } },
  { symbol: "BRAND_SPOOFED_SENDER", group: "claim", weight: 0.8, evidence: { brand: "amazon", brandName: "Amazon", address: "account-update-notification-no-reply@amazon.co.jp" } },
  { symbol: "PHONE_ABUSED", group: "text", weight: 2, evidence: { shown: "0120-333-245" } },
  { symbol: "TEXT_DEADLINE", group: "text", weight: 0.6, evidence: { phrase: "24時間以内" } },
  { symbol: "TEXT_THREAT", group: "text", weight: 0.7, evidence: { phrase: "アカウントを停止" } },
];

/** @type {LinkVerdict[]} */
const links = [
  { href: "https://www.amazon.co.jp.account-verify.xn5.cn/ap/signin?openid=1", text: "今すぐ確認する", host: "www.amazon.co.jp.account-verify.xn5.cn", registrableDomain: "xn5.cn", level: "danger", brand: "amazon", symbols: ["BRAND_FOREIGN_LINK", "LOOKALIKE_EMBEDDED"] },
  { href: "https://bit.ly/3xYzAbC", text: "https://www.amazon.co.jp/gp/help", host: "bit.ly", registrableDomain: "bit.ly", level: "caution", symbols: ["LINK_SHORTENER"] },
  { href: "https://averyveryverylonghostnamewithoutanyplacetobreakitatall-andanotherone.s3-ap-northeast-1.example/", text: "", host: "averyveryverylonghostnamewithoutanyplacetobreakitatall-andanotherone.s3-ap-northeast-1.example", registrableDomain: "s3-ap-northeast-1.example", level: "caution" },
  { href: "https://www.amazon.co.jp/", text: "Amazon.co.jp", host: "www.amazon.co.jp", registrableDomain: "amazon.co.jp", level: "ok", brand: "amazon" },
  { href: "javascript:void(0)", text: "Unsubscribe", host: "", registrableDomain: "", level: "unknown" },
];

/** @type {Advice[]} */
const advice = [
  { symbol: "ADVICE_DO_NOT_CLICK" },
  { symbol: "ADVICE_OFFICIAL_CHECK", brand: "amazon", name: "Message Centre", nameJa: "メッセージセンター", url: "https://www.amazon.co.jp/gp/message" },
  { symbol: "ADVICE_REPORT", brand: "amazon", name: "Amazon: report a scam", nameJa: "Amazonへの報告", url: "https://www.amazon.co.jp/reportascam" },
  { symbol: "ADVICE_ALREADY_CLICKED" },
];

/** @type {Verdict} */
export const fake = { level: "danger", score: 9, brand: "amazon", findings, links, advice };

/** @param {"ja" | "en"} lang */
export async function catalogue(lang) {
  return { lang, messages: flatten(JSON.parse(await readFile(path.join(root, `extension/_locales/${lang}/messages.json`), "utf8"))) };
}

/**
 * @param {"ja" | "en"} lang
 * @returns {Promise<Record<"danger" | "caution" | "quiet" | "hidden" | "ok" | "unknown", View>>}
 */
export async function views(lang) {
  const words = await catalogue(lang);
  const sender = { address: "account-update-notification-no-reply@amazon.co.jp", trusted: false, own: false };
  const trusted = { ...sender, trusted: true, own: true };
  /** @type {Verdict} */
  const caution = { ...fake, level: "caution", score: 4, findings: findings.slice(2).map((f) => ({ ...f, weight: 1 })), partial: true };
  /** @type {Verdict} */
  const hidden = { ...fake, findings: [{ ...findings[0], evidence: { ...findings[0].evidence, link: 2, host: "bit.ly", domain: "bit.ly" } }, ...findings.slice(4)] };
  return {
    danger: buildView(fake, words, "message", trusted),
    caution: buildView(caution, words, "message", sender),
    quiet: buildView({ ...caution, findings: caution.findings.slice(1) }, words, "message", trusted),
    hidden: buildView(hidden, words, "message", sender),
    ok: buildView({ level: "ok", score: 1, findings: findings.slice(4, 5), links: links.slice(3, 4) }, words),
    unknown: failureView("unreadable", words),
  };
}
