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

declare module "*/wasm_exec.js";
