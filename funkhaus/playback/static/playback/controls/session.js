/* This module tells the browser what keys on the keyboard, headphones and the lock screen can do, and what they show. */
import { JUMP_S } from "./bar.js";

let owner; // the media whose keys and place the browser shows

export function announce({ host, media, bar }) {
  const session = navigator.mediaSession;
  if (!session) return;
  const acts = {
    play: () => media.play(),
    pause: () => media.pause(),
    seekbackward: () => bar.jump(-JUMP_S),
    seekforward: () => bar.jump(JUMP_S),
    seekto: ({ seekTime }) => (media.currentTime = seekTime),
  };
  // Several players in one page: the keys belong to the one that plays.
  const take = () => {
    owner = media;
    const { show = "", poster = media.poster } = host.dataset;
    const artwork = poster ? [{ src: new URL(poster, location.href).href, type: "image/jpeg" }] : [];
    session.metadata = new MediaMetadata({ title: media.ariaLabel ?? "", artist: show, artwork });
    for (const [name, act] of Object.entries(acts)) {
      try {
        session.setActionHandler(name, act);
      } catch {
        // a browser that does not know this one
      }
    }
  };
  const place = () => {
    if (owner !== media || !Number.isFinite(media.duration) || !media.duration) return;
    const { duration, playbackRate } = media;
    session.setPositionState?.({ duration, playbackRate, position: Math.min(media.currentTime, duration) });
  };
  media.addEventListener("play", take);
  for (const event of ["play", "pause", "seeked", "ratechange", "durationchange"]) media.addEventListener(event, place);
  take();
  place();
}
