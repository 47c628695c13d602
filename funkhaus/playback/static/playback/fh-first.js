const EARLY_MS = 8000;
const START_SHARE = 0.85; // of the estimate, as the engine counts

/* What the engine asks for one after another is asked for at once, and handed to it when it comes to it: for as long as
   it starts, its requests pass through here. */
const fetchAsEver = window.fetch;
const early = new Map();

export const hasMse = Boolean(window.MediaSource ?? window.ManagedMediaSource);

/* Called while the engine itself may still be on its way. Of each file the head and the first segment come in one
   answer: few requests, since a browser that speaks HTTP/1.1 lets the seventh wait for the first to end. */
export function fetchFirst({ manifest, first }, video) {
  const size = guessSize(first, video.clientWidth * video.clientHeight * devicePixelRatio ** 2);
  if (!size || !hasMse) return;
  const base = new URL(manifest, location.href);
  for (const [file, ends] of [[base, []], ...size.files]) {
    const { href } = new URL(file, base);
    if (ends.length) fetchPieces(href, ...ends);
    else keep(href, fetchAsEver(href));
  }
  window.fetch = answerEarly;
  setTimeout(forgetEarly, EARLY_MS);
}

function keep(key, answer) {
  answer.catch(() => {}); // the engine asks again, and tells what is wrong
  early.set(key, answer);
}

/* The engine asks for the two pieces by themselves. The second is passed on as it comes. */
function fetchPieces(href, middle, end) {
  const whole = fetchAsEver(href, { headers: { Range: `bytes=0-${end - 1}` } });
  const reader = whole.then(({ status, body }) => (status === 206 ? body.getReader() : Promise.reject(status)));
  const cut = reader.then((from) => readUntil(from, middle));
  keep(`${href}bytes=0-${middle - 1}`, cut.then(([head]) => new Response(head)));
  const rest = Promise.all([reader, cut]).then(([from, [, left]]) => new Response(passOn(left, from)));
  keep(`${href}bytes=${middle}-${end - 1}`, rest);
}

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
  const megabits = navigator.connection?.downlink ?? 8;
  return (Math.min(megabits, 10) / 4) * 1e6;
}
