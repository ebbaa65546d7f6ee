/**
 * Signed rule sets for a test, made by the honmono command from the repository's
 * sources with a change of the test's own.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { honmono, root } from "./extension.mjs";

const source = path.join(root, "detector/rules/source");

/**
 * @typedef {object} Publisher
 * @property {string} dir the folder of all that it makes
 * @property {(name: string) => Promise<{key: string, verifier: string}>} key makes a key pair: the signer's file and the verifier's text
 * @property {(name: string, o: {key: string, version?: number, changes?: Record<string, string>, blocked?: string[]}) => Promise<string>} sign compiles and signs into a folder of that name, `changes` being source files put over the repository's and `blocked` URLs for the blocklist; returns the folder
 * @property {() => Promise<void>} remove
 */

/** @returns {Promise<Publisher>} */
export async function publisher() {
  const dir = await mkdtemp(path.join(os.tmpdir(), "honmono-rules-"));
  return {
    dir,
    async key(name) {
      const keys = path.join(dir, "keys");
      await honmono(["rules", "keygen", "--out", keys, "--name", name]);
      return { key: path.join(keys, `${name}.key`), verifier: (await readFile(path.join(keys, `${name}.pub`), "utf8")).trim() };
    },
    async sign(name, { key, version, changes = {}, blocked = [] }) {
      const changed = path.join(dir, `${name}-source`);
      const out = path.join(dir, name);
      await cp(source, changed, { recursive: true });
      for (const [file, text] of Object.entries(changes)) {
        await mkdir(path.dirname(path.join(changed, file)), { recursive: true });
        await writeFile(path.join(changed, file), text);
      }
      const ledger = path.join(dir, `${name}-ledger`);
      if (blocked.length > 0) {
        await writeFile(`${ledger}.feed`, blocked.join("\n"));
        await honmono(["rules", "feed", "--ledger", ledger, `${ledger}.feed`]);
      }
      const list = blocked.length > 0 ? ["--blocklist", ledger] : [];
      await honmono(["rules", "sign", "--out", out, "--key", key, ...(version ? ["--version", String(version)] : []), ...list, changed]);
      return out;
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
