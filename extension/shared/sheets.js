/** The style sheets of a banner, in their order. */
const sheets = ["shared/tokens.css", "shared/components.css", "shared/verdict.css", "content/banner.css"];

/**
 * What a banner is dressed in, in webmails and on the first page.
 *
 * @param {(path: string) => string} urlOf the address of a file of the package
 */
export async function bannerCSS(urlOf) {
  const texts = await Promise.all(sheets.map(async (path) => (await fetch(urlOf(path))).text()));
  return texts.join("\n");
}
