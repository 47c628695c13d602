/* This module keeps the place in the page's address, so that a reload and the way back find it again; nothing is stored. */
import { isFirst } from "../fh-moment.js";

const EVERY_S = 5; // of the programme: less is no loss to hear once more
const SETTLE_MS = 500; // a key that is held seeks many times a second, and Safari takes a hundred changes in thirty seconds

export function keepPlace({ host, media }) {
  if ("embedded" in host.dataset) return; // the address is not the reader's there
  let written = 0;
  let timer;
  const write = () => {
    timer = undefined;
    // Nothing has come yet, or it is over: then it would begin at its end.
    if (!media.readyState) return;
    written = media.ended ? 0 : media.currentTime;
    writeMoment(host, written);
  };
  const soon = () => (timer ??= setTimeout(write, SETTLE_MS));
  media.addEventListener("timeupdate", () => Math.abs(media.currentTime - written) >= EVERY_S && soon());
  for (const event of ["seeked", "pause", "ended"]) media.addEventListener(event, soon);
  if (media.currentTime >= EVERY_S) soon(); // the controls came after the first picture
}

function writeMoment(host, seconds) {
  const at = Math.floor(seconds);
  const isAsked = new URLSearchParams(location.search).has("t"); // else the way back would begin there
  const hash = at || isAsked ? `#t=${at}${isFirst(host) ? "" : `&video=${host.dataset.id}`}` : "";
  if (location.hash !== hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
}
