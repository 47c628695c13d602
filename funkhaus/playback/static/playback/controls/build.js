/* This module makes elements and puts times into words. */
export { clock } from "../fh-moment.js";

const NS = "http://www.w3.org/2000/svg";
// Paths on a ground of 24 by 24, as the `viewBox` below says.
const ICONS = {
  play: "M8 5v14l11-7z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  back: "M12 5V1L6 6l6 5V7a6 6 0 1 1-6 6H4a8 8 0 1 0 8-8z",
  forward: "M12 5V1l6 5-6 5V7a6 6 0 1 0 6 6h2a8 8 0 1 1-8-8z",
  loud: "M3 9v6h4l5 5V4L7 9zM14 8.2v7.6a4.2 4.2 0 0 0 0-7.6zM14 3.4v2.1a7 7 0 0 1 0 13v2.1a9 9 0 0 0 0-17.2z",
  mute: "M3 9v6h4l5 5V4L7 9zM21 9.4 19.6 8 17 10.6 14.4 8 13 9.4l2.6 2.6-2.6 2.6 1.4 1.4 2.6-2.6 2.6 2.6 1.4-1.4-2.6-2.6z",
  chapters: "M3 5h2v2H3zM7 5h14v2H7zM3 11h2v2H3zM7 11h14v2H7zM3 17h2v2H3zM7 17h14v2H7z",
  transcript: "M4 3h16v14H9l-5 4zM7 7h10v2H7zM7 11h7v2H7z",
  settings: "M10 2h4l.6 2.7 1.9 1.1 2.6-.8 2 3.4-2 1.9v2.2l2 1.9-2 3.4-2.6-.8-1.9 1.1L14 22h-4l-.6-2.9-1.9-1.1-2.6.8-2-3.4 2-1.9v-2.2l-2-1.9 2-3.4 2.6.8 1.9-1.1zM12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
  fullscreen: "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
  window: "M8 4h2v6H4V8h4zM14 4h2v4h4v2h-6zM4 14h6v6H8v-4H4zM14 14h6v2h-4v4h-2z",
  pip: "M3 5h18v14H3zM5 7v10h14V7zM11 11h7v5h-7z",
  cast: "M3 5h18v14h-7v-2h5V7H5v3H3zM3 18a3 3 0 0 1 3 3H3zM3 14a7 7 0 0 1 7 7H8a5 5 0 0 0-5-5z",
};

/* An element with properties (`data-…` and `aria-…` as attributes) and children. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties))
    if (key.includes("-")) element.setAttribute(key, value);
    else element[key] = value;
  element.append(...children);
  return element;
}

/* A button with an icon of ours, or with a short word where none says it: who speaks to the machine says the word. */
export function makeButton(icon, label, onClick, word) {
  const button = make("button", { type: "button", className: "fh-bar-button" });
  draw(button, icon, word);
  name(button, word ? `${label}, ${word}` : label);
  button.addEventListener("click", onClick);
  return button;
}

export function name(button, label) {
  if (button.title !== label) Object.assign(button, { title: label, ariaLabel: label });
}

export function draw(button, icon, word) {
  if (button.dataset.icon === icon) return;
  button.dataset.icon = icon;
  if (word) return button.replaceChildren(word);
  const svg = document.createElementNS(NS, "svg");
  const path = document.createElementNS(NS, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[icon]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  button.replaceChildren(svg);
}

/* Radio buttons of one question; `options` are { value, label, isChosen }. */
export function makeChoice(legend, options, onChoose) {
  const group = `fh-choice-${(makeChoice.count = (makeChoice.count ?? 0) + 1)}`;
  const rows = options.map(({ value, label, isChosen }) => {
    const radio = make("input", { type: "radio", name: group, value, checked: isChosen });
    radio.addEventListener("change", () => onChoose(value));
    return make("label", {}, radio, make("span", { textContent: label }));
  });
  return make("fieldset", {}, make("legend", { textContent: legend }), ...rows);
}

/* «1 Stunde 2 Minuten 3 Sekunden», in the page's language. */
export function sayTime(seconds) {
  const all = Math.max(0, Math.floor(seconds || 0));
  const parts = [["hour", Math.floor(all / 3600)], ["minute", Math.floor(all / 60) % 60], ["second", all % 60]];
  const said = parts.filter(([unit, number]) => number || (unit === "second" && all < 60));
  const speak = ([unit, number]) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(number);
  return said.map(speak).join(" ");
}

/* Put values for what stands in braces. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, key) => values[key]);
