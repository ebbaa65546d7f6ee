// Puts a banner where it is seen and keeps it there. A mail can draw over its
// surroundings, and a webmail re-renders what it likes: the mail is kept below the
// banner (stacking.js), and a banner that was taken out is put back. One that cannot
// be seen where it is (sight.js), or stands where a mail's style sheet counts
// (reach.js), is raised to the browser's top layer, above everything and out of
// reach of what is around it; where even that does not help, it is raised from the
// page's root. If it still cannot be seen, the toolbar says so.
(() => {
  const { honmono } = globalThis;
  if (Object.hasOwn(honmono, "placement")) return;
  const { dom, reach, sight, stacking } = honmono;

  /** A page that takes the banner out, or gets over it, more often is not argued with. */
  const maxReturns = 20;
  const maxRaises = 20;
  /** Milliseconds. A style sheet can wait, and move without the page changing. */
  const lookEvery = 2000;
  const lookAgain = 250;

  /**
   * @param {Banner} banner
   * @param {Reading} reading
   * @param {PlacementParts} parts
   * @returns {Placement}
   */
  function placement(banner, reading, { ours, hidden, places }) {
    const { host } = banner;
    const view = host.ownerDocument.defaultView;
    const order = stacking();
    let returns = 0;
    let raises = 0;
    let raised = false;
    let filled = false;
    let gone = false;
    let lost = false;
    /** Once it has been in the window, whoever scrolls it out has seen it. */
    let noticed = false;
    /** How often in a row it could not be seen: a page that opens a mail fades and slides. */
    let strikes = 0;
    let again = 0;
    /** Whether the mail's style sheets are being gone through, and what was found once. */
    let looking = false;
    let reached = false;

    /** @type {Anchor[]} the wanted place first */
    const anchors = [reading.anchor, { element: reading.place, place: "before" }];

    function insert() {
      for (const { element, place } of anchors) {
        if (!dom.connected(element)) continue;
        if (place === "prepend") dom.prepend(element, host);
        else if (dom.parent(element)) dom.before(element, host);
        else continue;
        order.keep(host, reading.place);
        return true;
      }
      return false;
    }

    async function lookAround() {
      if (looking || reached || gone) return;
      looking = true;
      reached = await reach(reading.place, places);
      looking = false;
      if (reached && !gone && !raised && filled) ours(raise);
    }

    function check() {
      if (gone || !filled) return;
      if (!dom.connected(host)) {
        if (!dom.connected(reading.place)) return;
        raised = false;
        if (++returns > maxReturns || !insert()) {
          report(true);
          return finish();
        }
      }
      order.keep(host, reading.place);
      lookAround();
      if (reached && !raised) raise();
      const obstacle = sight(host, reading.place, raised, noticed);
      if (!obstacle) {
        noticed ||= sight.isNoticed(host);
        strikes = 0;
        return report(false);
      }
      if (++strikes === 1) {
        clearTimeout(again);
        again = setTimeout(look, lookAgain);
        return;
      }
      raise();
      report(sight(host, reading.place, raised, noticed) !== undefined);
    }

    /** Into the top layer; where it is already, to its top; at last, out of where it stands. */
    function raise() {
      if (typeof host.showPopover !== "function" || ++raises > maxRaises) return;
      if (raised && sight(host, reading.place, true, noticed) !== "covered") host.ownerDocument.documentElement.append(host);
      lift();
      const first = !raised;
      raised = true;
      const left = first ? sight(host, reading.place, true, noticed) : undefined;
      if (left && left !== "covered") raise();
    }

    function lift() {
      if (reached) order.free(host);
      host.popover = "manual";
      if (host.matches(":popover-open")) host.hidePopover();
      host.showPopover();
    }

    /** On paper nothing is above anything: it stands on top of the first page then. */
    function toPaper() {
      if (!raised || gone) return;
      ours(() => {
        host.popover = null;
        host.ownerDocument.body.prepend(host);
      });
    }

    function fromPaper() {
      if (raised && !gone && dom.connected(host)) ours(lift);
    }

    /** @param {boolean} now */
    function report(now) {
      if (now === lost) return;
      lost = now;
      hidden(now);
    }

    function look() {
      if (host.ownerDocument.visibilityState === "visible") ours(check);
    }

    function finish() {
      gone = true;
      clearInterval(timer);
      clearTimeout(again);
      view?.removeEventListener("beforeprint", toPaper);
      view?.removeEventListener("afterprint", fromPaper);
      order.release();
    }

    insert();
    lookAround();
    view?.addEventListener("beforeprint", toPaper);
    view?.addEventListener("afterprint", fromPaper);
    // The region first, its text in the next frame, or it is not announced.
    again = setTimeout(() => {
      ours(() => {
        banner.fill();
        filled = true;
      });
      // After the browser has laid the page out anyway; in a hidden tab nobody looks.
      requestAnimationFrame(() => {
        again = setTimeout(() => {
          look();
          if (!gone && strikes === 0) again = setTimeout(look, lookAgain);
        }, 0);
      });
    }, 50);
    const timer = setInterval(look, lookEvery);

    return {
      host,
      check,
      remove() {
        finish();
        host.remove();
      },
    };
  }

  honmono.placement = placement;
})();
