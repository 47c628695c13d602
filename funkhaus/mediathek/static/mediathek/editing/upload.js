// <fh-upload>: sends the form inside with a progress bar. Without this file the form posts by itself.
class Upload extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.form.addEventListener("submit", (event) => this.send(event));
    this.querySelector("[data-abort]")?.addEventListener("click", () => this.request?.abort());
    this.form.elements.file?.addEventListener("change", () => this.suggestTitle());
    addEventListener("beforeunload", (event) => {
      if (this.request) event.preventDefault();
    });
  }

  suggestTitle() {
    const title = this.form.elements.title;
    const file = this.form.elements.file.files[0];
    if (!title || !file || (title.value && title.value !== this.suggested)) return;
    const words = file.name.replace(/\.[^.]+$/, "").replace(/[_\s]+/g, " ").trim();
    this.suggested = (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 200);
    title.value = this.suggested;
  }

  send(event) {
    const file = this.form.elements.file?.files[0];
    this.clearErrors();
    if (file && file.size > Number(this.dataset.limitBytes)) {
      event.preventDefault();
      return this.showErrors({ file: [this.dataset.tooLarge] });
    }
    if (file && file.size === 0) {
      event.preventDefault();
      return this.showErrors({ file: [this.dataset.empty] });
    }
    event.preventDefault();
    this.request = new XMLHttpRequest();
    this.request.open("POST", this.form.action);
    this.request.setRequestHeader("Accept", "application/json");
    this.request.responseType = "json";
    this.request.upload.addEventListener("progress", (step) => this.showProgress(step));
    this.request.addEventListener("load", () => this.finish());
    this.request.addEventListener("error", () => this.stop({ file: [this.dataset.broken] }));
    this.request.addEventListener("abort", () => this.stop({}));
    this.setSending(true);
    this.request.send(new FormData(this.form));
  }

  showProgress(step) {
    if (!step.lengthComputable) return;
    const percent = Math.floor((100 * step.loaded) / step.total);
    this.querySelector("progress").value = percent;
    const text = percent < 100 ? this.dataset.sending.replace("{percent}", percent) : this.dataset.storing;
    const status = this.querySelector("[data-status]");
    // Screen readers hear every tenth only.
    if (percent % 10 === 0 || percent === 100 || !status.textContent) status.textContent = text;
  }

  finish() {
    const { status, response } = this.request;
    if (status === 200 && response?.url) {
      this.request = null;
      location.assign(response.url);
      return;
    }
    this.stop(response?.errors ?? { file: [this.dataset.broken] });
  }

  stop(errors) {
    this.request = null;
    this.setSending(false);
    this.showErrors(errors);
  }

  setSending(isSending) {
    this.querySelector("[data-sending]").hidden = !isSending;
    this.querySelector("[data-actions]").hidden = isSending;
    this.querySelector("[data-status]").textContent = "";
    this.querySelector("progress").value = 0;
    (isSending ? this.querySelector("[data-abort]") : this.querySelector("[type=submit]")).focus();
  }

  clearErrors() {
    for (const old of this.querySelectorAll("[data-upload-error]")) old.remove();
    for (const field of this.form.elements) field.removeAttribute("aria-invalid");
  }

  showErrors(errors) {
    let first = null;
    for (const [name, texts] of Object.entries(errors)) {
      const named = this.form.elements[name];
      const field = named instanceof RadioNodeList ? named[0] : named;
      if (!field) continue;
      const box = document.createElement("p");
      box.className = "fh-desk-error";
      box.dataset.uploadError = "";
      box.id = `${name}-upload-error`;
      box.setAttribute("role", "alert");
      box.textContent = texts.join(" ");
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", box.id);
      (field.closest(".w-field__wrapper") ?? field.parentElement).append(box);
      first ??= field;
    }
    first?.focus();
  }
}

customElements.define("fh-upload", Upload);
