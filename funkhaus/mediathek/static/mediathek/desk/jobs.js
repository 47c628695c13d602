// <fh-jobs> follows the list of jobs. Figures change in place; when rows come or go while somebody
// is at work in the list, nothing jumps away under their hands: a note with a button is shown instead.
const PAUSE_MS = 3000; // a whole list each time: less often than the one job of <fh-job>

class Jobs extends HTMLElement {
  connectedCallback() {
    this.timer = setTimeout(() => this.look(), PAUSE_MS);
    this.querySelector("[data-changed] button").addEventListener("click", () => this.take());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async look() {
    let pause = PAUSE_MS;
    try {
      if (!document.hidden) {
        const answer = await fetch(this.dataset.url);
        if (answer.status === 403 || answer.redirected) return; // logged out
        if (answer.ok) this.show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      }
    } catch {
      pause *= 5; // the server may be restarting
    }
    if (this.isConnected) this.timer = setTimeout(() => this.look(), pause);
  }

  show(page) {
    this.fresh = page.querySelector("[data-list]");
    if (!this.fresh) return;
    if (names(this.fresh) === names(this.list)) this.refresh();
    else if (this.list.matches(":focus-within, :hover")) this.note.hidden = false;
    else this.take();
  }

  refresh() {
    for (const part of this.list.querySelectorAll("[data-live]")) {
      const fresh = this.fresh.querySelector(`#${part.id}`);
      const isSame = !fresh || words(part) === words(fresh);
      if (!isSame && !part.matches(":focus-within")) part.replaceChildren(...fresh.childNodes);
    }
  }

  take() {
    const hadFocus = this.contains(document.activeElement);
    this.list.replaceWith(document.adoptNode(this.fresh));
    this.note.hidden = true;
    if (hadFocus) this.list.querySelector("a")?.focus();
  }

  get list() {
    return this.querySelector("[data-list]");
  }

  get note() {
    return this.querySelector("[data-changed]");
  }
}

// Which rows there are, in their order.
const names = (list) => [...list.querySelectorAll("li[id]")].map((row) => row.id).join();

// What can be seen of a part: each form carries a token of its own, which is no change.
const words = (part) => part.textContent + (part.querySelector("progress")?.value ?? "");

customElements.define("fh-jobs", Jobs);
