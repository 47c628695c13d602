// These functions change the list of cues: each takes the list and returns the new one, with the cue to go on at.
const copy = (cue, changes) => ({ start: cue.start, end: cue.end, settings: cue.settings, text: cue.text, ...changes });
const SHORTEST = 300; // ms: nobody reads anything in less
const USUAL = 2000; // ms of a new cue: time for a short line, to be set right by whoever writes it

/* Cut a cue at a place in its text, and its time in the same proportion, or at the playhead where that lies inside. */
export function split(cues, at, place, playhead) {
  const cue = cues[at];
  const [head, tail] = [cue.text.slice(0, place).trim(), cue.text.slice(place).trim()];
  if (!head || !tail || cue.end - cue.start < 2 * SHORTEST) return null;
  const share = Math.round(cue.start + ((cue.end - cue.start) * place) / cue.text.length);
  const isInside = playhead > cue.start + SHORTEST && playhead < cue.end - SHORTEST;
  const moment = Math.min(Math.max(isInside ? playhead : share, cue.start + SHORTEST), cue.end - SHORTEST);
  const [open, close] = openTags(head);
  const halves = [copy(cue, { end: moment, text: head + close }), copy(cue, { start: moment, text: open + tail })];
  return { cues: cues.toSpliced(at, 1, ...halves), at: at + 1 };
}

/* The tags that are open at the end of a text, to be opened anew, and what closes them. */
function openTags(text) {
  const stack = [];
  for (const [tag, slash, name] of text.matchAll(/<(\/?)(b|i|u|c|v|lang)\b[^<>]*>/g))
    if (slash) stack.splice(stack.findLastIndex((one) => one.name === name), 1);
    else stack.push({ tag, name });
  return [stack.map(({ tag }) => tag).join(""), stack.toReversed().map(({ name }) => `</${name}>`).join("")];
}

export function merge(cues, at) {
  const [cue, next] = [cues[at], cues[at + 1]];
  if (!next) return null;
  const joined = copy(cue, { end: Math.max(cue.end, next.end), text: `${cue.text}\n${next.text}` });
  return { cues: cues.toSpliced(at, 2, joined), at };
}

/* A new cue behind another, or at the playhead where there is no other. */
export function insert(cues, at, playhead) {
  const before = cues[at];
  const start = before ? before.end : playhead;
  const end = Math.max(Math.min(start + USUAL, cues[at + 1]?.start ?? Infinity), start + SHORTEST);
  return { cues: cues.toSpliced(at + 1, 0, { start, end, settings: before?.settings ?? "", text: "" }), at: at + 1 };
}

export function remove(cues, at) {
  return { cues: cues.toSpliced(at, 1), at: Math.min(at, cues.length - 2) };
}

/* Move all by so many milliseconds; nothing goes before the start of the film. */
export function shift(cues, at, byMs) {
  if (!byMs || Number.isNaN(byMs)) return null;
  const moved = cues.map((cue) => {
    const start = Math.max(0, cue.start + byMs);
    return copy(cue, { start, end: Math.max(start + 1, cue.end + byMs) });
  });
  return { cues: moved, at };
}

/* Put a word for another everywhere outside of tags. */
export function replaceAll(cues, at, wanted, other) {
  let count = 0;
  const changed = cues.map((cue) => {
    const parts = cue.text.split(/(<[^<>]*>)/);
    const text = parts
      .map((part, place) => {
        if (place % 2) return part;
        count += part.split(wanted).length - 1;
        return part.replaceAll(wanted, () => other);
      })
      .join("");
    return text === cue.text ? cue : copy(cue, { text });
  });
  return count ? { cues: changed, at, count } : null;
}

/* The next cue with the words, from the one after `at` on, around the end. */
export function find(cues, at, wanted) {
  const words = wanted.toLocaleLowerCase();
  for (let step = 1; step <= cues.length; step += 1) {
    const place = (at + step) % cues.length;
    if (cues[place].text.toLocaleLowerCase().includes(words)) return place;
  }
  return -1;
}
