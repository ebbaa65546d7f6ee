/**
 * The Worker on this machine, on the real engine: Miniflare runs workerd with a
 * KV that mirrors a directory of `honmono rules sign --out DIR` ("manifest" and
 * "blobs/<sha256>"), and follows it as it changes.
 *
 *     node worker/dev.mjs --dir DIR [--port N] [--manifest-age SECONDS] [--kv-port N]
 *
 * prints one line, `listening http://127.0.0.1:PORT`, and ends cleanly on SIGTERM
 * or SIGINT. With --kv-port the KV can also be published to by its REST API, see
 * admin.mjs. Build worker/build/ first (make worker).
 */
import { createHash } from "node:crypto";
import { access, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { Miniflare, Response } from "miniflare";
import { serveAdmin } from "./admin.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

/** The same date as in wrangler.toml. */
export const compatibilityDate = "2026-04-26";

/** The same flags as in wrangler.toml. */
export const compatibilityFlags = ["nodejs_compat"];

/** How often the directory is looked at, in milliseconds. */
const pollInterval = 250;

/**
 * The modules of the Worker, the way in first.
 *
 * @type {{ type: "ESModule" | "CompiledWasm", path: string }[]}
 */
const modules = [
  { type: "ESModule", path: "entry.mjs" },
  { type: "ESModule", path: "edge.mjs" },
  { type: "ESModule", path: "encode.mjs" },
  { type: "ESModule", path: "limit.mjs" },
  { type: "ESModule", path: "build/worker.mjs" },
  { type: "ESModule", path: "build/runtime.mjs" },
  { type: "ESModule", path: "build/wasm_exec.js" },
  { type: "CompiledWasm", path: "build/app.wasm" },
];

/**
 * Options of Miniflare for the Worker.
 *
 * @param {object} [o]
 * @param {string} [o.host] address to listen on
 * @param {number} [o.port] 0 takes a free one
 * @param {number} [o.manifestAge] seconds that caches may hold the manifest
 * @param {boolean} [o.bound] false leaves the KV out, as in a deployment gone wrong
 * @param {string} [o.app] folder of what the page is tried with
 * @param {string} [o.token] opens the reports to maintainers
 * @param {(text: Buffer) => void} [o.log] takes what the Worker and workerd log
 */
export function workerOptions({ host = "127.0.0.1", port = 0, manifestAge = 300, bound = true, token = "", app = path.join(here, "build/assets/app"), log = toStderr } = {}) {
  return {
    host,
    port,
    compatibilityDate,
    compatibilityFlags,
    modulesRoot: here,
    modules: modules.map((m) => ({ type: m.type, path: path.join(here, m.path) })),
    bindings: { MANIFEST_AGE: String(manifestAge), ...(token && { REPORTS_TOKEN: token }) },
    kvNamespaces: bound ? ["RULES"] : [],
    d1Databases: bound ? ["REPORTS"] : [],
    serviceBindings: { ASSETS: (/** @type {import("miniflare").Request} */ request) => asset(app, request) },
    /** @type {(out: import("node:stream").Readable, err: import("node:stream").Readable) => void} */
    handleRuntimeStdio(out, err) {
      out.on("data", log);
      err.on("data", log);
    },
  };
}

/** @type {Record<string, string>} */
const types = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".eml": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/**
 * What Cloudflare's static assets are here: files of a folder, with their tags.
 *
 * @param {string} app
 * @param {import("miniflare").Request} request
 */
async function asset(app, request) {
  const name = new URL(request.url).pathname.slice("/app/".length);
  const type = types[path.extname(name)];
  // The URL is in normal form, so no ".." is left but in an escape.
  const data = type && !name.includes("%") ? await readIfThere(path.join(app, name)) : undefined;
  if (!data) {
    return new Response(null, { status: 404 });
  }
  const tag = `"${createHash("sha256").update(data).digest("hex")}"`;
  const headers = { "Content-Type": type, ETag: tag };
  if (request.headers.get("If-None-Match")?.includes(tag)) {
    return new Response(null, { status: 304, headers: { ETag: tag } });
  }
  return new Response(request.method === "HEAD" ? null : data, {
    headers: { ...headers, "Content-Length": String(data.byteLength) },
  });
}

/**
 * Keeps standard output for the one line that scripts wait for.
 *
 * @param {Buffer} text
 */
function toStderr(text) {
  process.stderr.write(text);
}

/**
 * What is needed of Miniflare's KVNamespace. Its values may be text or a plain
 * Uint8Array; a Buffer it cannot pass on.
 *
 * @typedef {object} Namespace
 * @property {(key: string, value: string | Uint8Array) => Promise<void>} put
 * @property {(key: string) => Promise<void>} delete
 */

/**
 * The KV of a Worker that workerOptions describes.
 *
 * @param {Miniflare} miniflare
 * @returns {Promise<Namespace>}
 */
export async function rulesOf(miniflare) {
  return /** @type {Namespace} */ (/** @type {unknown} */ (await miniflare.getKVNamespace("RULES")));
}

/**
 * Brings the D1 of a Worker up to date, as `wrangler d1 migrations apply` does.
 *
 * @param {Miniflare} miniflare
 */
export async function migrate(miniflare) {
  const db = await miniflare.getD1Database("REPORTS");
  const dir = path.join(here, "migrations");
  for (const name of (await readdir(dir)).sort()) {
    const text = (await readFile(path.join(dir, name), "utf8")).replaceAll(/--.*$/gm, "");
    for (const statement of text.split(";").filter((s) => s.trim())) {
      await db.prepare(statement).run();
    }
  }
}

/**
 * Starts the Worker over a directory.
 *
 * @param {object} o
 * @param {string} o.dir
 * @param {string} [o.host]
 * @param {number} [o.port]
 * @param {number} [o.manifestAge] 0 shows a new publication at once
 */
export async function startWorker({ dir, host, port, manifestAge = 0 }) {
  await access(path.join(here, "build/app.wasm")).catch(() => {
    throw new Error("worker/build/app.wasm is missing: run `make worker` first");
  });
  await readdir(dir);
  const miniflare = new Miniflare(workerOptions({ host, port, manifestAge, token: process.env.REPORTS_TOKEN }));
  try {
    const url = (await miniflare.ready).origin;
    await migrate(miniflare);
    const mirror = new Mirror(dir, await rulesOf(miniflare));
    await mirror.follow();
    return {
      /** Origin, without a slash at the end. */
      url,
      /** The KV, for tests that put something wrong into it. */
      kv: mirror.kv,
      /** Brings the KV up to the directory now. */
      reload: () => mirror.reload(),
      async stop() {
        await mirror.stop();
        await miniflare.dispose();
      },
    };
  } catch (err) {
    await miniflare.dispose();
    throw err;
  }
}

/** Copies a directory into a KV, again whenever it changes. */
class Mirror {
  /** Blobs that the KV has. */
  #blobs = new Set();
  /** @type {Uint8Array | undefined} */
  #manifest;
  /** @type {Promise<void>} the reload that is under way */
  #last = Promise.resolve();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #stopped = false;

  /**
   * @param {string} dir
   * @param {Namespace} kv
   */
  constructor(dir, kv) {
    this.dir = dir;
    this.kv = kv;
  }

  /** Reloads now, and then at each interval until stop. */
  async follow() {
    await this.reload();
    const next = async () => {
      await this.reload().catch((err) => console.error("worker:", err.message));
      if (!this.#stopped) {
        this.#timer = setTimeout(next, pollInterval);
      }
    };
    this.#timer = setTimeout(next, pollInterval);
  }

  /** Ends following, once the reload under way is done. */
  async stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#last.catch(() => {});
  }

  /** Copies what is new; one reload at a time. */
  reload() {
    this.#last = this.#last.catch(() => {}).then(() => this.#copy());
    return this.#last;
  }

  /** Blobs first, so that no manifest is up before what it names. */
  async #copy() {
    const manifest = await readIfThere(path.join(this.dir, "manifest"));
    const blobs = path.join(this.dir, "blobs");
    for (const name of await readdir(blobs).catch(() => /** @type {string[]} */ ([]))) {
      if (!/^[0-9a-f]{64}$/.test(name) || this.#blobs.has(name)) {
        continue;
      }
      const data = await readIfThere(path.join(blobs, name));
      // A file that is still being written: the next round has it.
      if (data && createHash("sha256").update(data).digest("hex") === name) {
        await this.kv.put(`blob/${name}`, data);
        this.#blobs.add(name);
      }
    }
    if (manifest && !(this.#manifest && isDeepStrictEqual(manifest, this.#manifest))) {
      await this.kv.put("manifest", manifest);
    } else if (!manifest && this.#manifest) {
      await this.kv.delete("manifest");
    }
    this.#manifest = manifest;
  }
}

