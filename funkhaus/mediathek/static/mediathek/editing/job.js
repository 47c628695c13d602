// <fh-job>: follows the preparation of a media file, every two seconds until it ends.
const PAUSE_MS = 2000;

class Job extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("data-working")) this.timer = setTimeout(() => this.look(), PAUSE_MS);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async look() {
    let pause = PAUSE_MS;
    try {
      const answer = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.status === 403 || answer.status === 404 || answer.redirected) return; // logged out, or gone
      if (answer.ok) {
        const stand = await answer.json();
        this.show(stand);
        if (!stand.is_working) return this.end(stand);
      }
    } catch {
      pause *= 5; // the server may be restarting
    }
    if (this.isConnected) this.timer = setTimeout(() => this.look(), pause);
  }

  show(stand) {
    const label = this.querySelector("[data-label]");
    if (label.textContent !== stand.state_label) label.textContent = stand.state_label;
    const step = this.querySelector("[data-step]");
    if (step.textContent !== stand.step_label) step.textContent = stand.step_label;
    this.querySelector("progress").value = Math.round(stand.progress * 100);
    this.dataset.state = stand.state;
    this.showWarnings(stand.warnings);
  }

  showWarnings(warnings) {
    const list = this.querySelector("[data-warnings]");
    list.replaceChildren(...warnings.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    list.hidden = warnings.length === 0;
  }

  end(stand) {
    this.querySelector("progress").hidden = true;
    this.querySelector("[data-step]").textContent = "";
    this.querySelector("[data-error]").hidden = !stand.error;
    this.querySelector("[data-error-text]").textContent = stand.error;
    // The edit page may hold unsaved words: it is never loaded anew. The file's own page is, for its preview.
    if (this.hasAttribute("data-reload")) location.reload();
  }
}

customElements.define("fh-job", Job);
