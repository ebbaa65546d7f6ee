// Reads the extension's files for the tests.

import { readFileSync } from "node:fs";
import { flatten } from "../view/catalogue.js";

const root = new URL("../../", import.meta.url);

/** @param {string} path from the repository's root */
export function readText(path) {
  return readFileSync(new URL(path, root), "utf8");
}

/** @param {"ja" | "en"} lang */
function load(lang) {
  return { lang, messages: flatten(JSON.parse(readText(`extension/_locales/${lang}/messages.json`))) };
}

export const catalogues = { en: load("en"), ja: load("ja") };
