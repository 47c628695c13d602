// <fh-uploads> sends files one beside the other and goes on after whatever breaks. Without it the form inside posts.
const AT_ONCE = 2; // the next one begins while the last bytes of one are being stored; more would only share the line

class Uploads extends HTMLElement {
  async connectedCallback() {
    const { tus, sending, figures } = this.dataset;
    const modules = await Promise.all([tus, sending, figures].map((address) => import(address)));
    [{ Upload: this.Upload }, this.transport, this.figures] = modules;
    this.words = { ...this.querySelector("[data-words]").dataset };
    this.list = this.querySelector("[data-rows]");
    this.count = 0;
    this.listen();
    this.querySelector("[data-plain]").hidden = true;
    this.querySelector("[data-better]").hidden = false;
    this.querySelector("fh-unfinished")?.look(this.figures);
  }

  listen() {
    const picker = this.querySelector("[data-pick]");
    picker.addEventListener("change", () => {
      this.take(picker.files);
      picker.value = ""; // the same file may be chosen again
    });
    this.querySelector("[data-start]").addEventListener("click", () => this.release());
    this.listenToDrops();
    this.addEventListener("fh-row-turned", (event) => this.follow(event.target));
    this.addEventListener("fh-continue", ({ detail }) => this.goOn(detail));
    this.addEventListener("fh-say", ({ detail }) => (this.querySelector("[data-live]").textContent = detail));
    addEventListener("beforeunload", (event) => {
      if (this.rows.some((row) => row.isOpen)) event.preventDefault();
    });
  }

  listenToDrops() {
    const isOurs = (event) => event.dataTransfer.types.includes("Files") && !event.target.matches?.("[type=file]");
    this.addEventListener("dragover", (event) => isOurs(event) && event.preventDefault());
    this.addEventListener("drop", (event) => {
      if (!isOurs(event)) return; // subtitles are dropped on their own field
      event.preventDefault();
      this.take(event.dataTransfer.files);
    });
  }

  get rows() {
    return [...this.list.querySelectorAll("fh-upload-row")];
  }

  async take(files) {
    const chosen = this.hasAttribute("data-single") ? [...files].slice(0, 1) : [...files];
    if (this.hasAttribute("data-single") && chosen.length)
      for (const row of this.rows) if (!row.isOpen) row.closest("li").remove();
    for (const file of chosen) await this.add(file);
    this.rows.at(-chosen.length)?.querySelector("input:not([type=hidden]), button")?.focus();
  }

  async add(file, from) {
    if (this.rows.some((row) => row.isOpen && this.isSame(row.file, file))) return;
    const item = this.querySelector(":scope > template").content.cloneNode(true).firstElementChild;
    item.innerHTML = item.innerHTML.replaceAll("__n__", String(++this.count));
    this.list.append(item);
    const fault = this.judge(file);
    const send = (options) => this.send({ ...options, from });
    const row = item.querySelector("fh-upload-row");
    row.prepare(file, { words: this.words, figures: this.figures, send, isKnown: Boolean(from) });
    if (fault) row.hear("unfit", { message: fault });
    else row.turn("chosen");
    await row.ready;
    this.querySelector("fh-unfinished")?.forget(file);
    return row;
  }

  async goOn({ file, from }) {
    const row = await this.add(file, from);
    row?.turn("waiting");
  }

  isSame(one, other) {
    return this.transport.fingerprint(one) === this.transport.fingerprint(other);
  }

  judge(file) {
    if (file.size === 0) return this.words.empty;
    return file.size > Number(this.dataset.limitBytes) ? this.words.tooLarge : "";
  }

  send({ file, metadata, tell, from }) {
    const { endpoint, video = "", parallelFrom } = this.dataset;
    const all = () => (video ? { ...metadata(), video } : metadata());
    const options = { Upload: this.Upload, endpoint, target: video, metadata: all, from, tell };
    return new this.transport.Sending(file, { ...options, parallelFrom: Number(parallelFrom) });
  }

  /* The editor has filled in what there is to say: everything chosen may go. */
  release() {
    for (const row of this.rows) if (row.state === "chosen") row.turn("waiting");
    this.rows.find((row) => row.isOpen)?.part("pause").focus();
  }

  /* A row has turned: start what waits, a few at a time, and show the button while there is something to release. */
  follow(row) {
    const count = (...states) => this.rows.filter((one) => states.includes(one.state)).length;
    this.querySelector("[data-release]").hidden = count("chosen") === 0;
    if (row.state === "stored") this.finish(row);
    if (row.state === "gone") this.querySelector("[data-pick]").focus(); // its buttons are gone with it
    if (count("sending", "broken", "storing") >= AT_ONCE) return;
    this.rows.find((one) => one.state === "waiting")?.start();
  }

  /* The film is there: add its subtitles, and lead on to its page when it was the only one. */
  async finish(row) {
    const form = new FormData();
    for (const field of row.querySelectorAll("[name*='subtitle_']"))
      form.append(field.name.replace(/^.*-/, ""), field.files ? (field.files[0] ?? "") : field.value);
    let refusal = "";
    if (form.get("subtitle_file")?.size) {
      form.append("csrfmiddlewaretoken", this.querySelector("[name=csrfmiddlewaretoken]").value);
      refusal = await this.transport.sendSubtitles(row.page, form);
    }
    row.finish(this.words.done, refusal && this.words.withoutSubtitles.replace("{reason}", refusal));
    if (!refusal && this.rows.length === 1) location.assign(row.page);
  }
}

customElements.define("fh-uploads", Uploads);
