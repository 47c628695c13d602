/* This module tells which cues are shown now, and puts each where its file wants it (WebVTT, line and align); all else
   stays at the bottom in the middle. */

const ROWS = 15; // a line that is given by its number: about as many rows as browsers get into the height
const ROW = 6; // percent of the height: about what a line of ours takes
const [TOP, BOTTOM] = [2, 3]; // percent kept free at the edges of the picture

/* A browser looks which cues are active while the picture moves, and not always where it stands still. */
export function listActive(track, { currentTime, paused }) {
  if (!paused) return [...(track.activeCues ?? [])];
  return [...(track.cues ?? [])].filter(({ startTime, endTime }) => startTime <= currentTime && currentTime < endTime);
}

export function placeCue(row, cue) {
  const align = { start: "start", left: "left", end: "end", right: "right" }[cue.align];
  if (align) row.style.textAlign = align;
  if (typeof cue.line !== "number") return;
  const share = cue.snapToLines ? (cue.line < 0 ? 1 + (cue.line + 1) / ROWS : cue.line / ROWS) : cue.line / 100;
  const lines = cue.text.split("\n").length;
  const isLow = share > 0.5;
  row.classList.add("fh-cue-placed");
  if (isLow) row.style.bottom = `${Math.max(BOTTOM, 100 - share * 100 - (cue.snapToLines ? 0 : lines * ROW))}%`;
  else row.style.top = `${Math.max(TOP, share * 100)}%`;
}

/* Cues of the same moment do not lie on each other, however large somebody wants the words: what stands low makes room
   upwards, what stands high downwards. */
export function spreadCues(overlay) {
  const rows = [...overlay.children].map((row) => ({ row, top: row.offsetTop, height: row.offsetHeight }));
  const isLow = ({ row }) => !row.style.top;
  let floor = Infinity;
  for (const { row, top, height } of rows.filter(isLow).toSorted((one, other) => other.top - one.top)) {
    const lift = Math.max(0, top + height - floor);
    row.style.translate = lift ? `0 ${-lift}px` : "";
    floor = top - lift;
  }
  let ceiling = 0;
  for (const { row, top, height } of rows.filter((one) => !isLow(one)).toSorted((one, other) => one.top - other.top)) {
    const drop = Math.max(0, ceiling - top);
    row.style.translate = drop ? `0 ${drop}px` : "";
    ceiling = top + drop + height;
  }
}
