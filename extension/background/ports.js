import { frameOf } from "./router.js";

/** @import { Frame } from "./router.js" */

/**
 * The open ports of the content scripts, one for each frame. A port's end says
 * that the page has gone, but it may be told late: when the next page in the
 * same frame has already connected, the end of the one before means nothing.
 *
 * @param {string} id the extension's own
 * @param {object} heard
 * @param {(frame: Frame) => void} [heard.opened]
 * @param {(tabId: number, frameId: number) => void} heard.left
 * @returns a listener for runtime.onConnect
 */
export function portKeeper(id, { opened, left }) {
  /** @type {Map<string, chrome.runtime.Port>} */
  const ports = new Map();
  /** @param {chrome.runtime.Port} port */
  return (port) => {
    const { sender } = port;
    const frame = sender?.id === id ? frameOf(sender) : undefined;
    if (!frame) return port.disconnect();
    const { tabId, frameId } = frame;
    const key = `${tabId} ${frameId}`;
    ports.set(key, port);
    opened?.(frame);
    port.onDisconnect.addListener(() => {
      if (ports.get(key) !== port) return;
      ports.delete(key);
      left(tabId, frameId);
    });
  };
}
