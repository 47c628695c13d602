/* This module puts a cue where its file wants it (WebVTT, line and align); all else stays at the bottom in the middle. */

const ROWS = 15; // a line that is given by its number: about as many rows as browsers get into the height
const ROW = 6; // percent of the height: about what a line of ours takes
const [TOP, BOTTOM] = [2, 3]; // percent kept free at the edges of the picture

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
