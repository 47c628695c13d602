/* This module listens to the keys while the focus is in the player: they take nothing from the page around it (WCAG
   2.1.4). */
import { JUMP_S } from "./bar.js";
import { fill } from "./build.js";
import { SPEEDS, sayNumber } from "./choices.js";

const STEP_S = 5; // half a jump, and what the list of the keys says
const MINUTE_S = 60;
const LOUDER = 0.05; // of 1: twenty steps from silence to all

export function listenToKeys(parts) {
  const { host, media, texts, bar, captions, sounds } = parts;
  const louder = (by) => {
    media.volume = Math.min(1, Math.max(0, media.volume + by));
    media.muted = false;
    sayVolume();
  };
  const hush = () => {
    media.muted = !media.muted;
    sayVolume();
  };
  const say = (text) => (host.voice.textContent = text);
  const isOn = (button) => (button.getAttribute("aria-pressed") === "true" ? texts.on : texts.off);
  const sayVolume = () => say(`${texts.volume}: ${media.muted ? 0 : Math.round(media.volume * 100)} %`);
  const caption = () => {
    captions.toggle();
    say(`${texts.captions}: ${captions.tracks.length ? (captions.track?.label ?? texts.off) : texts.none}`);
  };
  const describe = () => {
    const { description: button } = sounds;
    if (button.hidden) return say(`${texts.description}: ${texts.none}`);
    sounds.toggleDescription();
    say(`${texts.description}: ${isOn(button)}`);
  };
  const faster = (by) => {
    const at = SPEEDS.findIndex((rate) => rate >= media.playbackRate);
    const rate = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))];
    parts.setSpeed(rate);
    say(fill(texts.speed_set, { speed: sayNumber(rate) }));
  };
  const acts = {
    k: bar.toggle, " ": bar.toggle, j: () => bar.jump(-JUMP_S), l: () => bar.jump(JUMP_S),
    ArrowLeft: () => bar.jump(-STEP_S), ArrowRight: () => bar.jump(STEP_S),
    ArrowUp: () => louder(LOUDER), ArrowDown: () => louder(-LOUDER),
    PageUp: () => bar.jump(MINUTE_S), PageDown: () => bar.jump(-MINUTE_S),
    Home: () => (media.currentTime = 0), End: () => (media.currentTime = media.duration || 0),
    m: hush, c: caption, d: describe, "?": () => parts.showKeys(),
    f: () => parts.toggleScreen?.(), "<": () => faster(-1), ">": () => faster(1),
  };
  host.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target, event.key)) return;
    const act = acts[event.key] ?? acts[event.key.toLowerCase()];
    const isDigit = /^\d$/.test(event.key);
    if (!act && !isDigit) return;
    event.preventDefault();
    if (act) act();
    else media.currentTime = ((media.duration || 0) * Number(event.key)) / 10;
  });
}

/* Does what has the focus need this key itself? */
function isTaken(target, key) {
  if (target.localName === "button" || target.localName === "a") return key === " " || key === "Enter";
  if (target.type === "radio") return key === " " || key.startsWith("Arrow");
  if (target.classList.contains("fh-volume")) return key.startsWith("Arrow") || /^(Page|Home|End)/.test(key);
  if (target.classList.contains("fh-seek")) return false;
  return ["select", "input", "textarea"].includes(target.localName);
}
