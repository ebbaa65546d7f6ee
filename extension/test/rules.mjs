// What stands for the browser's storage, the publisher and the detector where the
// rules' way into the browser is tested.

import { createHash } from "node:crypto";
import { DetectorError } from "../background/detector.js";

export const sha256 = (text) => createHash("sha256").update(text).digest("hex");
export const now = 1_795_000_000;
export const day = 86_400;

/** storage.local as far as it is used: copies in, copies out, set is atomic. */
export class Area {
  data = {};
  full = false;
  async get(keys) {
    return structuredClone(Object.fromEntries([keys].flat().flatMap((key) => (key in this.data ? [[key, this.data[key]]] : []))));
  }
  async remove(keys) {
    for (const key of [keys].flat()) delete this.data[key];
  }
  async set(items) {
    if (this.full) throw new Error("QUOTA_BYTES quota exceeded");
    Object.assign(this.data, structuredClone(items));
  }
}

/** A manifest for tests: JSON, "signed" by saying so. */
export function publish(version, texts, { signed = true, expires = now + 90 * day, rollout = 100 } = {}) {
  const sections = Object.entries(texts).map(([name, text]) => ({
    name,
    size: Buffer.byteLength(text),
    sha256: sha256(text),
    ...(name.endsWith("-exact") && { later: true }),
  }));
  return { manifest: JSON.stringify({ version, created: version, expires, signed, rollout, sections }), texts: Object.values(texts) };
}

/** Keeps the contract of planRules and loadRules. */
export class FakeDetector {
  version = 100;
  expires = 0;
  source = "default";
  texts = new Map([[sha256("links 1"), "links 1"]]);

  ask = async (method, request) => {
    switch (method) {
      case "rulesInfo":
        return { version: this.version, created: this.version, expires: this.expires, source: this.source, brands: 3 };
      case "planRules":
        return this.#plan(request);
      case "loadRules": {
        const plan = this.#plan(request);
        const texts = plan.sections.map(({ have, sha256: hash, name, later }) => {
          if (later) {
            if (hash in request.sections) throw new DetectorError(`rules: section "${name}" came too early`);
            return [hash, ""];
          }
          const text = have ? this.texts.get(hash) : request.sections[hash];
          if (text === undefined || sha256(text) !== hash) throw new DetectorError(`rules: section "${name}": wrong hash`);
          return [hash, text];
        });
        this.texts = new Map(texts);
        Object.assign(this, { version: plan.version, expires: plan.expires, source: "signed" });
        return { version: plan.version };
      }
    }
    throw new Error(method);
  };

  #plan({ manifest, keys, now }) {
    let parsed;
    try {
      parsed = JSON.parse(manifest);
    } catch {
      throw new DetectorError("rules: malformed manifest");
    }
    if (!parsed.signed || keys[0] !== "key") throw new DetectorError("rules: no signature by a known key");
    if (parsed.expires <= now) throw new DetectorError("rules: expired");
    if (parsed.version < this.version) throw new DetectorError("rules: older than what is in use");
    return { ...parsed, sections: parsed.sections.map((s) => ({ ...s, have: this.texts.has(s.sha256) })) };
  }
}
