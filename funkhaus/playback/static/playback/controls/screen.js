/* This module offers full screen, picture in picture and other devices, as far as the browser has them. What begins with
   `webkit` is Safari's: an iPhone has full screen for the <video> alone, and AirPlay by its own picker. */
import { draw, makeButton, name } from "./build.js";

const CALM_MS = 3000; // long enough to find the button that one has moved for

export function makeScreens(parts) {
  const { host, media, texts } = parts;
  const isFull = () => document.fullscreenElement === host;
  const toggle = () => {
    if (!host.requestFullscreen) return media.webkitEnterFullscreen?.();
    return (isFull() ? document.exitFullscreen() : host.requestFullscreen().then(turn)).catch(console.warn);
  };
  // A telephone held upright is turned for a wide picture; where it cannot be, nothing happens.
  const turn = () => media.videoWidth > media.videoHeight && screen.orientation?.lock?.("landscape").catch(() => {});
  const full = makeButton("fullscreen", texts.fullscreen, toggle);
  full.hidden = media.localName === "audio" || !(document.fullscreenEnabled || media.webkitEnterFullscreen);
  if (!full.hidden) parts.toggleScreen = toggle;
  const bring = bringVoice(host);
  host.addEventListener("fullscreenchange", () => {
    bring(isFull());
    draw(full, isFull() ? "window" : "fullscreen");
    name(full, isFull() ? texts.window : texts.fullscreen);
  });
  const pip = makeButton("pip", texts.pip, () =>
    (document.pictureInPictureElement ? document.exitPictureInPicture() : media.requestPictureInPicture()).catch(
      console.warn,
    ),
  );
  pip.hidden = !document.pictureInPictureEnabled || media.localName === "audio";
  return [...makeDevices(parts), pip, full];
}

/* What lies outside of the full screen is not heard there: the page's one region for messages comes along, and empty,
   so that nothing is said twice. */
function bringVoice(host) {
  const { voice } = host;
  const home = voice.parentNode;
  return (isFull) => {
    const place = isFull ? host : home;
    if (voice.parentNode === place) return;
    voice.textContent = "";
    place.append(voice);
  };
}

/* Shown only when there is a device to play on. */
function makeDevices({ media, texts }) {
  const airplay = makeButton("cast", texts.airplay, () => media.webkitShowPlaybackTargetPicker());
  airplay.hidden = true;
  media.addEventListener("webkitplaybacktargetavailabilitychanged", ({ availability }) => {
    airplay.hidden = availability !== "available";
  });
  const cast = makeButton("cast", texts.cast, () => media.remote.prompt().catch(console.warn));
  cast.hidden = true;
  if (!media.webkitShowPlaybackTargetPicker && !media.disableRemotePlayback)
    media.remote?.watchAvailability((isThere) => (cast.hidden = !isThere)).catch(() => {});
  return [airplay, cast];
}

/* The bar makes room for the picture when nobody needs it, and never while the keyboard is in it. */
export function calmDown({ host, media, menus }, bar) {
  let timer;
  const rest = () => {
    const isNeeded = media.paused || menus.open || bar.querySelector(":focus-visible") || bar.matches(":hover");
    host.classList.toggle("fh-is-calm", !isNeeded);
  };
  const wake = () => {
    host.classList.remove("fh-is-calm");
    clearTimeout(timer);
    timer = setTimeout(rest, CALM_MS);
  };
  for (const event of ["pointermove", "pointerdown", "keydown", "focusin"]) host.addEventListener(event, wake);
  for (const event of ["play", "pause"]) media.addEventListener(event, wake);
  // A finger leaves with each press.
  host.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && !media.paused && rest());
  wake();
}
