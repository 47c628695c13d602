/* <fh-player> shows a big play button over the poster, asks for leave on the act of playing, and has fh-playing.js play
   what is granted. Without this script the <video> inside plays by itself, asking at /medien/… */
import { clock, readMoment } from "./fh-moment.js";

const SEAM_S = 0.03; // at a round second the last segment of the sound ends, a little late: it would come whole for that
let code; // of fh-playing.js, for all players of the page

class FhPlayer extends HTMLElement {
  connectedCallback() {
    this.media = this.querySelector("video, audio");
    const data = this.querySelector('script[type="application/json"]');
    if (!this.dataset.decide || !this.media || !data || this.button) return;
    this.texts = JSON.parse(data.textContent);
    this.media.controls = false;
    // The served sources ask anew for every request; the script asks once.
    for (const source of this.media.querySelectorAll("source")) source.remove();
    this.media.load();
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "fh-player-play" });
    this.button.addEventListener("click", () => this.start(this.from));
    for (const intent of ["pointerenter", "focus", "touchstart"])
      this.button.addEventListener(intent, () => this.warm(), { once: true, passive: true });
    this.panel = Object.assign(document.createElement("div"), { className: "fh-player-notice", hidden: true });
    this.voice = document.querySelector('[aria-live="polite"]');
    this.append(this.button, this.panel);
    this.readAddress();
    this.readAgain = () => this.readAddress(true);
    addEventListener("hashchange", this.readAgain); // a link with a moment, in the same page
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.readAgain);
    this.unwait?.();
    if (this.button) this.stop();
  }

  /* #weiter is how one episode goes on to the next on our own pages. */
  readAddress(isLater = false) {
    const asked = readMoment(this, isLater);
    if (isLater && asked === undefined) return;
    const from = asked ?? Number(this.dataset.from ?? 0);
    if (!this.button.isConnected) return void (this.media.currentTime = from);
    this.from = from && from + SEAM_S;
    if (!this.isBusy) this.rest();
    const isNext = location.hash === "#weiter" && document.referrer.startsWith(`${location.origin}/`);
    if (isNext && document.querySelector("fh-player") === this) this.start();
  }

  /* The visitor is about to play: fetch the code, run none of it. */
  warm() {
    const { playing, first, adapter, engine } = this.dataset;
    for (const href of this.media.localName === "audio" ? [playing] : [playing, first, adapter, engine])
      if (!document.head.querySelector(`link[href="${href}"]`))
        document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }

  /* Ask for leave and play from `at` seconds on, in a `version` of its own where one is wished. `isAgain`: by itself,
     after a break of the line. Answers whether the server has; null when a later start has overtaken this one. */
  async start(at = 0, version = this.version, isAgain = false) {
    if (this.isBusy) return null;
    this.isBusy = true;
    const turn = (this.turn = Symbol("turn"));
    this.warm();
    const loading = load(this.dataset.playing); // while the server decides
    loading.catch(() => {}); // told where it is waited for
    this.button.textContent = this.texts.loading;
    this.unwait?.();
    if (!isAgain) this.say("");
    try {
      const wish = (version ? `&version=${encodeURIComponent(version)}` : "") + (at ? `&at=${at.toFixed(3)}` : "");
      const answer = await fetch(this.dataset.decide + wish, { method: "POST", credentials: "same-origin" });
      const body = await answer.json();
      if (turn !== this.turn) return null;
      // A server that stumbles is away like a line that is broken.
      if (isAgain && answer.status > 499) throw new Error(body.message);
      if (!answer.ok) {
        this.say(body.message, body.remedies);
        const { waitFor } = await import(this.dataset.waiting);
        // A page that is left open unlocks by itself.
        this.unwait = waitFor(body.remedies, answer.headers.get("date"), () => this.say(this.texts.unlocked));
        return true;
      }
      const { play } = await loading;
      if (turn !== this.turn) return null;
      // By the server's clock: the visitor's may be wrong.
      this.endsAt = Date.now() + Date.parse(body.expires_at) - Date.parse(answer.headers.get("date"));
      this.version = version;
      await play(this, body, at);
      return true;
    } catch (error) {
      if (turn !== this.turn) return null;
      console.warn(error);
      this.rest();
      if (isAgain || this.mend?.(at)) return;
      this.say(this.texts.offline, [{ kind: "retry" }]);
      addEventListener("online", () => this.panel.hidden || this.start(at), { once: true });
    }
  }

  fallBack(cause) {
    return code.fallBack(this, cause);
  }

  stop() {
    this.engine?.destroy();
    this.engine = undefined;
    this.media.removeAttribute("src"); // it would outrank the engine's
  }

  /* Where the focus goes when what had it is gone. */
  get control() {
    return this.button.isConnected ? this.button : (this.querySelector(".fh-bar-play") ?? this.media);
  }

  /* Show a message with its ways out, and have it read out once, by the region that waits empty in the page. */
  say(text, remedies = []) {
    const hadFocus = this.panel.contains(document.activeElement);
    this.panel.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
    for (const { kind, url, text: words } of remedies) {
      const isRetry = kind === "retry" && !this.button.isConnected;
      if (!isRetry && !url && (!words || kind === "retry")) continue;
      const name = url ? "a" : isRetry ? "button" : "p";
      const way = Object.assign(document.createElement(name), { textContent: words || this.texts.retry });
      if (url) way.href = url;
      if (isRetry) way.addEventListener("click", () => this.again?.() || this.start(this.media.currentTime || this.from));
      this.panel.append(way);
    }
    this.panel.hidden = !text;
    this.voice.textContent = text;
    if (text) this.panel.scrollIntoView({ block: "nearest" }); // on a low screen it stands below the picture
    if (hadFocus) (this.querySelector(".fh-player-notice button") ?? this.control).focus();
    if (text) this.rest();
  }

  rest() {
    this.isBusy = false;
    const { from, texts } = this;
    this.button.textContent = from ? texts.play_from.replace("{time}", clock(from)) : texts.play;
    this.button.ariaLabel = from ? texts.label_from.replace("{time}", clock(from)) : texts.label;
  }
}

/* By the standard a browser remembers for as long as the page lives that a module could not be had: so it is asked for once
   more, under another address. */
async function load(address) {
  code ??= await import(address).catch(() => import(`${address}?${Date.now()}`));
  return code;
}

customElements.define("fh-player", FhPlayer);
