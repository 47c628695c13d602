// This module tells what is wrong with a cue, and what could be better: by codes, which the page puts into words.
import { plain } from "./text.js";

const FASTEST = 20; // characters a second that people can read
const MOST_LINES = 2; // more cover the picture

/* `previous` is the cue before in the list. Returns { errors, hints } with the codes of the page's texts. */
export function judge(cue, previous, { isSpeech }) {
  const errors = [];
  const hints = [];
  const words = plain(cue.text).trim();
  if (Number.isNaN(cue.start) || Number.isNaN(cue.end)) errors.push("time");
  else if (cue.end <= cue.start) errors.push("backwards");
  if (!words) errors.push("empty");
  if (previous && cue.start < previous.start) errors.push("order");
  else if (previous && cue.start < previous.end && cue.settings === previous.settings) errors.push("overlap");
  if (isSpeech && cue.end > cue.start) {
    const speed = words.replace(/\s+/g, " ").length / ((cue.end - cue.start) / 1000);
    if (speed > FASTEST) hints.push("fast");
    if (words.split("\n").length > MOST_LINES) hints.push("lines");
  }
  return { errors, hints };
}

/* What keeps the text from being stored; the others are told and may stay: two people can speak at once. */
export const BLOCKING = new Set(["time", "backwards", "empty"]);
