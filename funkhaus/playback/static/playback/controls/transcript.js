/* The transcript shows what is said beside the picture: it follows, and a press on a line goes there. */
import { clock, make, makeButton } from "./build.js";

const KINDS = ["captions", "subtitles"];
const EARLY_S = 0.05; // who goes to a line stands a little before it: browsers round to a frame

export function makeTranscript({ host, media, texts }) {
  const list = make("ol");
  const follow = make("input", { type: "checkbox", checked: true });
  const head = make("label", { className: "fh-transcript-follow" }, follow, texts.follow);
  const panel = make("section", { className: "fh-transcript-panel", hidden: true, ariaLabel: texts.transcript }, head, list);
  const button = makeButton("transcript", texts.transcript, () => toggle());
  let rows = [];
  let current;
  let read;
  const toggle = async () => {
    panel.hidden = !panel.hidden;
    host.classList.toggle("fh-has-transcript", !panel.hidden);
    button.setAttribute("aria-expanded", String(!panel.hidden));
    if (panel.hidden || read === host.grant) return;
    read = host.grant;
    rows = (await readCues(findTrack(host), media)).map((cue) => makeRow(cue, media));
    list.replaceChildren(...rows.map(({ item }) => item));
    paint();
  };
  const paint = () => {
    if (panel.hidden) return;
    const now = rows.findLast(({ start }) => start <= media.currentTime + EARLY_S);
    if (now === current) return;
    current?.button.removeAttribute("aria-current");
    now?.button.setAttribute("aria-current", "true");
    current = now;
    // In the upper third, so that what comes is seen as well.
    if (now && follow.checked) list.scrollTop = now.item.offsetTop - list.offsetTop - list.clientHeight / 3;
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    toggle();
    button.focus();
  });
  media.addEventListener("timeupdate", paint);
  media.addEventListener("seeking", paint);
  return {
    button,
    panel,
    refresh() {
      button.hidden = !findTrack(host);
      button.setAttribute("aria-expanded", String(!panel.hidden));
      if (read && read !== host.grant && !panel.hidden) {
        panel.hidden = true;
        toggle();
      }
    },
  };
}

function findTrack({ grant }) {
  const own = document.documentElement.lang;
  const texts = grant.tracks.filter(({ kind }) => KINDS.includes(kind));
  const rank = ({ kind, language }) => (language === own ? 0 : 2) + KINDS.indexOf(kind);
  return texts.toSorted((one, other) => rank(one) - rank(other))[0];
}

/* The browser reads WebVTT itself: a track of a video that is nowhere in the page. */
async function readCues(track, { crossOrigin }) {
  const element = make("track", { kind: "metadata", src: track.url, default: true });
  make("video", { crossOrigin }, element);
  element.track.mode = "hidden";
  await new Promise((resolve) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", resolve);
  });
  const cues = [...(element.track.cues ?? [])];
  return cues.map((cue) => ({ start: cue.startTime, text: cue.getCueAsHTML().textContent.trim(), lang: track.language }));
}

function makeRow({ start, text, lang }, media) {
  const time = make("span", { className: "fh-panel-time", textContent: clock(start) });
  const button = make("button", { type: "button" }, time, make("span", { lang, textContent: text }));
  button.addEventListener("click", () => (media.currentTime = start));
  return { start, button, item: make("li", {}, button) };
}
