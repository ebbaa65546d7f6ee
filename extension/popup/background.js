import { ext } from "../background/ext.js";

/**
 * Asks the background.
 *
 * @template T
 * @param {PopupRequest} request
 * @returns {Promise<T>} rejects when the background cannot answer
 */
export async function ask(request) {
  const answer = await ext.runtime.sendMessage(request);
  if (answer && "ok" in answer) return answer.ok;
  throw new Error(answer?.error?.reason ?? "detector");
}
