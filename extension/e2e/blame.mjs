/**
 * Whose long tasks they are. The browser's long-task observer tells how long a page
 * was busy, not with what; Chromium's trace tells both: of every task, how much of
 * it the processor spent with a script of the extension on the stack, what it made
 * the browser lay out included. Counted in the thread's own time, so that another
 * program's turn on a busy machine is nobody's.
 */

/** @typedef {{ pid: number, tid: number, id?: string, ph: string, name: string, ts: number, dur?: number, tdur?: number, args?: any }} TraceEvent */
/** @typedef {{ id: number, parent?: number, callFrame: { functionName: string, url?: string } }} ProfileNode */

const categories = ["toplevel", "devtools.timeline", "disabled-by-default-v8.cpu_profiler"];

/**
 * @param {import("puppeteer-core").Page} page
 * @param {string} base where the scripts lie that it runs in the page
 * @param {() => Promise<unknown>} act
 * @returns {Promise<number[]>} of each task with a script of ours in it, the
 *   milliseconds that were ours; the longest first
 */
export async function blamed(page, base, act) {
  await page.tracing.start({ categories });
  await act();
  const trace = await page.tracing.stop();
  if (!trace) throw new Error("blame: no trace");
  /** @type {{ traceEvents: TraceEvent[] }} */
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace));
  return [...profiles(traceEvents).values()].flatMap((profile) => shares(profile, traceEvents, base)).sort((a, b) => b - a);
}

/** @typedef {{ pid: number, tid: number, time: number, nodes: Map<number, ProfileNode>, samples: {at: number, took: number, node: number}[] }} Profile */

/** @param {TraceEvent[]} events */
function profiles(events) {
  /** @type {Map<string, Profile>} */
  const found = new Map();
  for (const { name, pid, tid, id, args } of events.filter(({ name }) => name === "Profile" || name === "ProfileChunk").sort((a, b) => a.ts - b.ts)) {
    const key = `${pid} ${id}`;
    if (name === "Profile") {
      found.set(key, { pid, tid, time: args.data.startTime, nodes: new Map(), samples: [] });
      continue;
    }
    const profile = found.get(key);
    if (!profile) continue;
    const { cpuProfile, timeDeltas } = args.data;
    for (const node of cpuProfile?.nodes ?? []) profile.nodes.set(node.id, node);
    for (const [i, node] of (cpuProfile?.samples ?? []).entries()) {
      profile.time += timeDeltas[i];
      const before = profile.samples.at(-1);
      if (before) before.took = profile.time - before.at;
      profile.samples.push({ at: profile.time, took: 0, node });
    }
  }
  return found;
}

/**
 * @param {Profile} profile
 * @param {TraceEvent[]} events
 * @param {string} base
 */
function shares({ pid, tid, nodes, samples }, events, base) {
  /** @type {Map<number, boolean>} */
  const known = new Map();
  /** @param {number | undefined} id @returns {boolean} */
  const ours = (id) => {
    const node = id === undefined ? undefined : nodes.get(id);
    if (id === undefined || !node) return false;
    const before = known.get(id);
    if (before !== undefined) return before;
    const is = (node.callFrame.url ?? "").startsWith(base) || ours(node.parent);
    known.set(id, is);
    return is;
  };
  const marked = samples.filter(({ node }) => ours(node));
  const tasks = events.filter((e) => e.pid === pid && e.tid === tid && e.name === "ThreadControllerImpl::RunTask" && e.ph === "X").sort((a, b) => a.ts - b.ts);
  let next = 0;
  return tasks.flatMap(({ ts, dur = 0, tdur = dur }) => {
    let took = 0;
    while (next < marked.length && marked[next].at < ts) next++;
    for (; next < marked.length && marked[next].at < ts + dur; next++) took += Math.min(marked[next].took, ts + dur - marked[next].at);
    return took > 0 ? [(took / 1000) * Math.min(1, tdur / dur)] : [];
  });
}
