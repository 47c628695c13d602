/* These menus choose the chapter, and in the settings the speed, the picture's size, the sound track and the version. */
import { clock, fill, make, makeChoice } from "./build.js";
import { listKeys, showKeys } from "./keylist.js";

// Slower to follow a language one learns, faster as long as speech is still understood.
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

const END_S = 0.5; // nearer than this the last segment has come: pictures and sounds seldom end at one moment

export function makeMenus(parts) {
  const { host, media, texts, menus } = parts;
  const chapters = menus.add("chapters", texts.chapters, () => [listChapters(parts)]);
  const settings = menus.add("settings", texts.settings, () =>
    [speed(parts), versions(parts), sounds(parts), sizes(parts), listKeys(parts)].filter(Boolean),
  );
  const refresh = () => (chapters.hidden = !host.grant.chapters.length);
  parts.showKeys = () => showKeys({ menus, settings });
  parts.setSpeed = (rate) => (media.playbackRate = media.defaultPlaybackRate = rate);
  return { chapters, settings, refresh };
}

export const sayNumber = (number) => new Intl.NumberFormat(document.documentElement.lang).format(number);

function listChapters({ host, media, menus }) {
  const here = host.grant.chapters.findLast(({ start_s: start }) => start <= media.currentTime);
  const rows = host.grant.chapters.map((chapter) => {
    const time = make("span", { className: "fh-panel-time", textContent: clock(chapter.start_s) });
    const button = make("button", { type: "button" }, time, ` ${chapter.title}`);
    if (chapter === here) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => {
      media.currentTime = chapter.start_s;
      menus.close(true);
    });
    return make("li", {}, button);
  });
  return make("ol", {}, ...rows);
}

function speed({ media, texts, setSpeed }) {
  const options = SPEEDS.map((rate) => ({
    value: rate, label: `${sayNumber(rate)} ×`, isChosen: rate === media.playbackRate,
  }));
  return makeChoice(texts.speed, options, setSpeed);
}

function versions({ host, texts, sounds: part }) {
  const all = host.grant.versions;
  if (all.length < 2) return undefined;
  const options = all.map((version, index) => ({ value: index, label: version.label, isChosen: version.is_chosen }));
  return makeChoice(texts.versions, options, (index) => part.chooseVersion(all[index]));
}

function sounds({ texts, sounds: part }) {
  const all = part.sounds;
  if (all.length < 2) return undefined;
  const options = all.map(({ id, label, language, isActive }) => ({
    value: id, label: label || language, isChosen: isActive,
  }));
  return makeChoice(texts.tracks, options, (id) => part.chooseSound(id));
}

function sizes({ host, media, texts }) {
  const all = host.engine?.sizes() ?? [];
  if (all.length < 2) return undefined;
  const playing = all.find(({ isActive }) => isActive);
  const isFree = !all.some(({ isChosen }) => isChosen);
  const automatic = isFree && playing ? `${texts.automatic} (${playing.lines}p)` : texts.automatic;
  const options = all
    .toSorted((one, other) => other.lines - one.lines)
    .map(({ id, lines, isChosen }) => ({ value: id, label: `${lines}p`, isChosen }));
  const first = { value: "", label: automatic, isChosen: isFree };
  // What is loaded plays on as it is: that takes half a minute at times, and nobody should press again meanwhile.
  const hint = make("p", { className: "fh-hint", hidden: true });
  const choose = (id) => {
    host.engine.chooseSize(id);
    const lines = all.find((one) => one.id === id)?.lines;
    const end = findLoadedEnd(media);
    const seconds = Math.round(end - media.currentTime);
    hint.hidden = !lines || lines === Math.min(media.videoWidth, media.videoHeight) || seconds < 2;
    const words = end > media.duration - END_S ? texts.quality_loaded : texts.quality_soon;
    hint.textContent = hint.hidden ? "" : fill(words, { size: `${lines}p`, seconds });
    host.voice.textContent = hint.textContent;
  };
  media.addEventListener("resize", () => (hint.hidden = true));
  const choice = makeChoice(texts.quality, [first, ...options], choose);
  choice.append(hint);
  return choice;
}

/* The second up to which what plays now is loaded. */
function findLoadedEnd({ buffered, currentTime: now }) {
  const here = [...Array(buffered.length).keys()].find((i) => buffered.start(i) <= now && buffered.end(i) > now);
  return here === undefined ? now : buffered.end(here);
}
