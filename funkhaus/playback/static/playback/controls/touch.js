/* This module listens to presses on the picture. A mouse plays and pauses, twice is full screen. A finger first brings the
   controls and does nothing else; where they stand already, it plays and pauses; twice at a side jumps ten seconds, in the
   middle is full screen. */
import { JUMP_S } from "./bar.js";

const TWICE_MS = 300; // as long as browsers wait for the second press of a double tap
const SIDE = 0.33; // of the width: a third for each side, and one for the middle

export function listenToPresses({ host, media, bar, toggleScreen }) {
  let last = 0;
  let timer;
  let wasAway = false;
  const isAway = () => getComputedStyle(host.querySelector(".fh-bar")).pointerEvents === "none";
  // Before anything else hears of it and wakes the controls.
  host.addEventListener("pointerdown", () => (wasAway = isAway()), { capture: true });
  const twice = (event) => {
    const { left, width } = media.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    if (event.pointerType !== "touch" || (share > SIDE && share < 1 - SIDE)) toggleScreen?.();
    else bar.jump(share < 0.5 ? -JUMP_S : JUMP_S);
  };
  media.addEventListener("click", (event) => {
    const isTouch = event.pointerType === "touch";
    const isTwice = event.timeStamp - last < TWICE_MS;
    last = isTwice ? 0 : event.timeStamp;
    if (isTwice) {
      clearTimeout(timer);
      if (!isTouch) bar.toggle(); // as it was before the first press
      return twice(event);
    }
    if (!isTouch) return bar.toggle();
    if (!wasAway) timer = setTimeout(bar.toggle, TWICE_MS);
  });
}
