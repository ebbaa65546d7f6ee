/**
 * The extension API. Firefox calls it `browser`, Chrome `chrome`; with
 * Manifest V3 both answer with promises.
 */
export const ext = globalThis.browser ?? globalThis.chrome;

/** Chrome has a `browser` too by now; the addresses of our own pages tell. */
export const isFirefox = ext.runtime?.getURL?.("").startsWith("moz-extension:") === true;
