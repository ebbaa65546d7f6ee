/**
 * A real Roundcube over a real Dovecot, from Debian's packages, without touching
 * the system's own configuration: everything lives in one temporary folder, on
 * unprivileged ports, and goes with it.
 *
 *     node extension/e2e/roundcube.mjs [--port N] FILE.eml…
 *
 * starts it for a person to look at and prints the address; SIGINT ends it.
 */
import { accessSync } from "node:fs";
import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startDovecot, user, withoutDovecot } from "./dovecot.mjs";
import { freePort, listening, start, temporary } from "./process.mjs";

/** What brings everything needed, for the person who lacks it. */
export const aptLine =
  "apt-get install --no-install-recommends roundcube-core roundcube-sqlite3 php-cli php-sqlite3 php-mbstring php-xml php-intl php-curl dovecot-imapd";

const needed = ["/usr/bin/php", "/etc/roundcube/defaults.inc.php", "/var/lib/roundcube/public_html/index.php"];

/**
 * @returns {string | undefined} why Roundcube cannot run here, or undefined if it can
 */
export function missing() {
  for (const file of needed) {
    try {
      accessSync(file);
    } catch {
      return `Roundcube needs ${file}: ${aptLine}`;
    }
  }
  return withoutDovecot();
}

/**
 * @typedef {object} Roundcube
 * @property {string} url its address, with a slash at the end
 * @property {string} user
 * @property {() => Promise<void>} close ends both servers and removes the folder
 */

/**
 * @param {object} o
 * @param {string[]} o.messages .eml files, the first becomes UID 1
 * @param {Record<string, string[]>} [o.folders] what lies in other folders
 * @param {number} [o.port] of the web server; 0 takes a free one
 * @param {string} [o.host] the name or address in the URL; it must lead to this machine
 * @param {string} [o.language] of Roundcube's own words, as it names it ("ja_JP")
 * @returns {Promise<Roundcube>}
 */
export async function startRoundcube({ messages, folders = {}, port = 0, host = "127.0.0.1", language = "en_US" }) {
  const { dir, remove } = await temporary("roundcube");
  /** @type {import("./process.mjs").Running[]} */
  const running = [];
  const close = async () => {
    for (const server of running.reverse()) await server.end();
    await remove();
  };
  try {
    await chmod(dir, 0o755);
    const { imap, server } = await startDovecot({ dir, user, messages, folders });
    running.push(server);

    const web = port || (await freePort());
    const config = path.join(dir, "config");
    await mkdir(config);
    for (const name of ["defaults.inc.php", "mimetypes.php"]) await copyFile(path.join("/etc/roundcube", name), path.join(config, name));
    for (const name of ["logs", "temp"]) await mkdir(path.join(dir, name));
    await writeFile(path.join(config, "config.inc.php"), roundcubeConf(dir, imap, language));
    running.push(await start("/usr/bin/php", ["-S", `127.0.0.1:${web}`, "-t", "/var/lib/roundcube/public_html"], {
      env: { ROUNDCUBE_CONFIG_DIR: `${config}/`, PHP_CLI_SERVER_WORKERS: "4" },
      ready: () => listening(web),
    }));
    return { url: `http://${host}:${web}/`, user, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {string} dir
 * @param {number} imap
 * @param {string} language
 */
function roundcubeConf(dir, imap, language) {
  return `<?php
$config['db_dsnw'] = 'sqlite:////${dir.replace(/^\//, "")}/roundcube.db?mode=0646';
$config['imap_host'] = '127.0.0.1:${imap}';
$config['des_key'] = 'honmono-end-to-end-tests';
$config['log_driver'] = 'file';
$config['log_dir'] = '${dir}/logs/';
$config['temp_dir'] = '${dir}/temp/';
$config['plugins'] = [];
$config['skin'] = 'elastic';
$config['language'] = '${language}';
$config['create_default_folders'] = true;
$config['enable_installer'] = false;
$config['message_sort_col'] = 'arrival';
$config['session_lifetime'] = 60;
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { port: { type: "string", default: "0" }, language: { type: "string" } }, allowPositionals: true });
  const why = missing();
  if (why) {
    console.error(`roundcube: ${why}`);
    process.exit(2);
  }
  const roundcube = await startRoundcube({ messages: positionals, port: Number(values.port), language: values.language });
  console.log(`${roundcube.url}  user ${roundcube.user}, any password`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => roundcube.close().then(() => process.exit(0)));
}
