// <fh-unfinished> shows uploads that broke off some time, and the way to go on with them: choose the same file again.
const FORGOTTEN_MS = 30 * 24 * 3600 * 1000; // longer than a server keeps what nobody continues

class Unfinished extends HTMLElement {
  async look(figures) {
    this.figures = figures;
    const known = [...(await this.listStored()), ...(await this.listInParts())];
    const video = this.dataset.video ?? "";
    for (const upload of known) if (!video || upload.video === video) this.show(upload);
    this.update();
  }

  /* What the server has of this editor, from whatever machine. */
  async listStored() {
    const answer = await this.ask(this.dataset.endpoint);
    return (answer?.uploads ?? [])
      .filter(({ state }) => state === "receiving")
      .map(({ name, url, offset_bytes: sent, length_bytes: total, metadata }) => {
        return { name, total, sent, parts: [url], from: url, video: metadata.video ?? "" };
      });
  }

  /* Files sent in several parts at once: only this browser knows which parts belong together. Read as tus-js-client keeps
     it, under «tus::», our fingerprint and a number: its own look-up needs the file, which is not chosen yet. */
  async listInParts() {
    const found = [];
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith("tus::funkhaus-"))) {
      const { size, metadata, creationTime, parallelUploadUrls: parts } = JSON.parse(localStorage.getItem(key));
      if (!parts) continue;
      if (Date.now() - Date.parse(creationTime) > FORGOTTEN_MS) localStorage.removeItem(key);
      const states = await Promise.all(parts.map((url) => this.ask(url)));
      if (states.includes(null)) continue; // gone, out of reach, or of somebody else who works here too
      const sent = states.reduce((sum, state) => sum + state.offset_bytes, 0);
      found.push({ name: metadata.filename, total: size, sent, parts, key, video: metadata.video ?? "" });
    }
    return found;
  }

  async ask(url) {
    const answer = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  }

  show(upload) {
    const item = this.querySelector("template").content.cloneNode(true).firstElementChild;
    const percent = upload.total ? Math.floor((100 * upload.sent) / upload.total) : 0;
    const part = (name) => item.querySelector(`[data-${name}]`);
    Object.assign(item, { upload });
    for (const name of item.querySelectorAll("[data-name]")) name.textContent = upload.name;
    part("stand").textContent = `${percent} % · ${this.figures.saySize(upload.total ?? 0)}`;
    part("again").setAttribute("aria-label", this.dataset.choose.replace("{name}", upload.name));
    part("again").addEventListener("change", (event) => this.goOn(item, event.target));
    part("drop").addEventListener("click", () => this.drop(item));
    this.querySelector("ul").append(item);
  }

  goOn(item, input) {
    const [file] = input.files;
    if (!file) return;
    const { name, total, from } = item.upload;
    if (file.name !== name || file.size !== total) {
      const fault = item.querySelector("[data-error]");
      Object.assign(fault, { textContent: this.dataset.other.replace("{name}", name), hidden: false });
      return;
    }
    this.dispatchEvent(new CustomEvent("fh-continue", { bubbles: true, detail: { file, from } }));
    this.takeOut(item);
  }

  /* The file is on its way again, wherever it was chosen. */
  forget(file) {
    for (const item of this.querySelectorAll("li"))
      if (item.upload.name === file.name && item.upload.total === file.size) this.takeOut(item);
  }

  async drop(item) {
    const headers = { "Tus-Resumable": "1.0.0" }; // the protocol wants its version with every request
    const answers = await Promise.all(
      item.upload.parts.map((url) => fetch(url, { method: "DELETE", headers }).catch(() => null)),
    );
    if (!answers.every((answer) => answer && (answer.ok || answer.status === 404))) return;
    if (item.upload.key) localStorage.removeItem(item.upload.key);
    this.takeOut(item);
    (this.querySelector("[data-drop]") ?? document.querySelector("[data-pick]"))?.focus();
  }

  takeOut(item) {
    item.remove();
    this.update();
  }

  update() {
    this.hidden = this.querySelector("li") === null;
  }
}

customElements.define("fh-unfinished", Unfinished);
