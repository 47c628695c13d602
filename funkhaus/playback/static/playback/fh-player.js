/* <fh-player>: a big play button over the poster; asks for leave on the act of playing, then starts the engine.
   Without this script the <video> inside plays by itself, asking at /medien/… */
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
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "fh-player-play";
    this.button.ariaLabel = this.texts.label;
    this.rest();
    this.button.addEventListener("click", () => this.start());
    for (const intent of ["pointerenter", "focus", "touchstart"])
      this.button.addEventListener(intent, () => this.warm(), { once: true, passive: true });
    this.panel = Object.assign(document.createElement("p"), { className: "fh-player-notice", hidden: true });
    this.voice = document.querySelector('[aria-live="polite"]');
    this.append(this.button, this.panel);
  }

  disconnectedCallback() {
    this.unwait?.();
    if (this.button) this.stop();
  }

  /* The visitor is about to play: fetch the code, run none of it. */
  warm() {
    if (this.media.localName === "audio") return;
    for (const href of [this.dataset.adapter, this.dataset.engine])
      if (!document.head.querySelector(`link[href="${href}"]`))
        document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
  }

  /* Ask for leave and play from `at` seconds on. */
  async start(at = 0) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.button.textContent = this.texts.loading;
    this.unwait?.();
    this.say("");
    try {
      const answer = await fetch(this.dataset.decide, { method: "POST", credentials: "same-origin" });
      const body = await answer.json();
      if (!answer.ok) {
        this.say(body.message);
        const { waitFor } = await import(this.dataset.waiting);
        // A page that is left open unlocks by itself.
        this.unwait = waitFor(body.remedies, answer.headers.get("date"), () => this.say(this.texts.unlocked));
        return;
      }
      // By the server's clock: the visitor's may be wrong.
      this.endsAt = Date.now() + Date.parse(body.expires_at) - Date.parse(answer.headers.get("date"));
      await this.play(body, at);
    } catch (error) {
      console.warn(error);
      this.say(this.texts.offline);
    }
  }

  async play(grant, at) {
    this.stop();
    this.hasFallenBack = false;
    this.manifest = grant.manifest;
    const tracks = [...this.media.querySelectorAll("track")];
    for (const { kind, language, url } of grant.tracks) {
      const track = tracks.find((one) => one.kind === kind && one.srclang === language);
      if (track) track.src = url;
    }
    this.media.addEventListener("playing", () => this.open(), { once: true });
    if (at) this.media.addEventListener("loadedmetadata", () => (this.media.currentTime = at), { once: true });
    try {
      if (this.media.localName === "audio") return await this.plain();
      const { attachEngine } = await import(this.dataset.adapter);
      const onError = (error) => this.fallBack(error);
      const options = { engine: this.dataset.engine, at, onError };
      this.engine = await attachEngine(this.media, grant.manifest, options);
      await this.engine.play();
    } catch (error) {
      if (error?.name === "NotAllowedError") this.open(); // the browser wants the act on its own controls
      else await this.fallBack(error);
    }
  }

  /* The engine has failed: the same programme as one plain file, from where it stood. */
  async fallBack(cause) {
    console.warn(cause);
    if (this.hasFallenBack) return;
    this.hasFallenBack = true;
    const at = this.media.currentTime;
    this.stop();
    try {
      await this.plain(at);
    } catch (error) {
      console.warn(error);
      this.say(this.texts.failed);
    }
  }

  plain(at = 0) {
    const file = this.media.localName === "audio" ? "audio.m4a" : "video.mp4";
    this.media.src = new URL(file, new URL(this.manifest, location.href)).href;
    if (at) this.media.currentTime = at;
    return this.media.play();
  }

  /* After a long pause the leave has ended: ask anew, and go on from here. */
  renew() {
    if (this.isBusy || !(Date.now() >= this.endsAt)) return;
    this.media.pause();
    this.start(this.media.currentTime);
  }

  stop() {
    this.engine?.destroy();
    this.engine = undefined;
    this.media.removeAttribute("src"); // it would outrank the engine's
  }

  /* It plays: the button makes room for the controls, and the focus moves on to them. */
  open() {
    this.rest();
    if (this.media.controls) return;
    const hadFocus = this.contains(document.activeElement);
    this.media.controls = true;
    this.button.remove();
    this.querySelector(".fh-player-rating")?.remove();
    if (hadFocus) this.media.focus();
    for (const event of ["play", "seeking"]) this.media.addEventListener(event, () => this.renew());
  }

  /* Show a message, and have it read out once, by the region that waits empty in the page. */
  say(text) {
    this.panel.textContent = text;
    this.panel.hidden = !text;
    this.voice.textContent = text;
    if (text) this.rest();
  }

  rest() {
    this.isBusy = false;
    this.button.textContent = this.texts.play;
  }
}

customElements.define("fh-player", FhPlayer);
