/* This module brings the first picture sooner: what the engine asks for one after another is asked for at once, and
   handed to it when it comes to it. For as long as it starts, its requests pass through here, since it has no setting
   for that. */
const EARLY_MS = 8000; // a start takes no longer: what nobody has come for by then is let go
const PIECE_BYTES = 4096; // a first frame takes several of these, so it waits for little that comes after it
export const JUMP_S = 3; // what stands farther than this from where it should was moved by the engine
const START_SHARE = 0.85; // of the estimate, as the engine counts
const USUAL_MBITS = 8; // for browsers that say nothing of the line: Firefox and Safari
const MOST_MBITS = 10; // Chromium says no more, so as not to tell one visitor from another

const fetchAsEver = window.fetch;
const early = new Map();
let forgetting;
let iterate;

export const hasMse = Boolean(window.MediaSource ?? window.ManagedMediaSource);

/* Called while the engine itself may still be on its way. Where head and segment follow each other they come in one
   answer: few requests, since a browser that speaks HTTP/1.1 lets the seventh wait for the first to end. So in the
   middle of a programme the last one is a head, which is short. */
export function fetchFirst({ manifest, first }, video) {
  const size = guessSize(first, video.clientWidth * video.clientHeight * devicePixelRatio ** 2);
  if (!size || !hasMse) return;
  const base = new URL(manifest, location.href);
  for (const [file, pieces] of [[base, []], ...size.files]) {
    const { href } = new URL(file, base);
    const [head, segment] = pieces;
    if (!head) keep(href, fetchAsEver(href));
    else if (segment?.[0] === head[1]) fetchBoth(href, head[1], segment[1]);
    else for (const piece of pieces.toReversed()) fetchPiece(href, ...piece);
  }
  window.fetch = answerEarly;
  clearTimeout(forgetting);
  forgetting = setTimeout(forgetEarly, EARLY_MS);
}

function keep(key, answer) {
  answer.catch(() => {}); // the engine asks again, and tells what is wrong
  early.set(key, answer);
}

/* The engine asks for the two pieces by themselves. The second is passed on as it comes. */
function fetchBoth(href, middle, end) {
  const reader = fetchPart(href, 0, end).then(({ body }) => body.getReader());
  const cut = reader.then((from) => readUntil(from, middle));
  keep(nameOf(href, 0, middle), cut.then(([head]) => new Response(head)));
  const rest = Promise.all([reader, cut]).then(([from, [, left]]) => new Response(passOn(left, from)));
  keep(nameOf(href, middle, end), rest);
}

function fetchPiece(href, start, end) {
  keep(nameOf(href, start, end), fetchPart(href, start, end));
}

async function fetchPart(href, start, end) {
  const answer = await fetchAsEver(href, { headers: { Range: `bytes=${start}-${end - 1}` } });
  return answer.status === 206 ? answer : Promise.reject(answer.status);
}

const nameOf = (href, start, end) => `${href}bytes=${start}-${end - 1}`;

async function readUntil(reader, length) {
  let bytes = new Uint8Array();
  while (bytes.length < length) {
    const { done, value } = await reader.read();
    if (done) throw new Error("the file ends early");
    const joint = new Uint8Array(bytes.length + value.length);
    joint.set(bytes);
    joint.set(value, bytes.length);
    bytes = joint;
  }
  return [bytes.slice(0, length), bytes.slice(length)];
}

function passOn(left, reader) {
  return new ReadableStream({
    start: (stream) => left.length && stream.enqueue(left),
    async pull(stream) {
      const { done, value } = await reader.read();
      if (done) stream.close();
      else stream.enqueue(value);
    },
    cancel: (why) => reader.cancel(why),
  });
}

/* As the engine chooses: the most that the line carries, of what is not larger than the place needs. */
function guessSize(sizes, shown) {
  const enough = Math.min(...sizes.map(({ pixels }) => pixels).filter((pixels) => pixels >= shown));
  const rising = sizes.filter(({ pixels }) => pixels <= enough).sort((a, b) => a.bandwidth - b.bandwidth);
  return rising.findLast(({ bandwidth }) => bandwidth <= START_SHARE * estimateBandwidth()) ?? rising[0];
}

function answerEarly(what, options) {
  const key = what instanceof Request ? what.url + (what.headers.get("Range") ?? "") : "";
  const answer = early.get(key);
  early.delete(key);
  return answer?.catch(() => fetchAsEver(what, options)) ?? fetchAsEver(what, options);
}

function forgetEarly() {
  if (window.fetch === answerEarly) window.fetch = fetchAsEver;
  for (const answer of early.values()) answer.then(({ body }) => body?.cancel()).catch(() => {});
  early.clear();
}

/* Bits per second to start with: a quarter of what the browser says of the line, so that the first segment is there
   within a second; what comes after is as large as it can be. */
export function estimateBandwidth() {
  const megabits = navigator.connection?.downlink ?? USUAL_MBITS;
  return (Math.min(megabits, MOST_MBITS) / 4) * 1e6;
}

/* The engine gathers 128 KiB before it hands anything on, and has no setting for it: so its own class is changed. As long
   as there is no picture, less will do: a quarter of what has come, so that it can still tell how fast the line is. A
   head, for which it asks for all (Infinity), stays whole. */
export function appendSooner({ prototype }, video) {
  iterate ??= prototype[Symbol.asyncIterator];
  prototype[Symbol.asyncIterator] = async function* () {
    const most = this.minChunkSize;
    const isWanted = () => most < Infinity && video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA;
    if (isWanted()) this.minChunkSize = PIECE_BYTES;
    let bytes = 0;
    for await (const piece of iterate.call(this)) {
      yield piece;
      bytes += piece.length;
      this.minChunkSize = isWanted() ? Math.max(PIECE_BYTES, bytes / 4) : most;
    }
  };
}

/* Before anything has come, so that nothing of the beginning is asked for; what another version left is let go first. */
export function placeEarly(video, at) {
  const place = () => (video.currentTime = at);
  if (video.readyState) video.addEventListener("emptied", place, { once: true });
  else place();
  const mend = () => Math.abs(video.currentTime - at) > JUMP_S && place();
  video.addEventListener("loadedmetadata", mend, { once: true });
}
