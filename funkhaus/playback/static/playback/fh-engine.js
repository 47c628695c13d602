/* This file is the seam to the HLS engine: attach, play, choose, destroy. Another engine is another file with the same
   words. */
import { appendSooner, estimateBandwidth, hasMse, JUMP_S, placeEarly } from "./fh-first.js";

const PATIENCE_MS = 12000; // three segments of four seconds: what has not come by then does not come by itself
const END_S = 0.5; // of the programme at the usual speed, more where it is played faster: nearer than this is at the end
const END_MS = 400; // so long the browser is given to say the end itself
const SWITCH_MS = 3000; // in this time after a change of the sound a jump is the engine's, later it is the viewer's
const ENOUGH_BYTES = 128000; // the engine's own figure for when a measured line is believed
const DESCRIBES = "public.accessibility.describes-video"; // the mark of RFC 8216, section 4.3.4.1

/* `sounds()` and `sizes()` list what there is to choose; `size` empty: by the line and the picture's place. Nothing is
   attached when it is wanted no longer by the time that the engine has come: two would fight for the picture. */
export async function attachEngine(video, manifest, { engine, at, onError, isWanted }) {
  // iPhones before iOS 17.1 have no Media Source, and play HLS by themselves.
  if (!hasMse && video.canPlayType("application/vnd.apple.mpegurl")) return attachNative(video, manifest, at);
  const { ChunkedStreamIterable, HlsVideoAdapter, parseMultivariantPlaylist } = await import(engine);
  if (!isWanted()) return undefined;
  appendSooner(ChunkedStreamIterable, video);
  const described = new Set();
  const adapter = new HlsVideoAdapter({
    config: {
      // The page lists its own text tracks, and there is to be one list only. What a sound is, the engine does not tell.
      parsePresentation: (text, address) => {
        for (const name of findDescriptions(text)) described.add(name);
        return withoutText(parseMultivariantPlaylist(text, address));
      },
      initialBandwidth: estimateBandwidth(),
      // What comes too fast to be timed is no measure of the line, but is counted: the estimate would be nothing. The
      // engine's state is no documented interface; it is the only place that tells whether anything was timed yet.
      bandwidth: {
        get minTotalBytes() {
          return adapter.engine.state.bandwidthState.get().fastTotalWeight ? ENOUGH_BYTES : Infinity;
        },
      },
      preferredAudioLanguage: document.documentElement.lang || undefined,
    },
  });
  adapter.addEventListener("error", () => onError(adapter.error));
  const unwatch = watch(video, onError);
  // What is still being prepared looks like something live to the engine, and it would join in at the end.
  const begin = () => video.currentTime > at + JUMP_S && (video.currentTime = at);
  video.addEventListener("playing", begin, { once: true });
  if (at) placeEarly(video, at);
  adapter.attach(video);
  adapter.src = new URL(manifest, location.href).href;
  return {
    play: () => adapter.play(),
    ...listChoices(adapter, described, video),
    destroy() {
      unwatch();
      video.removeEventListener("playing", begin);
      adapter.detach();
      adapter.destroy();
    },
  };
}

function listChoices(adapter, described, video) {
  return {
    sounds: () =>
      [...adapter.audioTracks].map(({ id, label, language, enabled }) => ({
        id, label, language, isActive: enabled, isDescription: described.has(label),
      })),
    chooseSound(id) {
      // Infinity: by the engine's word a playlist that still grows.
      if (adapter.targetLiveWindow === Infinity) keepPlace(video);
      for (const track of adapter.audioTracks) if (track.id === id) track.enabled = true;
    },
    sizes: () =>
      [...adapter.videoRenditions].map(({ id, width, height, bitrate, active, selected }) => ({
        id, bitrate, lines: Math.min(width, height), isActive: active, isChosen: selected,
      })),
    chooseSize(id) {
      adapter.videoRenditions.selectedIndex = [...adapter.videoRenditions].findIndex((one) => one.id === id);
    },
  };
}

/* What is still being prepared looks like something live here too: another sound would begin at its end. */
function keepPlace(video) {
  const at = video.currentTime;
  const goBack = () => video.currentTime > at + JUMP_S && (video.currentTime = at);
  video.addEventListener("seeking", goBack);
  setTimeout(() => video.removeEventListener("seeking", goBack), SWITCH_MS);
}

/* Names of the sounds that describe the picture, by the mark that the playlist gives them. */
function findDescriptions(text) {
  const lines = text.split("\n").filter((line) => line.startsWith("#EXT-X-MEDIA:") && line.includes(DESCRIBES));
  return lines.map((line) => /[:,]NAME="([^"]*)"/.exec(line)?.[1]).filter(Boolean);
}

/* The engine does not say when a playlist or a segment cannot be had: nothing moving for long is an error too. */
function watch(video, onError) {
  const end = new AbortController();
  let timer;
  let since = 0; // the place at which the waiting began
  const still = () => clearTimeout(timer);
  // Played fast, the last fraction of a second may never come: the browser waits for it and does not say the end.
  const isAtEnd = () => video.duration - video.currentTime < END_S * Math.max(1, video.playbackRate);
  const finish = (at) => video.currentTime === at && !video.paused && !video.ended && (video.currentTime = video.duration);
  const wait = ({ type }) => {
    still();
    since = video.currentTime;
    if (type === "waiting" && isAtEnd()) setTimeout(finish, END_MS, video.currentTime);
    timer = setTimeout(() => onError(new Error("nothing has come for a while")), PATIENCE_MS);
  };
  for (const name of ["play", "waiting", "seeking"]) video.addEventListener(name, wait, { signal: end.signal });
  for (const name of ["playing", "seeked", "pause", "ended"])
    video.addEventListener(name, still, { signal: end.signal });
  // Browsers tell the time where nothing moves, too.
  video.addEventListener("timeupdate", () => video.currentTime !== since && still(), { signal: end.signal });
  return () => {
    still();
    end.abort();
  };
}

/* Safari's own: it lists the sounds, and chooses the size for itself. The kinds that describe the picture are «main-desc»
   and «descriptions» by the HTML standard. */
function attachNative(video, manifest, at) {
  video.src = manifest;
  if (at) placeEarly(video, at);
  return {
    play: () => video.play(),
    sounds: () =>
      [...(video.audioTracks ?? [])].map(({ id, label, language, enabled, kind }) => ({
        id, label, language, isActive: enabled, isDescription: /desc/.test(kind),
      })),
    chooseSound(id) {
      for (const track of video.audioTracks) track.enabled = track.id === id;
    },
    sizes: () => [],
    chooseSize() {},
    destroy() {
      video.removeAttribute("src");
      video.load();
    },
  };
}

function withoutText(presentation) {
  const { selectionSets } = presentation;
  return { ...presentation, selectionSets: selectionSets?.filter(({ type }) => type !== "text") };
}
