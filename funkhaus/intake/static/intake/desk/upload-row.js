// <fh-upload-row> shows one file on its way: its details, how far it is, pause, go on, cancel.
const QUARTER = 25; // percent: read out at every quarter, since at every percent it would drown all else

class UploadRow extends HTMLElement {
  /* `words`: the sentences of the page. `figures`: how numbers are said. `send(options)` makes the sending of a file.
     `isKnown`: the server has a part of it already. */
  prepare(file, { words, figures, send, isKnown }) {
    Object.assign(this, { file, words, figures, heard: -1, state: "chosen" });
    this.part("name").textContent = file.name;
    this.part("size").textContent = figures.saySize(file.size);
    for (const button of this.querySelectorAll("[data-act]"))
      button.addEventListener("click", () => this[button.dataset.act]());
    this.sending = send({ file, metadata: () => this.readDetails(), tell: (state, facts) => this.hear(state, facts) });
    this.suggestTitle();
    this.ready = this.recall(isKnown);
  }

  async recall(isKnown) {
    if (!isKnown && !(await this.sending.recall())) return;
    this.hideDetails(); // they went ahead with the first byte
    this.part("status").textContent = this.words.known;
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  suggestTitle() {
    const title = this.querySelector("[name$='-title']");
    const words = this.file.name.replace(/\.[^.]+$/, "").replace(/[_\s]+/g, " ").trim();
    if (title) title.value = (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 200); // what a title has room for
  }

  /* The fields, by the names of the upload's metadata; subtitles go another way. */
  readDetails() {
    const details = {};
    for (const field of this.querySelectorAll("[data-details] [name]")) {
      const name = field.name.replace(/^.*-/, "");
      if (field.type === "checkbox") details[name] = field.checked ? "1" : "0";
      else if (field.value) details[name] = field.value;
    }
    return details;
  }

  async start() {
    this.turn("sending");
    await this.ready;
    if (this.state !== "sending") return; // paused or cancelled meanwhile
    this.sending.start();
    for (const details of this.querySelectorAll("[data-details]")) details.disabled = true;
    this.announce(this.words.begins);
  }

  pause() {
    this.sending.pause();
    this.turn("paused");
    this.part("status").textContent = this.fill(this.words.paused);
    this.announce(this.fill(this.words.paused));
    this.part("go-on").focus();
  }

  goOn() {
    this.part("error").hidden = this.part("login").hidden = true;
    this.turn("waiting");
    this.dispatch("fh-row-ready");
    this.part("pause").focus();
  }

  async cancel() {
    if (this.isOpen && !confirm(this.words.sure.replace("{name}", this.file.name))) return;
    if (this.isOpen || this.state === "refused") await this.sending.cancel();
    this.turn("gone");
    this.closest("li").remove();
  }

  get isOpen() {
    return ["sending", "broken", "paused", "storing"].includes(this.state);
  }

  hear(state, facts) {
    if (["paused", "gone"].includes(this.state)) return; // said on the way, before that
    if (state === "sending") this.showProgress(facts);
    if (state === "broken" && this.state !== "broken") this.announce(this.words.broken);
    if (state === "broken" || state === "storing") this.part("status").textContent = this.words[state];
    if (["refused", "unfit"].includes(state)) this.showError(facts.message || this.words.failed);
    this.part("login").hidden = !facts.isLoggedOut;
    if (state === "stored") this.page = facts.page;
    this.turn(state);
  }

  showProgress({ sent, total, bytesPerSecond, secondsLeft }) {
    this.percent = total ? Math.floor((100 * sent) / total) : 0;
    const facts = [this.fill("{percent} %")];
    if (bytesPerSecond) facts.push(this.figures.saySpeed(bytesPerSecond));
    if (secondsLeft > 2) facts.push(this.words.left.replace("{time}", this.figures.sayTime(secondsLeft)));
    this.part("progress").value = this.percent;
    this.part("status").textContent = facts.join(" · ");
    if (this.state === "broken") this.announce(this.words.again);
    const quarter = Math.floor(this.percent / QUARTER);
    if (quarter > this.heard && this.heard >= 0 && quarter < 4) this.announce(this.fill("{percent} %"));
    this.heard = Math.max(this.heard, quarter);
  }

  showError(text) {
    this.part("error").textContent = text;
    this.part("error").hidden = false;
    this.part("status").textContent = "";
    this.announce(text);
  }

  /* Take a state on, show the buttons that make sense in it, and let the list know. */
  turn(state) {
    const stop = document.activeElement;
    this.state = state;
    this.dataset.state = state;
    this.part("progress").hidden = !this.isOpen;
    this.part("pause").hidden = !["sending", "broken"].includes(state);
    this.part("go-on").hidden = !["paused", "refused"].includes(state);
    this.part("cancel").hidden = ["storing", "stored"].includes(state);
    if (this.contains(stop) && stop.hidden) this.querySelector("[data-login]:not([hidden]) a, button:not([hidden])")?.focus();
    this.dispatch("fh-row-turned");
  }

  hideDetails() {
    for (const part of this.querySelectorAll("[data-details]")) part.hidden = true;
  }

  finish(status, error) {
    this.hideDetails();
    this.part("subtitles")?.remove();
    this.part("status").textContent = status;
    if (error) this.showError(error);
    Object.assign(this.part("page"), { href: this.page, hidden: false });
    this.announce(status);
  }

  fill(text) {
    return text.replace("{percent}", this.percent ?? 0);
  }

  announce(text) {
    this.dispatch("fh-say", `${this.file.name}: ${text}`);
  }

  dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define("fh-upload-row", UploadRow);
