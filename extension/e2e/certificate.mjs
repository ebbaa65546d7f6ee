/**
 * A certificate for the host names of a test, signed by itself, made anew for
 * every run: no private key is ever stored in the repository.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/**
 * @param {string[]} hosts
 * @returns {Promise<{key: string, cert: string}>} PEM
 */
export async function certificate(hosts) {
  const dir = await mkdtemp(path.join(os.tmpdir(), "honmono-tls-"));
  const key = path.join(dir, "key.pem");
  const cert = path.join(dir, "cert.pem");
  try {
    await promisify(execFile)("openssl", [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
      "-subj", `/CN=${hosts[0]}`, "-addext", `subjectAltName=${hosts.map((h) => `DNS:${h}`).join(",")}`,
      "-keyout", key, "-out", cert,
    ]);
    return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
  } catch (error) {
    throw new Error(`a certificate for the tests needs openssl (apt-get install openssl): ${/** @type {Error} */ (error).message}`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
