/* The bar plays, jumps, sets the volume, shows the time, and is what one seeks on. */
import { clock, draw, fill, make, makeButton, name, sayTime } from "./build.js";
import { makePreview } from "./preview.js";

export const JUMP_S = 10; // as the words of the buttons say
const SAY_EVERY_S = 5; // a screen reader on the bar hears where it stands, and not each second

export function makeBar(parts) {
  const { media, texts } = parts;
  const jump = (by) => (media.currentTime = Math.min(Math.max(0, media.currentTime + by), media.duration || 0));
  const toggle = () => {
    if (media.paused) media.play().catch(() => {});
    else media.pause();
    paint(); // the event comes late where much is going on
  };
  const play = makeButton("pause", texts.pause, toggle);
  play.classList.add("fh-bar-play");
  const back = makeButton("back", texts.back, () => jump(-JUMP_S));
  const forward = makeButton("forward", texts.forward, () => jump(JUMP_S));
  const time = make("span", { className: "fh-bar-time" });
  const seek = makeSeek(parts);
  const paint = () => {
    draw(play, media.paused ? "play" : "pause");
    name(play, media.paused ? texts.play : texts.pause);
    time.textContent = `${clock(media.currentTime)} / ${clock(media.duration)}`;
    seek.paint();
  };
  for (const event of ["play", "pause", "timeupdate", "seeking", "durationchange", "progress", "emptied"])
    media.addEventListener(event, paint);
  return {
    left: [play, back, forward, ...makeVolume(parts), time],
    seek: seek.box,
    jump,
    toggle,
    refresh() {
      seek.refresh();
      paint();
    },
  };
}

function makeSeek(parts) {
  const { host, media, texts } = parts;
  // Steps of a tenth of a second: a hand aims no finer, and the bar moves smoothly.
  const range = make("input", { type: "range", min: 0, step: 0.1, className: "fh-seek", ariaLabel: texts.position });
  const marks = make("div", { className: "fh-marks", "aria-hidden": "true" });
  const preview = makePreview(parts);
  const box = make("div", { className: "fh-seek-box" }, marks, range, preview.box);
  let saidAt = -SAY_EVERY_S;
  let isHeld = false;
  let wish = 0; // where the thumb stood last under the hand: the bar may be painted before the change is told
  const say = (at) => {
    saidAt = at;
    const chapter = preview.findChapter(at);
    const said = fill(texts.position_text, { now: sayTime(at), all: sayTime(media.duration) });
    range.setAttribute("aria-valuetext", chapter ? `${said}, ${fill(texts.chapter_text, { title: chapter })}` : said);
  };
  const paint = () => {
    const length = media.duration || 0;
    range.max = length;
    if (!isHeld) range.value = media.currentTime;
    const loaded = media.buffered.length ? media.buffered.end(media.buffered.length - 1) : 0;
    range.style.setProperty("--done", `${length ? (range.value / length) * 100 : 0}%`);
    range.style.setProperty("--loaded", `${length ? (loaded / length) * 100 : 0}%`);
    if (Math.abs(media.currentTime - saidAt) >= SAY_EVERY_S) say(media.currentTime);
  };
  range.addEventListener("pointerdown", () => (isHeld = true));
  // A press that moves nothing changes nothing, so no change tells its end.
  for (const end of ["pointerup", "pointercancel", "blur"]) range.addEventListener(end, () => (isHeld = false));
  range.addEventListener("input", () => {
    isHeld = true;
    wish = Number(range.value);
    preview.show(wish);
    say(wish);
    paint();
  });
  range.addEventListener("change", () => {
    isHeld = false;
    media.currentTime = wish;
  });
  media.addEventListener("seeking", () => {
    say(media.currentTime);
    if (document.activeElement === range) preview.show(media.currentTime);
  });
  range.addEventListener("focus", () => preview.load());
  range.addEventListener("blur", () => preview.hide());
  box.addEventListener("pointermove", ({ clientX }) => {
    const { left, width } = range.getBoundingClientRect();
    preview.show(Math.min(Math.max(0, (clientX - left) / width), 1) * (media.duration || 0));
  });
  box.addEventListener("pointerleave", () => preview.hide());
  const refresh = () => {
    preview.refresh();
    const inside = host.grant.chapters.filter(({ start_s: start }) => start > 0 && start < media.duration);
    marks.replaceChildren(
      ...inside.map(({ start_s: start }) => {
        const mark = make("i");
        mark.style.left = `${(start / media.duration) * 100}%`;
        return mark;
      }),
    );
  };
  return { box, paint, refresh };
}

function makeVolume({ media, texts }) {
  const mute = makeButton("loud", texts.mute, () => (media.muted = !media.muted));
  // In percent, which is what screen readers say; the steps are those of the keys (LOUDER in keys.js).
  const range = make("input", { type: "range", min: 0, max: 100, step: 5, className: "fh-volume" });
  range.ariaLabel = texts.volume;
  range.addEventListener("input", () => {
    media.volume = range.value / 100;
    media.muted = false;
  });
  const paint = () => {
    const volume = media.muted ? 0 : media.volume;
    draw(mute, volume ? "loud" : "mute");
    name(mute, media.muted ? texts.unmute : texts.mute);
    range.value = Math.round(volume * 100);
    range.setAttribute("aria-valuetext", `${range.value} %`);
    range.style.setProperty("--done", `${range.value}%`);
  };
  media.addEventListener("volumechange", paint);
  paint();
  return [mute, range];
}
