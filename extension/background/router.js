import { DetectorError } from "./detector.js";
import { FrameGone } from "./relay.js";
import { Malformed, pageRequest, popupRequest } from "./shapes.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

/**
 * A frame of a tab, as the browser says and not as the frame says.
 *
 * @typedef {object} Frame
 * @property {number} tabId
 * @property {number} frameId
 * @property {string} url
 * @property {string} [tabURL] the whole page's, where the browser tells it
 */

/**
 * @typedef {object} Handlers
 * @property {(request: PageRequest, frame: Frame) => Promise<unknown>} page
 *   answers content scripts
 * @property {(request: PopupRequest) => Promise<unknown>} popup answers the
 *   extension's own pages, and nobody else
 */

/**
 * The one door of the background. Messages of other extensions and of web pages
 * do not reach onMessage at all, and there is no listener for the events that
 * they do reach; the sender is checked all the same.
 *
 * @param {{ id: string, origin: string }} self the extension's id and the
 *   address its pages begin with
 * @param {Handlers} handlers
 * @returns a listener for runtime.onMessage
 */
export function router(self, handlers) {
  /**
   * @param {unknown} message
   * @param {Sender} sender
   * @param {(answer: unknown) => void} respond
   * @returns {boolean} whether an answer will come
   */
  return (message, sender, respond) => {
    const answer = start(self, handlers, message, sender);
    if (!answer) return false;
    answer.then(
      (ok) => respond({ ok }),
      (error) => respond({ error: explain(error) }),
    );
    return true;
  };
}

/**
 * @param {{ id: string, origin: string }} self
 * @param {Handlers} handlers
 * @param {unknown} message
 * @param {Sender} sender
 * @returns {Promise<unknown> | undefined}
 */
function start(self, handlers, message, sender) {
  if (sender.id !== self.id) return undefined;
  try {
    if (sender.url?.startsWith(self.origin)) return handlers.popup(popupRequest(message));
    const frame = frameOf(sender);
    return frame && handlers.page(pageRequest(message), frame);
  } catch (error) {
    if (error instanceof Malformed) return Promise.reject(error);
    throw error;
  }
}

/**
 * @param {Sender} sender
 * @returns {Frame | undefined}
 */
export function frameOf({ tab, frameId, url }) {
  if (tab?.id === undefined || frameId === undefined || url === undefined) return undefined;
  return { tabId: tab.id, frameId, url, tabURL: tab.url };
}

/**
 * @param {unknown} error
 * @returns {{ reason: FailureReason, detail: string }}
 */
function explain(error) {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof Malformed) return { reason: "invalid", detail };
  if (error instanceof FrameGone) return { reason: "frame", detail };
  if (error instanceof DetectorError) return { reason: "unreadable", detail };
  return { reason: "detector", detail };
}
