/* This module puts our controls over the <video> of a player that plays. */
import { makeBar } from "./bar.js";
import { watchBreaks } from "./breaks.js";
import { make } from "./build.js";
import { Captions } from "./captions.js";
import { makeMenus } from "./choices.js";
import { watchEnd } from "./ending.js";
import { listenToKeys } from "./keys.js";
import { Menus } from "./menus.js";
import { keepPlace } from "./place.js";
import { calmDown, makeScreens } from "./screen.js";
import { announce } from "./session.js";
import { Sounds } from "./sounds.js";
import { listenToPresses } from "./touch.js";
import { makeTranscript } from "./transcript.js";

/* Called once in the life of a player; `refresh` is for when something else plays in it. */
export async function openControls(host) {
  const [texts] = await Promise.all([loadTexts(host.dataset.texts), loadLook(host.dataset.look)]);
  const parts = { host, media: host.media, texts, menus: new Menus(host) };
  parts.captions = new Captions(parts);
  parts.sounds = new Sounds(parts);
  parts.bar = makeBar(parts);
  parts.transcript = makeTranscript(parts);
  const choices = makeMenus(parts);
  const screens = makeScreens(parts);
  const right = [parts.captions.button, ...parts.sounds.buttons, choices.chapters, parts.transcript.button];
  const row = make(
    "div",
    { className: "fh-bar-row" },
    make("div", { className: "fh-bar-group" }, ...parts.bar.left),
    make("div", { className: "fh-bar-group" }, ...right, choices.settings, ...screens),
  );
  const shell = make("div", { className: "fh-bar", role: "group", "aria-label": texts.controls }, parts.bar.seek, row);
  host.classList.add("fh-has-bar");
  host.append(parts.captions.overlay, shell, ...parts.menus.panels, parts.transcript.panel);
  // What stands above the bar has to know how high it is: it wraps where there is little room.
  new ResizeObserver(() => host.style.setProperty("--fh-bar", `${shell.offsetHeight}px`)).observe(shell);
  listenToKeys(parts);
  listenToPresses(parts);
  calmDown(parts, shell);
  watchEnd(parts);
  watchBreaks(parts);
  announce(parts);
  keepPlace(parts);
  const refresh = () => {
    for (const part of [parts.captions, parts.sounds, parts.bar, choices, parts.transcript]) part.refresh();
  };
  refresh();
  return { refresh, parts };
}

async function loadTexts(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

function loadLook(href) {
  if (document.head.querySelector(`link[href="${href}"]`)) return undefined;
  return new Promise((resolve, reject) => {
    const link = make("link", { rel: "stylesheet", href, onload: resolve, onerror: reject });
    document.head.append(link);
  });
}
