/**
 * The extension API. Firefox calls it `browser`, Chrome `chrome`; with
 * Manifest V3 both answer with promises.
 */
export const ext = globalThis.browser ?? globalThis.chrome;
