// How long npm's peers take over the hosts and domains on standard input
// ({hosts, domains}), as JSON on standard output. A peer that is not installed
// is left out. See main.go.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const load = createRequire(join(process.cwd(), "package.json"));
const { hosts, domains } = JSON.parse(readFileSync(0, "utf8"));

/** The peer's version, or nothing where it is not installed. */
function version(name) {
  try {
    return load(`${name}/package.json`).version;
  } catch {
    return undefined;
  }
}

/** Nanoseconds for one host, over at least `millis` after a warm-up; the best of three. */
function measure(check, millis = 300) {
  let best = Infinity;
  for (let round = 0; round < 4; round++) {
    let done = 0;
    const start = process.hrtime.bigint();
    let now = start;
    do {
      for (const host of hosts) check(host);
      done += hosts.length;
      now = process.hrtime.bigint();
    } while (now - start < BigInt(millis) * 1000000n);
    if (round > 0) best = Math.min(best, Number(now - start) / done);
  }
  return best;
}

const answers = [];
const metamask = version("eth-phishing-detect");
if (metamask) {
  const Detector = load("eth-phishing-detect/src/detector.js");
  for (const tolerance of [1, 2]) {
    const detector = new Detector({ whitelist: domains, blacklist: [], fuzzylist: domains, tolerance });
    answers.push({
      peer: `eth-phishing-detect ${metamask}, tolerance ${tolerance}`,
      step: "check",
      nanos: measure((host) => detector.check(host)),
      found: hosts.map((host) => detector.check(host).result),
    });
  }
}
const tldts = version("tldts");
if (tldts) {
  const { parse } = load("tldts");
  answers.push({
    peer: `tldts ${tldts}`,
    step: "suffix",
    nanos: measure((host) => parse(host, { allowPrivateDomains: true, validateHostname: false })),
    found: [],
  });
}
process.stdout.write(JSON.stringify(answers));
