/* This module skips the intro and goes on to the next episode: by itself only where the server says that it may, after a
   countdown that can be stopped. */
import { fill, make } from "./build.js";

const ASK_S = 40; // before the end: time to ask what comes
const COUNT_S = 10; // time to read what comes, and to reach the button that stops it

export function watchEnd(parts) {
  const { host, media, texts } = parts;
  const skip = make("button", { type: "button", className: "fh-skip-intro", hidden: true, textContent: texts.skip_intro });
  const card = make("div", { className: "fh-next", hidden: true, role: "group", "aria-label": texts.next });
  host.append(skip, card);
  const state = { asked: undefined };
  skip.addEventListener("click", () => {
    media.currentTime = findIntroEnd(host.grant.chapters, media.currentTime) ?? media.currentTime;
    skip.hidden = true;
    host.querySelector(".fh-bar-play")?.focus();
  });
  media.addEventListener("timeupdate", () => {
    skip.hidden = findIntroEnd(host.grant.chapters, media.currentTime) === undefined;
    if (!host.dataset.next || !media.duration) return;
    const left = media.duration - media.currentTime;
    if (left < ASK_S) state.asked ??= ask(host.dataset.next);
    if (findCredits(host.grant.chapters) <= media.currentTime && left > COUNT_S && !state.shown) offer(false);
    if (left > ASK_S) state.asked = undefined; // gone back: what comes may have changed meanwhile
  });
  media.addEventListener("ended", () => offer(true));
  media.addEventListener("seeking", () => {
    if (!media.ended) stop();
  });
  // Who starts another player of the page meanwhile is not taken away from it.
  document.addEventListener("play", ({ target }) => target !== media && stop(), true);
  const stop = () => {
    clearInterval(state.timer);
    state.shown = false;
    card.hidden = true;
  };
  const offer = async (isOver) => {
    if (!host.dataset.next) return;
    state.shown = true;
    state.asked ??= ask(host.dataset.next);
    const next = await state.asked;
    if (!next || !state.shown) return;
    clearInterval(state.timer);
    const count = show(card, next, texts, () => {
      stop();
      state.shown = !isOver; // not asked again in the same credits
      host.querySelector(".fh-bar-play")?.focus();
    });
    if (isOver && !next.plays_by_itself) host.voice.textContent = `${texts.next}: ${next.title}`;
    if (!isOver || !next.plays_by_itself) return;
    let left = COUNT_S;
    count.textContent = fill(texts.next_in, { seconds: left });
    host.voice.textContent = `${texts.next}: ${next.title}, ${count.textContent}`;
    state.timer = setInterval(() => {
      left -= 1;
      count.textContent = fill(texts.next_in, { seconds: left });
      if (left <= 0) go(next);
    }, 1000);
    // Who is elsewhere in the page by then stays there.
    const { activeElement: focused } = document;
    if (focused === document.body || host.contains(focused)) card.querySelector("button").focus();
  };
}

async function ask(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? (await answer.json()).next : null;
  } catch {
    return null;
  }
}

function show(card, next, texts, onStop) {
  const count = make("p", { className: "fh-next-count" });
  const facts = [next.duration, next.rating].filter(Boolean).join(" · ");
  const watch = make("a", { href: next.url, textContent: texts.next_now });
  const stay = make("button", { type: "button", textContent: texts.next_stop });
  watch.addEventListener("click", (event) => {
    event.preventDefault();
    go(next);
  });
  stay.addEventListener("click", onStop);
  const words = [
    make("p", { textContent: texts.next }), make("p", { className: "fh-next-title", textContent: next.title }),
    make("p", { textContent: facts }), count, make("div", { className: "fh-next-ways" }, watch, stay),
  ];
  const picture = next.poster ? [make("img", { src: next.poster, alt: "" })] : [];
  card.replaceChildren(...picture, make("div", {}, ...words));
  card.hidden = false;
  return count;
}

function go(next) {
  location.href = `${next.url}#weiter`;
}

/* Where the intro that plays at this moment ends; undefined outside of it, or where nothing follows. */
export function findIntroEnd(chapters, at) {
  const here = chapters.findLastIndex(({ start_s: start }) => start <= at);
  return chapters[here]?.mark === "intro" ? chapters[here + 1]?.start_s : undefined;
}

function findCredits(chapters) {
  return chapters.find(({ mark }) => mark === "credits")?.start_s ?? Infinity;
}
