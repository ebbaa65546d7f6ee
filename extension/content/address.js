// Mail addresses as webmails write them: "Name <addr>", "Name<addr>", an address
// alone, a mailto: link, or a name alone.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "address")) return;

  const addressPattern = /[^\s<>()[\]"'“”‘’,;:@]+@[^\s<>()[\]"'“”‘’,;:@]+/gu;
  const longest = 1000;

  /**
   * The last address in a text: what stands before it is the name, which may
   * hold a false address of its own.
   *
   * @param {string} text
   */
  function find(text) {
    const found = text.slice(-longest).match(addressPattern) ?? [];
    return (found.at(-1) ?? "").replace(/\.+$/, "");
  }

  /** @param {string} text */
  function parse(text) {
    const line = unlink(text.replace(/\s+/gu, " ").trim());
    const open = line.lastIndexOf("<");
    const inBrackets = open < 0 ? "" : find(line.slice(open));
    if (inBrackets) return { name: unquote(line.slice(0, open)), address: inBrackets };
    const address = find(line);
    if (!address) return { name: unquote(line) };
    const name = unquote(line.slice(0, line.lastIndexOf(address)).replace(/[\s("'[]+$/u, ""));
    return name ? { name, address } : { address };
  }

  /** @param {string} text */
  function unlink(text) {
    if (!/^mailto:/i.test(text)) return text;
    const address = text.slice("mailto:".length).split("?")[0];
    try {
      return decodeURIComponent(address);
    } catch {
      return address;
    }
  }

  /** @param {string} text */
  function unquote(text) {
    return text.trim().replace(/^["“]+|["”]+$/gu, "").trim().slice(0, longest);
  }

  honmono.address = { find, parse };
})();
