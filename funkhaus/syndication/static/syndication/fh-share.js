/* <fh-share> puts the link, or the code for embedding, with the wished beginning and size into the clipboard. Without this
   script both stand there to be copied by hand. */
import { clock, readSeconds } from "../playback/fh-moment.js";

class FhShare extends HTMLElement {
  connectedCallback() {
    const [start, size, link, code] = this.querySelectorAll("input, select, textarea");
    const [copyLink, copyCode] = this.querySelectorAll("button");
    const page = link.value;
    this.voice = document.querySelector('[aria-live="polite"]');
    this.querySelector(".fh-share-choices").hidden = copyLink.hidden = copyCode.hidden = false;
    const write = () => {
      const seconds = readSeconds(start.value.trim());
      start.setAttribute("aria-invalid", String(seconds === undefined));
      link.value = page + (seconds ? `#t=${seconds}` : "");
      const frame = new DOMParser().parseFromString(code.value, "text/html").querySelector("iframe");
      frame.setAttribute("src", this.dataset.address + (seconds ? `?start=${seconds}` : ""));
      [frame.width, frame.height] = size.value.split("x");
      code.value = frame.outerHTML.replace('allowfullscreen=""', "allowfullscreen");
    };
    start.addEventListener("input", write);
    size.addEventListener("change", write);
    for (const field of [link, code]) field.addEventListener("focus", () => field.select());
    copyLink.addEventListener("click", () => this.copy(link, copyLink, this.dataset.linkDone, this.dataset.linkFailed));
    copyCode.addEventListener("click", () => this.copy(code, copyCode, this.dataset.done, this.dataset.failed));
    // Who opens this while something plays means that moment.
    this.closest("details").addEventListener("toggle", ({ target }) => {
      const now = document.querySelector("fh-player")?.media?.currentTime ?? 0;
      if (!target.open || now < 1) return;
      start.value = clock(now);
      write();
    });
  }

  async copy(field, button, done, failed) {
    const { voice } = this;
    voice.textContent = "";
    try {
      await navigator.clipboard.writeText(field.value);
      voice.textContent = done;
    } catch {
      field.focus();
      field.select();
      voice.textContent = failed;
    }
    // For the eye what the region says to the ear.
    this.said ??= Object.assign(document.createElement("p"), { className: "fh-share-said", ariaHidden: "true" });
    this.said.textContent = voice.textContent;
    button.after(this.said);
  }
}

customElements.define("fh-share", FhShare);
