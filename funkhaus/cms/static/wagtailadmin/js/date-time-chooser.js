// <fh-date> says below a field what was understood of its text, and offers the browser's own calendar. It takes the
// place of Wagtail's script of this name, whose calendar writes the present moment over whatever it can't read.
(() => {
  const PAUSE_MS = 300; // nobody is told about half a date
  const PICKERS = { day: "date", time: "time", moment: "datetime-local", moment_or_day: "date" };
  let status = null; // the one place of the page where screen readers hear what was understood

  function announce(text) {
    if (!status) {
      status = document.createElement("div");
      status.className = "w-sr-only";
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = text;
  }

  class TypedDate extends HTMLElement {
    connectedCallback() {
      // While the page is read, the element is there before what stands in it.
      if (this.querySelector("input")) this.start();
      else document.addEventListener("DOMContentLoaded", () => this.start(), { once: true });
    }

    start() {
      if (this.said) return;
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
      const text = this.input?.value ?? "";
      if (!this.said || (text === this.known && !(isDone && this.error))) return;
      this.known = text;
      const found = await this.read(text);
      if (text !== this.input.value) return;
      this.error = found.error;
      const words = found.said || (isDone || isQuiet ? found.error : "");
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

  /* What Wagtail asks of a field in an article's body. */
  function bind(input) {
    return {
      idForLabel: input.id,
      getValue: () => input.value,
      getState: () => input.value,
      setState(text) {
        input.value = text ?? "";
        input.closest("fh-date")?.look({ isQuiet: true });
      },
      setInvalid: (isInvalid) => input.toggleAttribute("aria-invalid", isInvalid),
      getTextLabel: () => input.value,
      focus: (options) => options?.soft || input.focus(),
    };
  }

  function makeWidget(kind) {
    return class {
      render(placeholder, name, id, text) {
        const field = document.createElement("fh-date");
        field.dataset.kind = kind;
        const input = document.createElement("input");
        Object.assign(input, { type: "text", name, id, autocomplete: "off", value: text ?? "" });
        field.append(input);
        placeholder.replaceWith(field);
        return bind(input);
      }

      getByName(name, root) {
        return bind(root.querySelector(`input[name="${CSS.escape(name)}"]`));
      }
    };
  }

  window.telepath?.register("wagtail.widgets.AdminDateInput", makeWidget("day"));
  window.telepath?.register("wagtail.widgets.AdminTimeInput", makeWidget("time"));
  window.telepath?.register("wagtail.widgets.AdminDateTimeInput", makeWidget("moment"));
})();
