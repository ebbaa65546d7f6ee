import { plain, sentence } from "./sentence.js";

/** @import { Messages } from "./finding.js" */

/**
 * Advice that surfaces show as a button of ours instead of a sentence: the guide
 * for those who pressed already, and the report.
 */
const buttons = new Set(["ADVICE_ALREADY_CLICKED", "ADVICE_REPORT"]);

/**
 * What to do now, but for the official way and what has a button.
 *
 * @param {Advice[]} advice
 * @param {Map<string, string>} names of brands, by id
 * @param {Messages} messages
 * @param {"message" | "url"} subject
 * @returns {AdviceView[]}
 */
export function adviceOf(advice, names, messages, subject) {
  return advice
    .filter(({ symbol }) => symbol !== "ADVICE_OFFICIAL_CHECK" && !buttons.has(symbol))
    .flatMap(({ symbol, brand }) => {
      if (subject === "url" && symbol === "ADVICE_DO_NOT_CLICK") return { symbol, text: messages.advice_url };
      const text = sentence(messages, symbol, { brand: brand && names.get(brand) });
      return text === undefined ? [] : { symbol, text };
    });
}

/**
 * The official way: the brand's own app or site, by the address that the rules
 * hold and never by one of the mail's. Without one in the rules there is still
 * the word to look it up oneself.
 *
 * @param {Verdict} verdict
 * @param {Advice[]} advice in the reader's language
 * @param {Map<string, string>} names
 * @param {Messages} messages
 * @returns {OfficialView | undefined} for warnings only
 */
export function officialOf({ level, brand: claimed }, advice, names, messages) {
  if (level !== "danger" && level !== "caution") return undefined;
  const place = advice.find(({ symbol }) => symbol === "ADVICE_OFFICIAL_CHECK");
  const brand = place?.brand ?? claimed;
  const text = sentence(messages, "ADVICE_OFFICIAL_CHECK", { brand: brand && names.get(brand) }) ?? "";
  const note = brand && messages[`official_note_${brand.replaceAll("-", "_")}`];
  if (!place?.url || !isPlace(place.url)) return { text, ...(note && { note }) };
  const label = sentence(messages, "official_open", { name: placeName(place) }) ?? "";
  return { text, url: place.url, label, host: new URL(place.url).hostname, ...(note && { note }) };
}

/**
 * The brand's own channel for reports, if the rules know one.
 *
 * @param {Advice[]} advice in the reader's language
 * @returns {ReportPlace | undefined}
 */
export function reportPlace(advice) {
  const place = advice.find(({ symbol, url }) => symbol === "ADVICE_REPORT" && url);
  if (!place?.url || !/^(https:\/\/|mailto:[^?]+$)/i.test(place.url)) return undefined;
  return { name: placeName(place), url: place.url };
}

/** @param {string} url */
function isPlace(url) {
  return /^https:\/\//i.test(url) && URL.canParse(url);
}

/** @param {Advice} place */
function placeName({ name, url = "" }) {
  return plain(name ?? "") || (isPlace(url) ? new URL(url).hostname : plain(url.replace(/^mailto:/i, "")));
}
