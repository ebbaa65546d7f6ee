import { mark } from "./marks.js";

/**
 * One run of the Go program in detector.wasm. A run that ended (a fatal error,
 * memory exhausted) is dead for good; background/detector.js starts another.
 *
 * @typedef {object} Program
 * @property {(method: string, request: string) => string} call answers JSON;
 *   throws when the program is dead
 * @property {Promise<void>} ended resolves when the program has died
 * @property {() => number} memory bytes held; WebAssembly memory never shrinks
 */

/** How long Go may take to reach its first rest, in milliseconds. */
const startLimit = 5000;

/**
 * Starts the program.
 *
 * The module is compiled by streaming where the browser accepts that; a browser
 * that serves the file under another media type gets it in one piece.
 *
 * @param {string} url where detector.wasm is
 * @returns {Promise<Program>}
 */
export async function startProgram(url) {
  const go = new Go();
  go.exit = () => {};
  globalThis.honmonoDetector = undefined;
  mark("program");
  const instance = await instantiate(url, go.importObject);
  mark("instantiated");
  const ended = go.run(instance);
  const door = await waitForDoor(ended);
  mark("started");
  globalThis.honmonoDetector = undefined;
  const memory = /** @type {WebAssembly.Memory} */ (instance.exports.mem);
  return {
    call: (method, request) => door.call(method, request),
    ended,
    memory: () => memory.buffer.byteLength,
  };
}

/**
 * @param {string} url
 * @param {WebAssembly.Imports} imports
 */
async function instantiate(url, imports) {
  try {
    return (await WebAssembly.instantiateStreaming(fetch(url), imports)).instance;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  const bytes = await (await fetch(url)).arrayBuffer();
  return (await WebAssembly.instantiate(bytes, imports)).instance;
}

/**
 * Go's main runs until it rests before run() returns, so the door is there at
 * once; only a runtime that yields on its way needs the wait.
 *
 * @param {Promise<void>} ended
 * @returns {Promise<DetectorDoor>}
 */
async function waitForDoor(ended) {
  let dead = false;
  ended.then(() => (dead = true));
  for (let waited = 0; waited <= startLimit; waited += 10) {
    const door = globalThis.honmonoDetector;
    if (door) return door;
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (dead) throw new Error("program: ended while it started");
  }
  throw new Error("program: did not open its door in time");
}
