/**
 * A real Roundcube over a real Dovecot, from Debian's packages, without touching
 * the system's own configuration: everything lives in one temporary folder, on
 * unprivileged ports, and goes with it.
 *
 *     node extension/e2e/roundcube.mjs [--port N] FILE.eml…
 *
 * starts it for a person to look at and prints the address; SIGINT ends it.
 */
import { execFileSync } from "node:child_process";
import { accessSync, readFileSync } from "node:fs";
import { chmod, chown, copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { freePort, listening, start } from "./process.mjs";

/** What brings everything needed, for the person who lacks it. */
export const aptLine =
  "apt-get install --no-install-recommends roundcube-core roundcube-sqlite3 php-cli php-sqlite3 php-mbstring php-xml php-intl php-curl dovecot-imapd";

const needed = ["/usr/sbin/dovecot", "/usr/bin/php", "/etc/roundcube/defaults.inc.php", "/var/lib/roundcube/public_html/index.php"];

/** The mailbox's owner; any password opens it. */
export const user = "hanako.sato@example.jp";

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
  const version = execFileSync("/usr/sbin/dovecot", ["--version"], { encoding: "utf8" });
  if (!version.startsWith("2.3.")) return `the configuration written here is for Dovecot 2.3, this is ${version.trim()}`;
  return undefined;
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
  const dir = await mkdtemp(path.join(os.tmpdir(), "honmono-roundcube-"));
  /** @type {import("./process.mjs").Running[]} */
  const running = [];
  const close = async () => {
    for (const server of running.reverse()) await server.end();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await chmod(dir, 0o755);
    const owner = mailOwner();
    const box = path.join(dir, "mail", user);
    await deliver(box, messages);
    for (const [name, files] of Object.entries(folders)) await deliver(path.join(box, `.${name}`), files);
    await give(box, owner);

    const imap = await freePort();
    await writeFile(path.join(dir, "dovecot.conf"), dovecotConf(dir, imap, owner));
    running.push(await start("/usr/sbin/dovecot", ["-F", "-c", path.join(dir, "dovecot.conf")], { ready: () => listening(imap) }));

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

/** @returns {{name: string, group: string, uid: number, gid: number}} who the mail belongs to: Dovecot refuses root */
function mailOwner() {
  const uid = os.userInfo().uid;
  const passwd = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":"));
  const entry = passwd.find((p) => (uid === 0 ? p[0] === "dovecot" : Number(p[2]) === uid));
  if (!entry) throw new Error(`roundcube: no entry for ${uid === 0 ? "dovecot" : `uid ${uid}`} in /etc/passwd`);
  const gid = Number(entry[3]);
  const group = readFileSync("/etc/group", "utf8").split("\n").map((line) => line.split(":")).find((g) => Number(g[2]) === gid);
  return { name: entry[0], group: group?.[0] ?? String(gid), uid: Number(entry[2]), gid };
}

/**
 * Lays the messages into a new Maildir, in order.
 *
 * @param {string} box
 * @param {string[]} messages
 */
async function deliver(box, messages) {
  for (const name of ["new", "cur", "tmp"]) await mkdir(path.join(box, name), { recursive: true });
  for (const [i, file] of messages.entries()) {
    // Dovecot numbers new mail by the time in the file's name.
    await copyFile(file, path.join(box, "new", `${1_700_000_000 + i}.M${i}P1.e2e`));
  }
}

/**
 * @param {string} box
 * @param {{uid: number, gid: number}} owner
 */
async function give(box, owner) {
  if (os.userInfo().uid !== 0) return;
  await chown(path.dirname(box), owner.uid, owner.gid);
  for (const entry of [".", ...(await readdir(box, { recursive: true }))]) await chown(path.join(box, entry), owner.uid, owner.gid);
}

/**
 * @param {string} dir
 * @param {number} port
 * @param {{name: string, group: string, uid: number, gid: number}} owner
 */
function dovecotConf(dir, port, owner) {
  const root = os.userInfo().uid === 0;
  return `base_dir = ${dir}/run
state_dir = ${dir}/run
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
${root ? "" : `default_internal_user = ${owner.name}\ndefault_login_user = ${owner.name}\ndefault_internal_group = ${owner.group}\n`}mail_location = maildir:${dir}/mail/%u
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = nopassword=y
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${dir}/mail/%u
}
`;
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
