// The content scripts share one object. It is made an own property of the
// script's global: a mail that holds <a id="honmono"> makes the *inherited*
// honmono that element, in Chrome even in our own world.
//
// Where the scripts are put into a page twice (a site granted while its page is
// open), the second time finds the first one's object and starts nothing.
(() => {
  if (Object.getOwnPropertyDescriptor(globalThis, "honmono")?.configurable === false) return;
  Object.defineProperty(globalThis, "honmono", { value: Object.create(null) });
})();
