// Answers requests by detector.wasm as a browser's page would: what is asked comes
// as JSON on standard input, [[method, request], …], and the answers go out.
//
//   node answers.mjs GOROOT/lib/wasm/wasm_exec.js detector.wasm <requests.json
import { readFileSync } from "node:fs";

await import(process.argv[2]);
const go = new globalThis.Go();
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[3]), go.importObject);
void go.run(instance);
const requests = JSON.parse(readFileSync(0, "utf8"));
const answers = requests.map(([method, request]) => globalThis.honmonoDetector.call(method, request));
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
