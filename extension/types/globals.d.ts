/** Firefox's name for the extension API; Chrome has `chrome` alone. */
declare var browser: typeof chrome | undefined;

/** Set by wasm_exec.js, Go's runtime in the browser, from GOROOT at build time. */
declare var Go: new () => GoRuntime;

interface GoRuntime {
  importObject: WebAssembly.Imports;
  exit: (code: number) => void;
  /** Resolves when the program has ended. */
  run(instance: WebAssembly.Instance): Promise<void>;
}

/** Set by detector.wasm while it runs. */
declare var honmonoDetector: DetectorDoor | undefined;

interface DetectorDoor {
  /** Answers JSON: {"ok": …} or {"error": "…"}. Throws when the program is dead. */
  call(method: string, request: string): string;
}

declare module "*/wasm_exec.js";
