/**
 * Self-hosted webmail: sites that the person switched Honmono on for. The
 * browser's own list of granted permissions is the only record; the content
 * scripts registered follow from it, so that a permission withdrawn in the
 * browser's settings ends them too.
 */

/** @typedef {Pick<typeof chrome, "permissions" | "runtime" | "scripting">} API */

const scriptId = "switched-on";

/**
 * The match pattern for a page's site, or undefined for pages that no extension
 * runs in. A pattern without a port means every port; Firefox knows no other.
 *
 * @param {string} url
 */
export function patternFor(url) {
  const { protocol, hostname } = parse(url) ?? {};
  if (!hostname || (protocol !== "https:" && protocol !== "http:")) return undefined;
  return `${protocol}//${hostname}/*`;
}

/**
 * Whether the manifest itself names the page's site.
 *
 * @param {string} url
 * @param {string[]} patterns of the manifest's content scripts
 */
export function isFixed(url, patterns) {
  const { protocol, hostname } = parse(url) ?? {};
  return patterns.some((pattern) => {
    const [scheme, rest] = pattern.split("://");
    const host = rest.split("/")[0].replace(/:\d+$/, "");
    if (scheme + ":" !== protocol || !hostname) return false;
    if (!host.startsWith("*.")) return hostname === host;
    return hostname === host.slice(2) || hostname.endsWith(host.slice(1));
  });
}

/**
 * Registers the content scripts for the sites that are granted, and for no
 * others. Called at every start and whenever a grant changes.
 *
 * @param {API} api
 */
export async function syncSites({ permissions, runtime, scripting }) {
  const { js, fixed } = contentScripts(runtime);
  const { origins = [] } = await permissions.getAll();
  const own = origins.filter((origin) => !fixed.includes(origin) && isSite(origin));
  const registered = await scripting.getRegisteredContentScripts({ ids: [scriptId] });
  if (own.length === 0) {
    if (registered.length > 0) await scripting.unregisterContentScripts({ ids: [scriptId] });
    return;
  }
  /** @type {chrome.scripting.RegisteredContentScript} */
  const script = { id: scriptId, js, matches: own, allFrames: true, runAt: "document_idle" };
  if (registered.length > 0) await scripting.updateContentScripts([script]);
  else await scripting.registerContentScripts([script]);
}

/**
 * Starts the content scripts in a tab whose site was just granted, so that no
 * reload is needed. A tab where that cannot be is left alone.
 *
 * @param {API} api
 * @param {number} tabId
 */
export async function startIn({ runtime, scripting }, tabId) {
  const { js } = contentScripts(runtime);
  await scripting.executeScript({ target: { tabId, allFrames: true }, files: js });
}

/**
 * Whether a page may be read: the manifest names its site, or the person has granted
 * it and not taken it back.
 *
 * @param {Pick<API, "permissions" | "runtime">} api
 * @param {string} url
 */
export async function isAllowed({ permissions, runtime }, url) {
  const pattern = patternFor(url);
  return !pattern || isFixed(url, contentScripts(runtime).fixed) || permissions.contains({ origins: [pattern] });
}

/**
 * The manifest's content scripts: files from the package's root (Firefox answers
 * with whole addresses, which it does not take back) and patterns.
 *
 * @param {API["runtime"]} runtime
 */
function contentScripts(runtime) {
  const { js = [], matches = [] } = runtime.getManifest().content_scripts?.[0] ?? {};
  const root = runtime.getURL("");
  return { js: js.map((file) => new URL(file, root).href.slice(root.length)), fixed: matches };
}

/**
 * A grant for one host; grants for everything are not taken as a wish to have
 * every page read.
 *
 * @param {string} pattern
 */
export function isSite(pattern) {
  return /^https?:\/\/[^*/]+\/\*$/.test(pattern);
}

/** @param {string} url */
function parse(url) {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
