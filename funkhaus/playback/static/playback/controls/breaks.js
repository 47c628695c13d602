/* This module makes good a break of the line: what is loaded plays on, then the player says what is wrong, asks again by
   itself, and goes on from where it stood. A picture that the browser cannot read is asked for again in the same way, and
   nothing is said of a line. It is loaded with the controls, because while the line is broken nothing more can be. */
import { make } from "./build.js";

const PAUSES_S = [1, 2, 4, 8, 15]; // soon again after a short break, and no crowd of questions after a long one
const STILL_MS = 12000; // as long as the engine's (PATIENCE_MS in fh-engine.js)
const SOUND_S = 5; // played on for so long: what was wrong is over
const SPIN_MS = 700; // a sign for less would flicker
const NEAR_S = 1; // less than this is gone before anything can be asked
const MOST_FAILED = 2; // more grants that come to nothing, one after another: then it is not the line

export function watchBreaks({ host, media, texts }) {
  // A failure may be told twice, by the engine and by the browser: what counts is the grant that it came from.
  const state = { at: 0, tries: 0, failed: new Set(), isPlayed: !media.paused };
  const isAhead = () => {
    const { buffered, currentTime: now } = media;
    return [...Array(buffered.length).keys()].some((i) => buffered.start(i) <= now && buffered.end(i) > now + NEAR_S);
  };
  const isUnread = () => host.engine && media.error; // it came, and is no picture
  // Chromium stops by itself what it cannot read, and whoever plays wants it to go on.
  const isPaused = () => (isUnread() ? !state.isPlayed : media.paused);
  const tell = () => host.say(texts.broken, [{ kind: "retry" }]);
  const ask = async () => {
    clearTimeout(state.timer);
    if (!state.isLost) return;
    host.rest(); // what was under way has come to nothing
    const isAnswered = await host.start(state.at, undefined, true);
    if (isAnswered || isAnswered === null || !state.isLost) return;
    if (host.panel.hidden) tell();
    state.timer = setTimeout(ask, PAUSES_S[Math.min(state.tries++, PAUSES_S.length - 1)] * 1000);
  };
  const lose = (at = media.readyState ? media.currentTime : state.at) => {
    if (state.isLost) return;
    Object.assign(state, { isLost: true, isNear: false, at });
    if (!isUnread()) tell();
    ask();
  };
  const end = () => {
    clearTimeout(state.timer);
    state.isLost = state.isNear = false;
    state.tries = 0;
  };
  // True: it is taken care of. False: the server answers, and it fails all the same.
  host.mend = (at) => {
    state.failed.add(host.grant);
    if (state.failed.size > MOST_FAILED) {
      host.from = state.at;
      end();
      return false;
    }
    if (state.isLost) state.timer = setTimeout(ask, PAUSES_S[0] * 1000);
    else if (at === undefined && (isPaused() ? media.readyState : !isUnread() && isAhead())) state.isNear = true;
    else lose(at);
    return true;
  };
  host.again = () => {
    state.tries = 0;
    if (state.isLost) ask();
    return state.isLost;
  };
  addEventListener("online", host.again);
  media.addEventListener("waiting", () => state.isNear && !media.paused && lose());
  // The engine tells of its own failures alone.
  media.addEventListener("error", () => media.error && (host.engine ? host.fallBack(media.error) : host.mend()));
  media.addEventListener("seeking", () => {
    if (media.readyState) state.at = media.currentTime;
  });
  media.addEventListener("play", () => {
    state.isPlayed = true;
    if (state.isNear && isUnread()) lose(); // what cannot be read does not wait, either
  });
  media.addEventListener("pause", () => {
    if (isUnread()) return;
    state.isPlayed = false;
    if (!state.isLost || !media.readyState || media.ended) return;
    end(); // who pauses now does not want it to begin by itself
    state.isNear = true;
    host.say("");
  });
  media.addEventListener("timeupdate", () => {
    if (!state.isLost && media.currentTime > state.at + SOUND_S) state.failed.clear();
  });
  media.addEventListener("playing", () => {
    if (!state.isLost) return;
    end();
    state.at = media.currentTime;
    host.say("");
  });
  watchPlain({ host, media });
  showWaiting({ host, media, texts });
}

/* The engine looks for itself whether something comes; a plain file does not. */
function watchPlain({ host, media }) {
  whileWaiting(media, STILL_MS, () => host.engine || host.mend());
}

/* That it loads is seen, and only where it takes its time. */
function showWaiting({ host, media, texts }) {
  const sign = make("div", { className: "fh-waiting", hidden: true, "aria-hidden": "true", textContent: texts.loading });
  host.append(sign);
  const show = () => (sign.hidden = media.paused || !host.panel.hidden);
  whileWaiting(media, SPIN_MS, show, () => (sign.hidden = true));
}

/* `act` after so many milliseconds in which nothing moves; `end` when it moves. Browsers tell the time where it stands still,
   too. */
function whileWaiting(media, after, act, end = () => {}) {
  let timer;
  let since;
  const stop = () => {
    clearTimeout(timer);
    end();
  };
  media.addEventListener("waiting", () => {
    stop();
    since = media.currentTime;
    timer = setTimeout(act, after);
  });
  media.addEventListener("timeupdate", () => media.currentTime !== since && stop());
  for (const name of ["playing", "seeked", "pause", "ended", "emptied", "error"]) media.addEventListener(name, stop);
}
