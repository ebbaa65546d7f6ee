// Who helps, and who takes reports, by country. A wrong number is worse than
// none: what is here was read on the office's own page or one of its government's,
// named in README.md, and numbers that could not be confirmed so were left out.
//
// The name is the message place_<id>, what it is for place_<id>_what.

/** @typedef {"jp" | "us" | "uk" | "ca" | "au" | "other"} Region */

/**
 * @typedef {object} Place
 * @property {Region} region
 * @property {string} [tel] as it is dialled in that country
 * @property {string} [url] https
 * @property {string} [mail] where suspicious mails are forwarded to
 */

/** @type {Record<string, Place>} */
export const places = {
  jp_police: { region: "jp", tel: "#9110", url: "https://www.npa.go.jp/bureau/cyber/soudan.html" },
  jp_consumer: { region: "jp", tel: "188" },
  jp_antiphishing: { region: "jp", mail: "info@antiphishing.jp", url: "https://www.antiphishing.jp/registration.html" },
  jp_dekyo: { region: "jp", mail: "meiwaku@dekyo.or.jp", url: "https://www.dekyo.or.jp/soudan/" },
  jp_ipa: { region: "jp", url: "https://www.ipa.go.jp/security/anshin/" },
  us_ftc: { region: "us", url: "https://reportfraud.ftc.gov/" },
  us_identity: { region: "us", url: "https://www.identitytheft.gov/" },
  us_ic3: { region: "us", url: "https://www.ic3.gov/" },
  us_apwg: { region: "us", mail: "reportphishing@apwg.org" },
  uk_bank: { region: "uk", tel: "159" },
  uk_fraud: { region: "uk", tel: "0300 123 2040", url: "https://www.reportfraud.police.uk/" },
  uk_scotland: { region: "uk", tel: "101" },
  uk_ncsc: { region: "uk", mail: "report@phishing.gov.uk" },
  ca_cafc: { region: "ca", tel: "1-888-495-8501", url: "https://antifraudcentre-centreantifraude.ca/report-signalez-eng.htm" },
  au_cyber: { region: "au", tel: "1300 292 371", url: "https://www.cyber.gov.au/report-and-recover/report" },
  au_idcare: { region: "au", tel: "1800 595 160", url: "https://www.idcare.org/" },
  au_scamwatch: { region: "au", url: "https://www.scamwatch.gov.au/report-a-scam" },
  other_econsumer: { region: "other", url: "https://econsumer.gov/" },
};

/** @type {Region[]} */
export const regions = ["jp", "us", "uk", "ca", "au", "other"];

/**
 * The country to begin with: that of the person's language.
 *
 * @param {string} lang the language spoken, "ja" or "en"
 * @param {readonly string[]} languages BCP 47, as the browser lists them
 * @returns {Region}
 */
export function regionFor(lang, languages) {
  if (lang === "ja") return "jp";
  for (const tag of languages) {
    const country = /^en-(US|GB|CA|AU)\b/i.exec(tag)?.[1].toUpperCase();
    if (country) return country === "GB" ? "uk" : /** @type {Region} */ (country.toLowerCase());
    if (/^ja\b/i.test(tag)) return "jp";
  }
  return "other";
}

/**
 * @param {Region} region
 * @param {string[]} ids
 */
export function placesIn(region, ids) {
  return ids.filter((id) => places[id].region === region).map((id) => ({ id, ...places[id] }));
}
