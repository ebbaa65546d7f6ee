/**
 * A real SOGo over a real Dovecot, from Debian's packages, without touching the
 * system's own configuration: the mail, PostgreSQL's data and every setting live in
 * one temporary folder, on unprivileged ports, and go with it. What stands before
 * SOGo everywhere, a web server that hands out its files and passes on the rest, is
 * here too.
 *
 *     node extension/e2e/sogo.mjs [--port N] [--language Japanese] FILE.eml…
 *
 * starts it for a person to look at and prints the address; SIGINT ends it.
 */
import { execFile } from "node:child_process";
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { chmod, chown, mkdir, readFile } from "node:fs/promises";
import { once } from "node:events";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { startDovecot, user, withoutDovecot } from "./dovecot.mjs";
import { freePort, listening, start, temporary } from "./process.mjs";

/** What brings everything needed, for the person who lacks it. */
export const aptLine = "apt-get install --no-install-recommends sogo tmpreaper postgresql dovecot-imapd";

const [sogod, memcached, settings] = ["/usr/sbin/sogod", "/usr/bin/memcached", "/etc/sogo/sogo.conf"];
const resources = "/usr/lib/GNUstep/SOGo/WebServerResources";
/** Any user name has this password, in SOGo's own table. */
const password = "any";

/** @returns {string} where the newest PostgreSQL's programs lie; "" without one */
function postgresBin() {
  const base = "/usr/lib/postgresql";
  try {
    const version = Math.max(...readdirSync(base).map(Number).filter(Number.isInteger));
    accessSync(`${base}/${version}/bin/initdb`, constants.X_OK);
    return `${base}/${version}/bin`;
  } catch {
    return "";
  }
}

/**
 * @returns {string | undefined} why SOGo cannot run here, or undefined if it can
 */
export function missing() {
  for (const file of [sogod, memcached, resources]) {
    try {
      accessSync(file);
    } catch {
      return `SOGo needs ${file}: ${aptLine}`;
    }
  }
  if (!postgresBin()) return `SOGo needs PostgreSQL: ${aptLine}`;
  try {
    // It is given settings of its own, and reads these too: without a right to, it ends.
    accessSync(settings, constants.R_OK);
  } catch {
    return `SOGo reads ${settings}: run this as root, or as a member of the group sogo`;
  }
  return withoutDovecot();
}

/**
 * @typedef {object} Sogo
 * @property {string} url its address, with a slash at the end
 * @property {string} user
 * @property {string} password
 * @property {() => Promise<void>} close ends all servers and removes the folder
 */

/**
 * @param {object} o
 * @param {string[]} o.messages .eml files, the first becomes UID 1
 * @param {Record<string, string[]>} [o.folders] what lies in other folders
 * @param {number} [o.port] of the web server; 0 takes a free one
 * @param {string} [o.language] of SOGo's own words, as it names it ("Japanese")
 * @returns {Promise<Sogo>}
 */
