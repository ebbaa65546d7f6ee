// Finds open messages by their shape alone: an address that is shown, and below it
// a block large enough to be a mail. The last resort of the fallback, for pages
// whose bodies have neither a role nor an element of their own.
//
// Reading from the top, the first address belongs to the page, as everything of a
// mail lies in a body, and bodies are passed over once found.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "structure")) return;
  const { dom, header } = honmono;

  const maxSenders = 400;
  const maxMessages = 50;
  const maxClimb = 14;
  /** A row of a list is lower than this, and narrower or lower than that; CSS pixels. */
  const minHeight = 80;
  const minArea = 30_000;
  /** Between the sender and the body, in CSS pixels. */
  const maxGap = 400;
  const maxAlike = 3;
  const maxControls = 100;

  /**
   * What a program has and a mail has not: a block with one of these in it is the
   * webmail itself, below the address of the account.
   */
  const chrome = 'button, select, textarea, [role="button"], [role="toolbar"], [role="listbox"], [role="grid"], [role="navigation"], [role="tablist"], nav';

  /** One message of several; its body is inside. */
  const items = '[role="listitem"], [role="article"], article, li';
  /** Where mails are listed, none is open. */
  const lists = '[role="row"], [role="option"], [role="grid"], [role="listbox"], [role="tree"], [role="navigation"], nav';

  /** Elements that hold a line of text and nothing else. */
  const lines = "a, address, b, bdi, cite, dd, div, em, h3, h4, label, p, small, span, strong, td, th";
  const maxLines = 3000;
  const longestLine = 300;

  /**
   * Whether an element's text is a line of its own that may hold an address.
   *
   * @param {Element} line
   */
  function isWritten(line) {
    const text = dom.tree.first(line);
    if (!text || dom.tree.type(text) !== Node.TEXT_NODE || dom.tree.next(text)) return false;
    const value = dom.tree.value(text);
    return value.length <= longestLine && value.includes("@");
  }

  /**
   * Elements whose text is an address, or a name and an address.
   *
   * @param {Element} root
   */
  function written(root) {
    return dom.some(root, lines, maxLines).filter(isWritten);
  }

  /**
   * All that may name a sender, by attribute or by text, in the order of the page:
   * were the one kind sought before the other, a mail's own link could be taken
   * for the sender of a page that writes its senders.
   *
   * @param {Element} root
   * @param {string} senders a selector of those that name one by an attribute
   */
  function addressed(root, senders) {
    return dom.some(root, `${senders}, ${lines}`, maxLines).filter((element) => dom.matches(element, [senders]) || isWritten(element));
  }

  /**
   * @param {Element} main
   * @param {Element[]} senders what may hold an address, in document order
   * @returns {{ holder: Element, place: Element, sender: Element }[]} in document order
   */
  function find(main, senders) {
    /** @type {{ holder: Element, place: Element, sender: Element }[]} */
    const found = [];
    for (const sender of senders.slice(0, maxSenders)) {
      if (found.length === maxMessages) break;
      if (found.some(({ place }) => dom.contains(place, sender))) continue;
      // A portrait has the address too, and stands beside header and body together.
      if (!dom.visible(sender) || !dom.text(sender, 1) || dom.closest(sender, lists) || !header.addressIn(sender)) continue;
      const block = below(sender, main);
      if (!block || found.some(({ place }) => dom.contains(block.place, place) || dom.contains(place, block.place))) continue;
      found.push({ ...block, sender });
    }
    return found;
  }

  /**
   * The largest block that follows a sender, as near above it as can be.
   *
   * @param {Element} sender
   * @param {Element} main
   */
  function below(sender, main) {
    const item = dom.closest(sender, items);
    const limit = item && item !== main && dom.contains(main, item) ? item : main;
    let element = /** @type {Element | null} */ (sender);
    for (let level = 0; element && element !== limit && level < maxClimb; level++) {
      /** @type {Element | undefined} */
      let largest;
      for (let next = dom.tree.next(element); next; next = dom.tree.next(next)) {
        if (dom.tree.type(next) !== Node.ELEMENT_NODE) continue;
        const block = /** @type {Element} */ (next);
        if (isBody(block) && isBelow(block, sender) && (!largest || dom.area(block) > dom.area(largest))) largest = block;
      }
      const holder = dom.parent(element);
      if (largest && holder) return { holder, place: largest };
      if (holder && isRow(element, holder)) return undefined;
      element = holder;
    }
    return undefined;
  }

  /**
   * A header stands right above its body. A list beside the mail, or far above it,
   * names others.
   *
   * @param {Element} block
   * @param {Element} sender
   */
  function isBelow(block, sender) {
    const [head, body] = [dom.box(sender), dom.box(block)];
    const gap = body.top - head.bottom;
    return gap > -5 && gap < maxGap && head.left < body.right && body.left < head.right;
  }

  /**
   * One of several siblings of a kind that all hold addresses: a line of a list,
   * even where the list does not say so.
   *
   * @param {Element} element
   * @param {Element} holder
   */
  function isRow(element, holder) {
    const kind = dom.tree.name(element);
    let others = 0;
    for (let next = dom.tree.first(holder); next && others < maxAlike; next = dom.tree.next(next)) {
      if (next === element || dom.tree.type(next) !== Node.ELEMENT_NODE) continue;
      const sibling = /** @type {Element} */ (next);
      if (dom.tree.name(sibling) === kind && dom.text(sibling, 500).includes("@")) others++;
    }
    return others >= maxAlike;
  }

  /**
   * A program may take clicks on the whole mail, and so call all of it a button: what
   * is larger than half of the block is the mail and no control.
   *
   * @param {Element} control
   * @param {Element} block
   */
  function fills(control, block) {
    return dom.area(control) > dom.area(block) / 2;
  }

  /**
   * A frame is no block of the page's: who reads it is decided elsewhere.
   *
   * @param {Element} block
   */
  function isBody(block) {
    if (!dom.visible(block) || dom.editable(block) || dom.closest(block, lists)) return false;
    if (dom.some(block, chrome, maxControls).some((control) => !fills(control, block))) return false;
    if (dom.tree.name(block) === "iframe" || dom.all(block, "iframe").some((frame) => dom.visible(frame))) return false;
    return dom.area(block) >= minArea && dom.height(block) >= minHeight && !dom.blank(block);
  }

  honmono.structure = { find, addressed, written };
})();
