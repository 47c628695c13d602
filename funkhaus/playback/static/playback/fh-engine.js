const PATIENCE_MS = 12000;

/* The seam to the HLS engine: attach, play, destroy. Another engine is another file with the same three. */
export async function attachEngine(video, manifest, { engine, at, onError }) {
  const hasMse = Boolean(window.MediaSource ?? window.ManagedMediaSource);
  if (!hasMse && video.canPlayType("application/vnd.apple.mpegurl")) return attachNative(video, manifest);
  const { HlsVideoAdapter, parseMultivariantPlaylist } = await import(engine);
  const adapter = new HlsVideoAdapter({
    config: {
      // The page lists its own text tracks, and there is to be one list only.
      parsePresentation: (text, address) => withoutText(parseMultivariantPlaylist(text, address)),
      initialBandwidth: estimateBandwidth(),
      preferredAudioLanguage: document.documentElement.lang || undefined,
    },
  });
  adapter.addEventListener("error", () => onError(adapter.error));
  const unwatch = watch(video, onError);
  // What is still being prepared looks like something live to the engine, and it would join in at the end.
  const begin = () => video.currentTime > at + 3 && (video.currentTime = at);
  video.addEventListener("playing", begin, { once: true });
  adapter.attach(video);
  adapter.src = new URL(manifest, location.href).href;
  return {
    play: () => adapter.play(),
    destroy() {
      unwatch();
      video.removeEventListener("playing", begin);
      adapter.detach();
      adapter.destroy();
    },
  };
}

/* The engine does not say when a playlist or a segment cannot be had: nothing moving for long is an error too. */
function watch(video, onError) {
  const end = new AbortController();
  let timer;
  const still = () => clearTimeout(timer);
  const wait = () => {
    still();
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

function attachNative(video, manifest) {
  video.src = manifest;
  return {
    play: () => video.play(),
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

/* Bits per second to start with: what the browser says of the line, else a cautious guess. */
function estimateBandwidth() {
  const megabits = navigator.connection?.downlink;
  return megabits ? Math.min(megabits, 8) * 1e6 : 2e6;
}
