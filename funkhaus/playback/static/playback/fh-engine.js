const PATIENCE_MS = 12000;
const END_S = 0.5;
const END_MS = 400;
const JUMP_S = 3;
const SWITCH_MS = 3000;
const EARLY_MS = 8000;
const START_SHARE = 0.85; // of the estimate, as the engine counts
const DESCRIBES = "public.accessibility.describes-video";

/* The seam to the HLS engine: attach, play, choose, destroy. Another engine is another file with the same words.
   `sounds()` and `sizes()` list what there is to choose; `size` empty: by the line and the picture's place. */
export async function attachEngine(video, manifest, { engine, at, first, onError }) {
  const hasMse = Boolean(window.MediaSource ?? window.ManagedMediaSource);
  if (!hasMse && video.canPlayType("application/vnd.apple.mpegurl")) return attachNative(video, manifest);
  if (!at) fetchFirst(first, manifest, video);
  const { HlsVideoAdapter, parseMultivariantPlaylist } = await import(engine);
  const described = new Set();
  const adapter = new HlsVideoAdapter({
    config: {
      // The page lists its own text tracks, and there is to be one list only. What a sound is, the engine does not tell.
      parsePresentation: (text, address) => {
        for (const name of findDescriptions(text)) described.add(name);
        return withoutText(parseMultivariantPlaylist(text, address));
      },
      initialBandwidth: estimateBandwidth(),
      preferredAudioLanguage: document.documentElement.lang || undefined,
    },
  });
  adapter.addEventListener("error", () => onError(adapter.error));
  const unwatch = watch(video, onError);
  // What is still being prepared looks like something live to the engine, and it would join in at the end.
  const begin = () => video.currentTime > at + JUMP_S && (video.currentTime = at);
  video.addEventListener("playing", begin, { once: true });
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
  const still = () => clearTimeout(timer);
  // Played fast, the last fraction of a second may never come: the browser waits for it and does not say the end.
  const isAtEnd = () => video.duration - video.currentTime < END_S * Math.max(1, video.playbackRate);
  const finish = (at) => video.currentTime === at && !video.paused && !video.ended && (video.currentTime = video.duration);
  const wait = ({ type }) => {
    still();
    if (type === "waiting" && isAtEnd()) setTimeout(finish, END_MS, video.currentTime);
    timer = setTimeout(() => onError(new Error("nothing has come for a while")), PATIENCE_MS);
  };
  for (const name of ["play", "waiting", "seeking"]) video.addEventListener(name, wait, { signal: end.signal });
  for (const name of ["playing", "timeupdate", "pause", "ended"])
    video.addEventListener(name, still, { signal: end.signal });
  return () => {
    still();
    end.abort();
  };
}

/* Safari's own: it lists the sounds, and chooses the size for itself. */
function attachNative(video, manifest) {
  video.src = manifest;
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

/* What the engine asks for one after another is asked for at once, and handed to it when it comes to it: for as long as
   it starts, its requests pass through here. */
const fetchAsEver = window.fetch;
const early = new Map();

function fetchFirst(sizes = [], manifest, video) {
  const size = guessSize(sizes, video.clientWidth * video.clientHeight * devicePixelRatio ** 2);
  if (!size) return;
  const base = new URL(manifest, location.href);
  for (const [file, bytes] of [["", ""], ...size.files]) {
    const { href } = file ? new URL(file, base) : base;
    const headers = bytes ? { Range: `bytes=${bytes}` } : {};
    const answer = fetchAsEver(href, { headers });
    answer.catch(() => {}); // the engine asks again, and tells what is wrong
    early.set(href + (headers.Range ?? ""), answer);
  }
  window.fetch = answerEarly;
  setTimeout(forgetEarly, EARLY_MS);
}

/* As the engine chooses: the most that the line carries, of what is not larger than the place needs. */
function guessSize(sizes, shown) {
  const enough = Math.min(...sizes.map(({ pixels }) => pixels).filter((pixels) => pixels >= shown));
  const rising = sizes.filter(({ pixels }) => pixels <= enough).sort((a, b) => a.bandwidth - b.bandwidth);
  return rising.findLast(({ bandwidth }) => bandwidth <= START_SHARE * estimateBandwidth()) ?? rising[0];
}

function answerEarly(what, options) {
  const key = what instanceof Request ? what.url + (what.headers.get("Range") ?? "") : "";
  const answer = early.get(key);
  early.delete(key);
  return answer?.catch(() => fetchAsEver(what, options)) ?? fetchAsEver(what, options);
}

function forgetEarly() {
  if (window.fetch === answerEarly) window.fetch = fetchAsEver;
  for (const answer of early.values()) answer.then(({ body }) => body?.cancel()).catch(() => {});
  early.clear();
}

/* Bits per second to start with: a quarter of what the browser says of the line, so that the first segment is there
   within a second; what comes after is as large as it can be. */
function estimateBandwidth() {
  const megabits = navigator.connection?.downlink ?? 8;
  return (Math.min(megabits, 10) / 4) * 1e6;
}
