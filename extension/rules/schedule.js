const name = "rules";

/**
 * Has the browser wake the background about once an hour. The first time comes
 * within minutes; the moment and the period are drawn by lot for each browser,
 * so that they do not all ask at once.
 *
 * The alarm outlives the background, so it is set only where there is none.
 *
 * @param {Pick<typeof chrome.alarms, "get" | "create">} alarms
 * @param {() => number} random in [0, 1)
 */
export async function scheduleUpdates(alarms, random) {
  if (await alarms.get(name)) return;
  await alarms.create(name, {
    delayInMinutes: 1 + 4 * random(),
    periodInMinutes: 50 + 10 * random(),
  });
}

/**
 * Whether an alarm is the one set here.
 *
 * @param {{ name: string }} alarm
 */
export function isUpdateAlarm(alarm) {
  return alarm.name === name;
}
