// <fh-job> follows the preparation of a media file until it ends.
const PAUSE_MS = 2000; // the worker writes at most once a second how far it is; half as often is often enough to follow

class Job extends HTMLElement {
  connectedCallback() {
    for (const name of ["keydown", "pointerdown"])
      addEventListener(name, () => (this.isInHand = true), { once: true, capture: true });
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
    this.write("label", stand.state_label);
    this.write("step", stand.step_label);
    this.write("remaining", stand.remaining_label); // outside the live region: it changes too often to be read out
    this.write("place", stand.place_label);
    this.querySelector("progress").value = Math.round(stand.progress * 100);
    this.dataset.state = stand.state;
    this.showError(stand.error);
    this.showWarnings(stand.warnings);
    this.showLog(stand.log);
  }

  write(name, text) {
    const place = this.querySelector(`[data-${name}]`);
    if (place.textContent !== text) place.textContent = text;
  }

  showError(text) {
    this.querySelector("[data-error]").hidden = !text;
    this.write("error-text", text);
  }

  showWarnings(warnings) {
    const list = this.querySelector("[data-warnings]");
    list.replaceChildren(...warnings.map((text) => make("li", text)));
    list.hidden = warnings.length === 0;
  }

  showLog(lines) {
    const list = this.querySelector("[data-log]");
    if (!list || list.childElementCount === lines.length) return;
    list.replaceChildren(
      ...lines.map(([at, text]) => {
        const line = make("li", "");
        line.append(make("time", at), " ", make("span", text));
        return line;
      }),
    );
  }

  end(stand) {
    this.querySelector("progress").hidden = true;
    for (const name of ["step", "remaining", "place"]) this.write(name, "");
    this.querySelector("[data-actions]")?.setAttribute("hidden", "");
    // The edit page may hold unsaved words: it is never loaded anew. The file's own page is, for its preview, as long as
    // nobody has begun anything on it: a chosen file, a word, even the place of the focus would be lost.
    const link = this.querySelector("[data-renew]");
    if (this.isInHand && link) link.hidden = false;
    else if (link) location.reload();
  }
}

function make(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}

customElements.define("fh-job", Job);
