// This module sends one file to the server, by tus (docs/uploads.md).
const PIECE = 64 * 1024 * 1024; // so that a proxy has to keep no more than this of a file
const PARTS = 3; // connections for one large file: one alone rarely fills a long line
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 15000, ...Array(5000).fill(30000)]; // for days: a laptop may sleep
const PASSING = [408, 409, 423]; // told by the server, and over in a moment
const LOGGED_OUT = 401; // a session ends sooner than a long upload
const FINAL = [413, 415, 422]; // the file itself is the cause
const SPAN_MS = 8000; // the speed is that of the last seconds

/* One file on its way. Says how it goes by `tell(state, facts)`:
   `metadata()` is asked when it starts. sending {sent, total, bytesPerSecond, secondsLeft} · broken · storing · stored {page} ·
   refused {message, isLoggedOut}: may be tried again · unfit {message}: this file never. */
export class Sending {
  constructor(file, { Upload, endpoint, target, metadata, from, parallelFrom, tell }) {
    Object.assign(this, { tell, metadata, marks: [] });
    this.upload = new Upload(file, {
      endpoint: new URL(endpoint, location.href).href,
      uploadUrl: from ? new URL(from, location.href).href : null,
      metadataForPartialUploads: { filename: file.name },
      fingerprint: async () => fingerprint(file, target),
      chunkSize: PIECE,
      parallelUploads: !from && file.size >= parallelFrom ? PARTS : 1,
      retryDelays: PAUSES_MS,
      removeFingerprintOnSuccess: true,
      onShouldRetry: (error) => this.judge(error),
      onProgress: (sent, total) => this.measure(sent, total),
      onUploadUrlAvailable: () => (this.url = this.upload.url),
      onError: (error) => this.fail(error),
      onSuccess: () => this.settle(),
    });
  }

  /* Go on where this browser stopped with this very file; false where it is new to it. */
  async recall() {
    const known = await this.upload.findPreviousUploads();
    const newest = known.sort((a, b) => b.creationTime.localeCompare(a.creationTime))[0];
    if (newest) this.upload.resumeFromPreviousUpload(newest);
    return Boolean(newest);
  }

  start() {
    if (this.isSent) return this.settle(); // every byte was there before the session ended
    this.marks = [];
    this.upload.options.metadata = { ...this.metadata(), filename: this.upload.file.name };
    this.upload.start();
  }

  pause() {
    return this.upload.abort();
  }

  /* End it and let the server forget what it has. */
  async cancel() {
    await this.upload.abort(true).catch(() => {}); // what the server keeps it removes by itself in some days
    const { fingerprint: name, urlStorage } = this.upload.options;
    for (const known of await urlStorage.findUploadsByFingerprint(await name()))
      await urlStorage.removeUpload(known.urlStorageKey);
  }

  judge(error) {
    const status = error.originalResponse?.getStatus() ?? 0;
    // 0: no answer at all; 507: the disk is full, and asking again frees nothing.
    const isPassing = status < 400 || (status >= 500 && status !== 507) || PASSING.includes(status);
    if (isPassing) this.tell("broken", {});
    return isPassing;
  }

  async fail(error) {
    const refusal = readRefusal(error);
    if (refusal.isLoggedOut) await (this.url ? this.remember() : this.recall()); // a file in parts is still known
    this.tell(isFinal(error) ? "unfit" : "refused", refusal);
  }

  /* The client takes every refusal for the end of an upload and would send the file anew. */
  async remember() {
    const { file, options } = this.upload;
    const known = { size: file.size, metadata: options.metadata, creationTime: new Date().toString(), uploadUrl: this.url };
    const urlStorageKey = await options.urlStorage.addUpload(await options.fingerprint(), known);
    this.upload.resumeFromPreviousUpload({ ...known, urlStorageKey });
  }

  measure(sent, total) {
    const now = performance.now();
    this.marks.push([now, sent]);
    while (this.marks.length > 2 && now - this.marks[0][0] > SPAN_MS) this.marks.shift();
    const [[since, before]] = this.marks;
    const bytesPerSecond = now > since ? Math.max(0, (1000 * (sent - before)) / (now - since)) : 0;
    const secondsLeft = bytesPerSecond ? (total - sent) / bytesPerSecond : null;
    this.tell("sending", { sent, total, bytesPerSecond, secondsLeft });
  }

  /* All bytes are there: ask what became of them until it is decided. */
  async settle() {
    this.isSent = true;
    this.tell("storing", {});
    for (const pause of PAUSES_MS) {
      const answer = await fetch(this.upload.url, { headers: { Accept: "application/json" } }).catch(() => null);
      const result = answer?.ok ? await answer.json() : null;
      if (result?.state === "stored") return this.tell("stored", { page: result.page_url });
      if (result?.state === "refused") return this.tell("unfit", { message: result.error });
      if (answer?.status === LOGGED_OUT) return this.tell("refused", { ...(await answer.json()), isLoggedOut: true });
      if (answer?.status === 404) return this.tell("unfit", { message: "" });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/* What stands for a file in this browser's memory; the same file for another video is another upload. */
export function fingerprint(file, target) {
  return ["funkhaus", target, file.name, file.size, file.lastModified].join("-");
}

function isFinal(error) {
  return FINAL.includes(error.originalResponse?.getStatus());
}

function readRefusal(error) {
  const isLoggedOut = error.originalResponse?.getStatus() === LOGGED_OUT;
  try {
    return { message: JSON.parse(error.originalResponse.getBody()).message, isLoggedOut };
  } catch {
    return { message: "", isLoggedOut };
  }
}

/* Add the subtitles in `form` (as the page of one media file takes them); return why they were refused, else "". */
export async function sendSubtitles(page, form) {
  const options = { method: "POST", body: form, headers: { Accept: "application/json" } };
  const answer = await fetch(new URL("untertitel/", new URL(page, location.href)), options).catch(() => null);
  if (answer?.ok) return "";
  const errors = await answer?.json().then((json) => json.errors, () => null);
  return Object.values(errors ?? {}).flat().join(" ") || String(answer?.status ?? "?");
}