/**
 * @param {string} file
 * @returns {Promise<Uint8Array | undefined>}
 */
async function readIfThere(file) {
  try {
    return new Uint8Array(await readFile(file));
  } catch (err) {
    if (/** @type {NodeJS.ErrnoException} */ (err).code === "ENOENT") {
      return undefined;
    }
    throw err;
  }
}

async function main() {
  const usage = "usage: node worker/dev.mjs --dir DIR [--port N] [--manifest-age SECONDS] [--kv-port N]";
  let values;
  try {
    ({ values } = parseArgs({
      options: { dir: { type: "string" }, port: { type: "string" }, "manifest-age": { type: "string" }, "kv-port": { type: "string" } },
    }));
  } catch (err) {
    console.error(`${/** @type {Error} */ (err).message}\n${usage}`);
    process.exit(2);
  }
  const port = Number(values.port ?? 0);
  const manifestAge = Number(values["manifest-age"] ?? 0);
  if (!values.dir || !Number.isInteger(port) || !Number.isInteger(manifestAge) || manifestAge < 0) {
    console.error(usage);
    process.exit(2);
  }
  const worker = await startWorker({ dir: values.dir, port, manifestAge });
  const admin =
    values["kv-port"] === undefined
      ? undefined
      : await serveAdmin(/** @type {any} */ (worker.kv), { port: Number(values["kv-port"]) });
  if (admin) {
    console.error(`KV at CLOUDFLARE_API_BASE_URL=${admin.url}`);
  }
  console.log(`listening ${worker.url}`);
  for (const signal of ["SIGTERM", "SIGINT"]) {
    // Miniflare's own listener would end this process at once, with 143.
    process.removeAllListeners(signal);
    process.once(signal, () => {
      Promise.all([worker.stop(), admin?.stop()]).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((err) => {
    console.error(`worker: ${err.message}`);
    process.exit(1);
  });
}
