import { buildView } from "../view/view.js";

/** @import { Catalogue } from "../view/catalogue.js" */
/** @import { Questions } from "./questions.js" */
/** @import { Warnings } from "./warnings.js" */
/** @import { Updater } from "../rules/updater.js" */
/** @import { Tabs } from "./tabs.js" */

/** Answers the extension's own pages. */
export class Pages {
  #ask;
  #tabs;
  #updater;
  #catalogue;
  #reader;
  #deeds;
  #warnings;
  #questions;

  /**
   * @param {object} parts
   * @param {Ask} parts.ask
   * @param {Tabs} parts.tabs
   * @param {Updater} parts.updater
   * @param {() => Promise<Catalogue>} parts.catalogue
   * @param {() => Promise<Pick<DetectorMethods["checkURL"]["request"], "protect" | "strictness">>} parts.reader
   *   what the detector is to know of the person
   * @param {import("./deeds.js").Deeds} parts.deeds
   * @param {Pick<Warnings, "view" | "openAnyway">} parts.warnings
   * @param {Pick<Questions, "view">} parts.questions
   */
  constructor({ ask, tabs, updater, catalogue, reader, deeds, warnings, questions }) {
    this.#ask = ask;
    this.#tabs = tabs;
    this.#updater = updater;
    this.#catalogue = catalogue;
    this.#reader = reader;
    this.#deeds = deeds;
    this.#warnings = warnings;
    this.#questions = questions;
  }

  /**
   * @param {PopupRequest} request
   * @returns {Promise<StateAnswer | string[] | WarningView | QuestionView | { url?: string } | undefined | { verdict: Verdict, view: View } | { result: string, rules: RulesState } | {}>}
   */
  async answer(request) {
    switch (request.type) {
      case "state": {
        const [tab, rules] = await Promise.all([this.#tabs.read(request.tabId), this.#updater.state()]);
        return { tab, rules };
      }
      case "checkURL": {
        const verdict = await this.#ask("checkURL", { url: request.url, ...(await this.#reader()) });
        return { verdict, view: buildView(verdict, await this.#catalogue(), "url") };
      }
      case "openCase":
        return this.#deeds.open(request, request.page);
      case "trustSender":
        return this.#deeds.trust(request, request.trusted);
      case "checkMessage": {
        const verdict = await this.#ask("check", { message: request.message, ...(await this.#reader()) });
        return { verdict, view: buildView(verdict, await this.#catalogue()) };
      }
      case "domains":
        return this.#ask("domains", { domains: request.domains });
      case "warning":
        return this.#warnings.view(request.id);
      case "openAnyway":
        return { url: await this.#warnings.openAnyway(request.id) };
      case "question":
        return this.#questions.view(request.id);
      case "updateRules": {
        const result = await this.#updater.update();
        return { result, rules: await this.#updater.state() };
      }
    }
  }
}
