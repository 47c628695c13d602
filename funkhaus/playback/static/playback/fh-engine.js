/* The seam to the HLS engine: attach, play, destroy. Another engine is another file with the same three. */
export async function attachEngine(video, manifest, { engine, onError }) {
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
  adapter.attach(video);
  adapter.src = new URL(manifest, location.href).href;
  return {
    play: () => adapter.play(),
    destroy() {
      adapter.detach();
      adapter.destroy();
    },
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
