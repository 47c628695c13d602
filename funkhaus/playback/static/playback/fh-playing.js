/* This module plays what the server has granted: through the engine, or as one plain file where the engine fails. */
const VISIT = "fh-visit"; // in the tab's own storage, which ends with it
const known = new WeakSet();

/* One at a time: who starts another one of the page wants to hear that. Events of media do not bubble. */
document.addEventListener("play", ({ target }) => {
  if (!target.closest("fh-player")) return;
  for (const host of document.querySelectorAll("fh-player")) {
    const { media } = host;
    if (!media || media === target || media.paused) continue;
    media.pause();
    if (host.isOpen) continue;
    host.turn = Symbol("turn"); // it was still loading: that its play() comes to nothing is no failure
    host.stop();
    host.rest();
  }
}, true);

/* Plays `grant` in the <fh-player> `host` from `at` seconds on, unless a later start has overtaken this one. */
export async function play(host, grant, at) {
  const { media, turn, dataset } = host;
  host.stop();
  host.hasFallenBack = false;
  host.grant = grant;
  placeTracks(media, grant.tracks);
  keepVisit(host); // before anything sounds
  media.addEventListener("playing", () => open(host), { once: true });
  try {
    if (media.localName === "audio") return await playPlain(host, at);
    const { fetchFirst } = await import(dataset.first);
    fetchFirst(grant, media);
    const { attachEngine } = await import(dataset.adapter);
    const onError = (error) => turn === host.turn && fallBack(host, error);
    const options = { engine: dataset.engine, at, onError, isWanted: () => turn === host.turn };
    const engine = await attachEngine(media, grant.manifest, options);
    if (!engine) return;
    host.engine = engine;
    await host.engine.play();
  } catch (error) {
    if (turn !== host.turn) return;
    if (error?.name === "NotAllowedError") open(host); // the browser wants an act of the visitor first
    else await fallBack(host, error);
  }
}

/* How fast and how loud somebody listens goes along from one page of ours to the next, by their own act; what is embedded
   keeps nothing. */
function keepVisit({ media, dataset }) {
  if ("embedded" in dataset || known.has(media)) return;
  known.add(media);
  const kept = read();
  if (kept.speed) media.playbackRate = media.defaultPlaybackRate = kept.speed;
  if (kept.volume !== undefined) Object.assign(media, { volume: kept.volume, muted: kept.isMuted });
  const keep = (change) => {
    Object.assign(kept, read(), change);
    try {
      sessionStorage.setItem(VISIT, JSON.stringify(kept));
    } catch {
      // a browser that keeps nothing still plays
    }
  };
  const note = () => {
    const { playbackRate: speed, defaultPlaybackRate: usual, volume, muted: isMuted } = media;
    // A source that is loaded anew sets the speed to the default, which is the chosen one.
    if (speed === usual && speed !== (kept.speed ?? 1)) keep({ speed });
    if (volume !== (kept.volume ?? 1) || isMuted !== (kept.isMuted ?? false)) keep({ volume, isMuted });
  };
  for (const event of ["ratechange", "volumechange"]) media.addEventListener(event, note);
  addEventListener("pagehide", note); // who leaves at once: the browser may not have told of the change yet
}

function read() {
  try {
    const { speed, volume, isMuted } = JSON.parse(sessionStorage.getItem(VISIT)) ?? {};
    return {
      ...(speed >= 0.25 && speed <= 4 && { speed }),
      ...(volume >= 0 && volume <= 1 && { volume, isMuted: Boolean(isMuted) }),
    };
  } catch {
    return {};
  }
}

/* The text tracks of what plays: another version has others. */
function placeTracks(media, tracks) {
  const old = [...media.querySelectorAll("track")];
  for (const { kind, language, label, url } of tracks) {
    const same = (one) => one.kind === kind && one.srclang === language;
    const track = old.find(same) ?? Object.assign(document.createElement("track"), { kind, srclang: language });
    Object.assign(track, { label, src: url });
    if (!track.isConnected) media.append(track);
  }
  for (const track of old)
    if (!tracks.some(({ kind, language }) => track.kind === kind && track.srclang === language)) track.remove();
}

/* The engine has failed: the same programme as one plain file, from where it stood. */
export async function fallBack(host, cause) {
  console.warn(cause);
  if (host.hasFallenBack || host.mend?.()) return;
  host.hasFallenBack = true;
  const at = host.media.currentTime || host.from;
  host.stop();
  try {
    await playPlain(host, at);
  } catch (error) {
    console.warn(error);
    host.from = at;
    host.say(host.texts.failed, [{ kind: "retry" }]);
  }
}

function playPlain({ media, grant }, at = 0) {
  const file = media.localName === "audio" ? "audio.m4a" : "video.mp4";
  media.src = new URL(file, new URL(grant.manifest, location.href)).href;
  if (at) media.currentTime = at;
  return media.play();
}

/* It plays: the button makes room for the controls, and the focus moves on to them. */
async function open(host) {
  const { button, media } = host;
  host.rest();
  if (host.isOpen) return host.controls?.refresh();
  host.isOpen = true;
  button.classList.add("fh-unseen");
  host.querySelector(".fh-player-rating")?.remove();
  for (const event of ["play", "seeking"]) media.addEventListener(event, () => renew(host));
  try {
    const { openControls } = await import(host.dataset.controls);
    host.controls = await openControls(host);
  } catch (error) {
    console.warn(error);
    media.controls = true; // the browser's own are better than none
  }
  const hadFocus = document.activeElement === button;
  button.remove();
  if (hadFocus) host.control.focus();
}

/* After a long pause the leave has ended: ask anew, and go on from here. */
function renew(host) {
  if (host.isBusy || !(Date.now() >= host.endsAt)) return;
  host.media.pause();
  host.start(host.media.currentTime);
}
