// What is used of addons-linter, which brings no types of its own.
declare module "addons-linter" {
  interface Finding { code: string; message: string; file?: string }
  interface Linter {
    run(): Promise<unknown>;
    output: { errors: Finding[]; warnings: Finding[]; notices: Finding[] };
  }
  const linter: { createInstance(options: { config: Record<string, unknown> }): Linter };
  export default linter;
}
