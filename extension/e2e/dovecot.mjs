/**
 * A mailbox for a real webmail to show: Dovecot, from Debian's package, with its
 * configuration and its mail in the caller's folder, on an unprivileged port.
 */
import { execFileSync } from "node:child_process";
import { accessSync, readFileSync } from "node:fs";
import { chown, copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { freePort, listening, start } from "./process.mjs";

const dovecot = "/usr/sbin/dovecot";

/** The mailbox's owner; any password opens it. */
export const user = "hanako.sato@example.jp";

/** @returns {string | undefined} why Dovecot cannot run here, or undefined if it can */
export function withoutDovecot() {
  try {
    accessSync(dovecot);
  } catch {
    return `a mailbox needs ${dovecot}: apt-get install --no-install-recommends dovecot-imapd`;
  }
  const version = execFileSync(dovecot, ["--version"], { encoding: "utf8" });
  if (!version.startsWith("2.3.")) return `the configuration written here is for Dovecot 2.3, this is ${version.trim()}`;
  return undefined;
}

/**
 * @param {object} o
 * @param {string} o.dir an empty folder that everybody may enter
 * @param {string} o.user
 * @param {string[]} o.messages .eml files, the first becomes UID 1
 * @param {Record<string, string[]>} [o.folders] what lies in other folders
 * @returns {Promise<{ imap: number, server: import("./process.mjs").Running }>} the port, and what ends it
 */
export async function startDovecot({ dir, user, messages, folders = {} }) {
  const owner = mailOwner();
  const box = path.join(dir, "mail", user);
  await deliver(box, messages);
  for (const [name, files] of Object.entries(folders)) await deliver(path.join(box, `.${name}`), files);
  await give(box, owner);
  const imap = await freePort();
  await writeFile(path.join(dir, "dovecot.conf"), dovecotConf(dir, imap, owner));
  const server = await start(dovecot, ["-F", "-c", path.join(dir, "dovecot.conf")], { ready: () => listening(imap) });
  return { imap, server };
}

/** @returns {{name: string, group: string, uid: number, gid: number}} who the mail belongs to: Dovecot refuses root */
function mailOwner() {
  const uid = os.userInfo().uid;
  const passwd = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":"));
  const entry = passwd.find((p) => (uid === 0 ? p[0] === "dovecot" : Number(p[2]) === uid));
  if (!entry) throw new Error(`dovecot: no entry for ${uid === 0 ? "dovecot" : `uid ${uid}`} in /etc/passwd`);
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
