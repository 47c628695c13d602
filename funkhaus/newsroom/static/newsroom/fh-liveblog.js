// <fh-liveblog> follows a liveblog: what was changed is changed in place, what is new waits behind a button, so that
// nothing jumps.
const EVERY_MS = 12_000; // as live as a ticker has to be, and few questions from many readers
const SLOWEST_MS = 120_000; // while the server does not answer: it is left in peace, and found again within two minutes

class Liveblog extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.url) return;
    this.posts = this.querySelector(".fh-posts");
    this.fresh = new Map();
    this.pause = EVERY_MS;
    this.append(this.querySelector("template").content.cloneNode(true));
    this.bar = this.querySelector(".fh-fresh");
    this.button = this.bar.querySelector("button");
    this.bar.hidden = true;
    this.insertBefore(this.bar, this.posts);
    this.button.addEventListener("click", () => this.show());
    this.onVisible = () => document.hidden || this.look();
    document.addEventListener("visibilitychange", this.onVisible);
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), this.pause);
  }

  async look() {
    clearTimeout(this.timer);
    if (document.hidden) return;
    try {
      const answer = await fetch(`${this.dataset.url}?seit=${this.dataset.stand}`);
      if (answer.status === 410 || answer.status === 404) return;
      if (!answer.ok) throw new Error(String(answer.status));
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = found.querySelector("[data-stand]");
      this.dataset.stand = part.dataset.stand;
      this.take([...part.querySelectorAll(".fh-post")]);
      found.querySelectorAll("[data-part]").forEach((one) => this.renew(one));
      this.pause = EVERY_MS;
    } catch {
      this.pause = Math.min(this.pause * 2, SLOWEST_MS);
    }
    this.wait();
  }

  take(found) {
    const before = this.fresh.size;
    for (const post of found) {
      const there = document.getElementById(post.id);
      if (there && there.dataset.version === post.dataset.version) continue;
      if ("removed" in post.dataset) {
        this.fresh.delete(post.id);
        there?.remove();
      } else if (there) {
        there.replaceWith(document.adoptNode(post));
      } else {
        this.fresh.set(post.id, post);
      }
    }
    this.tell(this.fresh.size > before);
  }

  /* What is pinned and the key moments are changed in place; whoever is on a link there stays on it. */
  renew(part) {
    const there = document.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!there || there.isEqualNode(part)) return;
    const focused = there.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    there.replaceWith(document.adoptNode(part));
    if (focused === null) return;
    const links = [...part.querySelectorAll("a")];
    const link = links.find((one) => one.getAttribute("href") === focused) ?? links[0] ?? this.posts.querySelector("a");
    link?.focus({ preventScroll: true });
  }

  tell(isNew) {
    const count = this.fresh.size;
    this.bar.hidden = count === 0;
    const { one, many } = this.button.dataset;
    this.button.textContent = count === 1 ? one : many.replace("#", count);
    if (isNew) document.querySelector("[aria-live=polite]").textContent = this.button.textContent;
  }

  show() {
    const posts = [...this.fresh.values()].map((post) => document.adoptNode(post));
    this.fresh.clear();
    this.tell(false);
    this.posts.querySelector(".fh-notice")?.remove();
    if ("oldestFirst" in this.dataset) this.posts.append(...posts.reverse());
    else this.posts.prepend(...posts);
    posts[0].focus();
    posts[0].scrollIntoView({ block: "nearest" });
  }
}

customElements.define("fh-liveblog", Liveblog);
