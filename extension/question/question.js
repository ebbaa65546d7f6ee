// The answer to "Is this real?", asked from the browser's own menu about a link or
// about marked text. Called by a random number; the background knows what was asked.

import { ext } from "../background/ext.js";
import { ask, openSurface } from "../shared/surface.js";

const { parts } = globalThis.honmono;
const { messages } = await openSurface("question_title");

/** @param {string} name */
const at = (name) => /** @type {HTMLElement} */ (document.getElementById(name));

at("close").addEventListener("click", async () => {
  const own = await ext.tabs.getCurrent();
  if (own?.id !== undefined) await ext.tabs.remove(own.id);
});
at("answers").textContent = messages.popup_checking;
await answer();

async function answer() {
  /** @type {QuestionView | undefined} */
  let view;
  try {
    view = await ask({ type: "question", id: location.hash.slice(1) });
  } catch {
    return say(messages.failure_detector);
  }
  if (!view) return say(messages.question_gone);
  const { asked, answers } = view;
  at("asked").textContent = asked;
  at("asked-part").hidden = false;
  if (answers.length === 0) return say(messages.question_nothing);
  at("answers").replaceChildren(...answers.flatMap((one) => verdict(one, asked)));
}

/** @param {string} text */
function say(text) {
  at("answers").replaceChildren(parts.element("p", "soft", text));
}

/**
 * @param {QuestionView["answers"][number]} answer
 * @param {string} asked
 */
function verdict({ address, view }, asked) {
  const node = parts.element("section", `verdict ${view.level}`);
  node.append(parts.element("div", "head"));
  parts.fill(node, view);
  if (address !== asked) node.prepend(parts.element("bdi", "address", address));
  return node;
}