export async function startSogo({ messages, folders = {}, port = 0, language = "English" }) {
  const { dir, remove } = await temporary("sogo");
  /** @type {(() => Promise<unknown>)[]} */
  const ends = [];
  const close = async () => {
    for (const end of ends.reverse()) await end();
    await remove();
  };
  /** @param {Parameters<typeof start>} what */
  const serve = async (...what) => {
    const server = await start(...what);
    ends.push(() => server.end());
  };
  try {
    await chmod(dir, 0o755);
    const owner = servant();
    const home = path.join(dir, "home");
    await mkdir(home);
    if (owner.uid !== undefined && owner.gid !== undefined) await chown(home, owner.uid, owner.gid);
    const env = { HOME: home, LC_ALL: "C.UTF-8" };

    const { imap, server } = await startDovecot({ dir, user, messages, folders });
    ends.push(() => server.end());

    const [sql, cache] = [await freePort(), await freePort()];
    await serve(memcached, ["-l", "127.0.0.1", "-p", String(cache), "-U", "0"], { ...owner, env, ready: () => listening(cache) });
    const data = path.join(home, "postgres");
    await run(`${postgresBin()}/initdb`, ["-D", data, "-U", "sogo", "-A", "trust", "-E", "UTF8", "--no-sync"], { ...owner, env, cwd: home });
    await serve(`${postgresBin()}/postgres`, ["-D", data, "-h", "127.0.0.1", "-p", String(sql), "-k", "", "-F"], { ...owner, env, cwd: home, ready: (said) => said.includes("ready to accept connections") });
    await run(`${postgresBin()}/psql`, ["-h", "127.0.0.1", "-p", String(sql), "-U", "sogo", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-c", people], { env });

    const [inner, web] = [await freePort(), port || (await freePort())];
    const values = sogoSettings({ database: `postgresql://sogo:any@127.0.0.1:${sql}/postgres`, imap, cache, language });
    const sogo = await start(sogod, [
      "-WOPort", `127.0.0.1:${inner}`, "-WONoDetach", "YES", "-WOLogFile", "-", "-WOPidFile", path.join(home, "sogo.pid"), "-WOWorkersCount", "3",
      ...Object.entries(values).flatMap(([name, value]) => [`-${name}`, value]),
    ], { ...owner, env, cwd: home, ready: () => answers(inner) });
    // Its workers outlive it for seconds, as it outlives being asked to end; it has nothing to save.
    ends.push(() => sogo.end("SIGKILL"));
    const front = await startFront(web, inner);
    ends.push(front);
    return { url: `http://127.0.0.1:${web}/SOGo/`, user, password, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of the people who have a mailbox; the names of the columns are SOGo's. */
const people = `CREATE TABLE people (c_uid text PRIMARY KEY, c_name text, c_password text, c_cn text, mail text);
INSERT INTO people VALUES ('${user}', '${user}', '${password}', 'Hanako Sato', '${user}');`;

/**
 * @param {{ database: string, imap: number, cache: number, language: string }} o
 * @returns {Record<string, string>} given on the command line, they go before those of the system
 */
function sogoSettings({ database, imap, cache, language }) {
  return {
    SOGoProfileURL: `${database}/sogo_user_profile`,
    OCSFolderInfoURL: `${database}/sogo_folder_info`,
    OCSSessionsFolderURL: `${database}/sogo_sessions_folder`,
    OCSEMailAlarmsFolderURL: `${database}/sogo_alarms_folder`,
    SOGoUserSources: `({ type = sql; id = people; viewURL = "${database}/people"; canAuthenticate = YES; isAddressBook = NO; userPasswordAlgorithm = none; })`,
    SOGoMemcachedHost: `127.0.0.1:${cache}`,
    SOGoIMAPServer: `imap://127.0.0.1:${imap}`,
    SOGoForceExternalLoginWithEmail: "YES",
    SOGoMailingMechanism: "sendmail",
    SOGoLoginModule: "Mail",
    SOGoMailMessageCheck: "manually",
    SOGoSentFolderName: "Sent",
    SOGoDraftsFolderName: "Drafts",
    SOGoTrashFolderName: "Trash",
    SOGoJunkFolderName: "Junk",
    SOGoLanguage: language,
    SOGoTimeZone: "Asia/Tokyo",
    SOGoSieveScriptsEnabled: "NO",
    SOGoVacationEnabled: "NO",
    SOGoForwardEnabled: "NO",
  };
}

/** @returns {{uid?: number, gid?: number}} who the servers run as: SOGo and PostgreSQL refuse root */
function servant() {
  if (os.userInfo().uid !== 0) return {};
  const entry = readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":")).find(([name]) => name === "sogo");
  if (!entry) throw new Error("sogo: no entry for sogo in /etc/passwd");
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

/**
 * The web server before SOGo, as its manual wants it.
 *
 * @param {number} port
 * @param {number} inner SOGo's own
 * @returns {Promise<() => Promise<void>>} what ends it
 */
async function startFront(port, inner) {
  const server = http.createServer(async (request, response) => {
    const address = new URL(request.url ?? "/", "http://front");
    const file = /^\/SOGo(?:\.woa)?\/WebServerResources(\/.*)$/.exec(path.posix.normalize(decodeURIComponent(address.pathname)));
    if (file) {
      const content = await readFile(resources + file[1]).catch(() => undefined);
      response.writeHead(content ? 200 : 404, { "content-type": types[path.extname(file[1])] ?? "application/octet-stream", "cache-control": "max-age=3600" }).end(content);
      return;
    }
    const host = request.headers.host ?? `127.0.0.1:${port}`;
    const passed = http.request({
      // A connection each: SOGo closes those that it was to keep.
      host: "127.0.0.1", port: inner, method: request.method, path: request.url, agent: false,
      headers: { ...request.headers, connection: "close", "x-webobjects-server-protocol": "HTTP/1.0", "x-webobjects-remote-host": "127.0.0.1", "x-webobjects-server-name": host, "x-webobjects-server-url": `http://${host}`, "x-webobjects-server-port": String(port) },
    }, (answer) => {
      const { connection, "keep-alive": keep, ...headers } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, headers);
      answer.pipe(response);
    });
    passed.on("error", (error) => { if (!response.headersSent) response.writeHead(502); response.end(String(error)); });
    request.pipe(passed);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
}

/** @type {Record<string, string>} */
const types = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".woff": "font/woff", ".woff2": "font/woff2", ".html": "text/html; charset=utf-8" };

/**
 * Whether SOGo answers: it listens before its workers are there.
 *
 * @param {number} port
 */
async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/SOGo/`, { signal: AbortSignal.timeout(5_000) })).status < 500;
  } catch {
    return false;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ uid?: number, gid?: number, env: Record<string, string>, cwd?: string }} o
 */
function run(command, args, o) {
  return promisify(execFile)(command, args, { ...o, env: { ...process.env, ...o.env } });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { port: { type: "string", default: "0" }, language: { type: "string" } }, allowPositionals: true });
  const why = missing();
  if (why) {
    console.error(`sogo: ${why}`);
    process.exit(2);
  }
  const sogo = await startSogo({ messages: positionals, port: Number(values.port), language: values.language });
  console.log(`${sogo.url}  user ${sogo.user}, password ${sogo.password}`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => sogo.close().then(() => process.exit(0)));
}
