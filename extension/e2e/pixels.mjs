/**
 * What of the banner is to be seen on the screen: counted on a picture of the page,
 * so that no trick with elements or styles can make it look otherwise.
 */

/** The ground of a banner of level danger (shared/tokens.css), as red, green and blue. */
export const grounds = /** @type {const} */ ({ light: [0xfd, 0xec, 0xea], dark: [0x3b, 0x15, 0x12] });

/**
 * @typedef {object} Seen
 * @property {number} ground pixels that have the ground's very colour
 * @property {number} letters the part of them that is written on: pixels that stand
 *   out from the ground, within the smallest box around it, as a part of that box
 * @property {{x: number, y: number, width: number, height: number} | undefined} box
 * @property {number} green pixels of a strong green, within that box
 * @property {number} around the same, anywhere else in the picture
 * @property {boolean} upright whether the banner's thick edge is at its left, where it begins
 */

/**
 * @param {import("puppeteer-core").Page} own a page of the extension, which looks at the picture
 * @param {import("puppeteer-core").Page} page
 * @param {"light" | "dark"} [theme]
 * @returns {Promise<Seen>}
 */
export async function look(own, page, theme = "light") {
  const picture = await page.screenshot({ encoding: "base64" });
  return own.evaluate(async (picture, [red, green, blue]) => {
    const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d"));
    context.drawImage(bitmap, 0, 0);
    const { width, height } = bitmap;
    const { data } = context.getImageData(0, 0, width, height);
    let ground = 0;
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let y = 0; y < height; y++) {
      let row = 0;
      for (let x = 0; x < width; x++) {
        const i = 4 * (y * width + x);
        if (data[i] !== red || data[i + 1] !== green || data[i + 2] !== blue) continue;
        row++;
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
      }
      if (row === 0) continue;
      ground += row;
      top = Math.min(top, y);
      bottom = y + 1;
    }
    let all = 0;
    const isGreen = (/** @type {number} */ i) => data[i + 1] > data[i] + 25 && data[i + 1] > data[i + 2] + 25;
    for (let i = 0; i < data.length; i += 4) if (isGreen(i)) all++;
    if (ground === 0) return { ground, letters: 0, green: 0, around: all, upright: false, box: undefined };
    let written = 0;
    let greens = 0;
    const brightness = (/** @type {number} */ r, /** @type {number} */ g, /** @type {number} */ b) => 0.3 * r + 0.59 * g + 0.11 * b;
    const paper = brightness(red, green, blue);
    const isWritten = (/** @type {number} */ i) => Math.abs(brightness(data[i], data[i + 1], data[i + 2]) - paper) > 110;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const i = 4 * (y * width + x);
        if (isWritten(i)) written++;
        if (isGreen(i)) greens++;
      }
    }
    /** Of the columns beside the box, those that are written on from top to bottom. */
    const edge = (/** @type {number} */ from) => [0, 1, 2, 3].filter((n) => {
      const x = from + n;
      let count = 0;
      for (let y = top; x >= 0 && x < width && y < bottom; y++) if (isWritten(4 * (y * width + x))) count++;
      return count > 0.8 * (bottom - top);
    }).length;
    return { ground, letters: written / ((right - left) * (bottom - top)), green: greens, around: all - greens, upright: edge(left - 4) > edge(right), box: { x: left, y: top, width: right - left, height: bottom - top } };
  }, picture, grounds[theme]);
}

/**
 * Whether a person sees a banner and can read it. A whole one in a window of 1200
 * by 800 has from 70,000 pixels of ground (raised) to 160,000, and letters on a
 * fifteenth to a thirtieth of its area.
 *
 * @param {Seen} seen
 */
export function legible({ ground, letters }) {
  return ground > 40_000 && letters > 0.02;
}
