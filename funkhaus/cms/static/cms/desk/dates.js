// <fh-date> says below a field what was understood of its text, and offers the browser's own calendar, which writes only
// what is chosen in it.
const PAUSE_MS = 300; // nobody is told about half a date
const PICKERS = { day: "date", time: "time", moment: "datetime-local", moment_or_day: "date" };
let status = null; // the one place of the page where screen readers hear what was understood

function announce(text) {
  status.textContent = text;
}

/* It stands empty in the page first: a region that comes with its text is often not read. */
function makeStatus() {
  if (status) return;
  status = Object.assign(document.createElement("div"), { className: "w-sr-only" });
  status.setAttribute("role", "status");
  document.body.append(status);
}

class TypedDate extends HTMLElement {
  connectedCallback() {
    if (this.said) return; // it was only moved
    makeStatus();
    this.parts = document.getElementById("fh-date-parts");
    const parts = this.parts.content.cloneNode(true);
    this.input = this.querySelector("input");
    this.picker = parts.querySelector("input");
    this.picker.type = PICKERS[this.dataset.kind];
    this.said = this.querySelector(".fh-date-said");
    if (this.said) parts.querySelector(".fh-date-said").remove();
    else this.said = parts.querySelector(".fh-date-said");
    parts.querySelector("button").addEventListener("click", () => this.open());
    this.input.after(parts);
    this.describe();
    this.input.addEventListener("input", () => this.wait());
    this.input.addEventListener("change", () => this.look({ isDone: true }));
    this.picker.addEventListener("change", () => this.take());
    this.known = this.said.textContent ? this.input.value : "";
    this.look({ isQuiet: true });
  }

  describe() {
    this.said.id = `${this.input.id}-said`;
    const others = this.input.getAttribute("aria-describedby") ?? "";
    this.input.setAttribute("aria-describedby", `${others} ${this.said.id}`.trim());
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look({}), PAUSE_MS);
  }

  async look({ isDone = false, isQuiet = false }) {
    clearTimeout(this.timer);
    this.isDone = isDone; // also for an answer that is still on its way
    const text = this.input?.value ?? "";
    if (!this.said || (text === this.known && !(isDone && this.error))) return;
    this.known = text;
    const found = await this.read(text);
    if (text !== this.input.value) return;
    this.error = found.error;
    const words = found.said || (this.isDone || isQuiet ? found.error : "");
    this.said.textContent = words;
    this.said.dataset.iso = found.iso ?? "";
    this.said.classList.toggle("fh-date-wrong", Boolean(found.error));
    if (!isQuiet) announce(words);
  }

  async read(text) {
    if (!text.trim()) return { said: "", error: "", iso: "" };
    try {
      const answer = await fetch(
        `${this.parts.dataset.url}?${new URLSearchParams({ kind: this.dataset.kind, text: text.slice(0, 200) })}`,
      );
      if (!answer.ok) throw new Error(String(answer.status));
      return await answer.json();
    } catch {
      return { said: "", error: this.parts.dataset.failed, iso: "" };
    }
  }

  open() {
    this.picker.value = this.said.dataset.iso ?? "";
    this.picker.showPicker();
  }

  /* Only a choice in the calendar writes. */
  async take() {
    const chosen = this.picker.value;
    this.input.value = (chosen && (await this.read(chosen)).written) || chosen;
    for (const type of ["input", "change"]) this.input.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

customElements.define("fh-date", TypedDate);
