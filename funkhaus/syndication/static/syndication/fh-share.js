/* <fh-share> puts the code for embedding, with the wished beginning and size, into the clipboard. Without this script the
   code stands there to be copied by hand. */
class FhShare extends HTMLElement {
  connectedCallback() {
    const [start, size, code] = this.querySelectorAll("input, select, textarea");
    const button = this.querySelector("button");
    const voice = document.querySelector('[aria-live="polite"]');
    this.querySelector(".fh-share-choices").hidden = button.hidden = false;
    const write = () => {
      const seconds = readClock(start.value);
      start.setAttribute("aria-invalid", String(seconds === undefined));
      const frame = new DOMParser().parseFromString(code.value, "text/html").querySelector("iframe");
      frame.setAttribute("src", this.dataset.address + (seconds ? `?start=${seconds}` : ""));
      [frame.width, frame.height] = size.value.split("x");
      code.value = frame.outerHTML.replace('allowfullscreen=""', "allowfullscreen");
    };
    start.addEventListener("input", write);
    size.addEventListener("change", write);
    code.addEventListener("focus", () => code.select());
    button.addEventListener("click", async () => {
      voice.textContent = "";
      try {
        await navigator.clipboard.writeText(code.value);
        voice.textContent = this.dataset.done;
      } catch {
        code.focus();
        code.select();
        voice.textContent = this.dataset.failed;
      }
      this.show(voice.textContent, button);
    });
  }

  /* For the eye what the region says to the ear. */
  show(text, button) {
    this.said ??= Object.assign(document.createElement("p"), { className: "fh-share-said", ariaHidden: "true" });
    this.said.textContent = text;
    button.after(this.said);
  }
}

/* Seconds from 90, 1:30 or 1:02:03. */
function readClock(text) {
  if (!/^\s*(\d{1,2}:){0,2}\d{1,6}\s*$/.test(text)) return undefined;
  return text.split(":").reduce((all, part) => all * 60 + Number(part), 0);
}

customElements.define("fh-share", FhShare);
