/* The preview stands above the bar while one seeks: the picture of that moment from the storyboard, its time, its
   chapter. */
import { clock, make } from "./build.js";

// A cue of the storyboard: its times in WebVTT, the sheet, and the tile in it as a spatial media fragment (W3C).
const TIMES = /(?:(\d+):)?(\d+):(\d+\.\d+) --> (?:(\d+):)?(\d+):(\d+\.\d+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

export function makePreview({ host, media }) {
  const picture = make("div", { className: "fh-preview-picture" });
  const words = make("div", { className: "fh-preview-words" });
  const box = make("div", { className: "fh-preview", hidden: true, "aria-hidden": "true" }, picture, words);
  let tiles;
  let address;
  let shownAt = 0;
  const load = async () => {
    if (address === host.grant.storyboard) return;
    address = host.grant.storyboard;
    tiles = address ? await readTiles(address).catch(() => []) : [];
    if (!box.hidden) show(shownAt);
  };
  const findChapter = (at) => host.grant.chapters.findLast(({ start_s: start }) => start <= at)?.title;
  const show = (at) => {
    shownAt = at;
    load();
    const tile = tiles?.findLast(({ start }) => start <= at);
    picture.hidden = !tile;
    if (tile) placeTile(picture, tile);
    words.textContent = [clock(at), findChapter(at)].filter(Boolean).join(" · ");
    box.hidden = false;
    const share = media.duration ? at / media.duration : 0;
    box.style.setProperty("--at", share);
  };
  return { box, show, load, findChapter, hide: () => (box.hidden = true), refresh: () => (box.hidden = true) };
}

async function readTiles(address) {
  const answer = await fetch(address);
  const text = (await answer.text()).replaceAll("\r", "");
  const base = new URL(address, location.href);
  const seconds = (hours, minutes, rest) => Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest);
  return [...text.matchAll(TIMES)].map(([, h, m, s, , , , sheet, x, y, width, height]) => ({
    start: seconds(h, m, s), url: new URL(sheet, base).href, x, y, width, height,
  }));
}

function placeTile(picture, { url, x, y, width, height }) {
  Object.assign(picture.style, {
    width: `${width}px`,
    height: `${height}px`,
    backgroundImage: `url("${url}")`,
    backgroundPosition: `-${x}px -${y}px`,
  });
}
