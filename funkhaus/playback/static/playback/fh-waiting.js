/* This module unlocks a page that is left open. */
const LOOK_MS = 30000; // so late at most it unlocks after the machine has slept: timers stand still meanwhile
const SLACK_MS = 300; // the Date header tells whole seconds

/* Where waiting is a way past a refusal, wait until the server's clock shows the moment (`now` is its Date), then call
   `unlock`. A machine that slept looks again every half minute. Returns how to stop. */
export function waitFor(remedies, now, unlock) {
  const moment = remedies.find(({ kind }) => kind === "wait")?.at;
  if (!moment) return () => {};
  const ends = Date.now() + Date.parse(moment) - (Date.parse(now) || Date.now()) + SLACK_MS;
  let timer;
  const look = () => {
    const left = ends - Date.now();
    if (left <= 0) unlock();
    else timer = setTimeout(look, Math.min(left, LOOK_MS));
  };
  look();
  return () => clearTimeout(timer);
}
