// This module shows one cue in the list: play, start, end, text, and what is to be said of it.
import { colorOf, readClock, writeClock } from "./text.js";

export function makeRow(template, cue) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.cue = cue;
  cue.row = row;
  fillRow(row);
  return row;
}

/* Write what the cue holds into the fields; a field that says the same already is left alone, with its undo. */
export function fillRow(row) {
  const { cue } = row;
  const [start, end, text] = fieldsOf(row);
  for (const [field, ms] of [[start, cue.start], [end, cue.end]])
    if (!Number.isNaN(ms) && field.value !== writeClock(ms)) field.value = writeClock(ms);
  if (text.value !== cue.text) text.value = cue.text;
  paint(row);
}

/* Take what the fields say into the cue. */
export function readRow(row) {
  const [start, end, text] = fieldsOf(row);
  row.cue.start = readClock(start.value);
  row.cue.end = readClock(end.value);
  row.cue.text = text.value;
  paint(row);
}

export function fieldsOf(row) {
  return [row.querySelector("[data-start]"), row.querySelector("[data-end]"), row.querySelector("[data-text]")];
}

/* Number and verdict; nothing is touched that is the same. */
export function tellRow(row, number, { errors, hints }, texts) {
  const label = String(number);
  const play = row.querySelector("[data-play]");
  if (play.textContent !== label) {
    play.textContent = label;
    play.ariaLabel = texts.play.replace("{number}", label);
    for (const [field, name] of fieldsOf(row).map((one, at) => [one, ["start", "end", "text"][at]]))
      field.ariaLabel = texts[name].replace("{number}", label);
  }
  const words = [...errors, ...hints].map((code) => texts[code]).join(" ");
  const notes = row.querySelector("[data-notes]");
  if (notes.textContent !== words) notes.textContent = words;
  row.classList.toggle("fh-cue-wrong", errors.length > 0);
  const isTimeWrong = errors.includes("time") || errors.includes("backwards");
  const [start, end, text] = fieldsOf(row);
  for (const [field, isWrong] of [[start, isTimeWrong], [end, isTimeWrong], [text, errors.includes("empty")]])
    if (isWrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
}

function paint(row) {
  const color = colorOf(row.cue.text);
  if ((row.dataset.color ?? "") !== color) row.dataset.color = color;
}
