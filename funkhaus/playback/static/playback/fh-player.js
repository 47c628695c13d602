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
    this.sources = [...this.media.querySelectorAll("source")];
    for (const source of this.sources) source.remove();
    this.media.load();
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "fh-player-play";
    this.button.setAttribute("aria-label", this.texts.label);
    this.word = this.button.appendChild(document.createElement("span"));
    this.word.textContent = this.texts.play;
    this.button.addEventListener("click", () => this.start());
    for (const intent of ["pointerenter", "focus", "touchstart"])
      this.button.addEventListener(intent, () => this.warm(), { once: true, passive: true });
    this.panel = Object.assign(document.createElement("p"), { className: "fh-player-notice", hidden: true });
    this.voice = document.querySelector('[aria-live="polite"]') ?? this.makeVoice();
    this.append(this.button, this.panel);
  }

  makeVoice() {
    const voice = Object.assign(document.createElement("div"), { className: "fh-player-voice" });
    voice.setAttribute("aria-live", "polite");
    return this.appendChild(voice);
  }

  disconnectedCallback() {
    this.engine?.destroy();
    this.engine = undefined;
  }

  /* The visitor is about to play: fetch the code, run none of it. */
  warm() {
    if (this.media.localName === "audio") return;
    for (const href of [this.dataset.adapter, this.dataset.engine])
      if (!document.head.querySelector(`link[href="${href}"]`)) {
        const link = document.createElement("link");
        link.rel = "modulepreload";
        link.href = href;
        document.head.append(link);
      }
  }

  async start() {
    if (this.isBusy) return;
    this.isBusy = true;
    this.word.textContent = this.texts.loading;
    this.say("");
    try {
      const answer = await fetch(this.dataset.decide, { method: "POST", credentials: "same-origin" });
      const body = await answer.json();
      if (answer.ok) await this.play(body);
      else this.say(body.message);
    } catch (error) {
      console.error(error);
      this.say(this.texts.offline);
    } finally {
      this.isBusy = false;
      this.word.textContent = this.texts.play;
    }
  }

  async play(grant) {
    const tracks = [...this.media.querySelectorAll("track")];
    for (const { kind, language, url } of grant.tracks) {
      const track = tracks.find((one) => one.kind === kind && one.srclang === language);
      if (track) track.src = url;
    }
    this.media.addEventListener("playing", () => this.open(), { once: true });
    this.media.addEventListener("error", () => this.fallBack(grant.manifest));
    try {
      if (this.media.localName === "audio") return await this.plain(grant.manifest, "audio.m4a");
      const { attachEngine } = await import(this.dataset.adapter);
      this.engine = await attachEngine(this.media, grant.manifest, {
        engine: this.dataset.engine,
        onError: () => this.fallBack(grant.manifest),
      });
      await this.engine.play();
    } catch (error) {
      console.warn(error);
      if (error?.name === "NotAllowedError") this.open(); // the browser wants the act on its own controls
      else await this.fallBack(grant.manifest);
    }
  }

  /* The engine has failed: the same programme as one plain file, from where it stood. */
  async fallBack(manifest) {
    if (this.hasFallenBack) return this.say(this.texts.failed);
    this.hasFallenBack = true;
    const at = this.media.currentTime;
    this.engine?.destroy();
    this.engine = undefined;
    try {
      await this.plain(manifest, this.media.localName === "audio" ? "audio.m4a" : "video.mp4", at);
    } catch (error) {
      console.warn(error);
      this.say(this.texts.failed);
    }
  }

  plain(manifest, file, at = 0) {
    this.media.src = new URL(file, new URL(manifest, location.href)).href;
    if (at) this.media.currentTime = at;
    return this.media.play();
  }

  /* It plays: the button makes room for the controls, and the focus moves on to them. */
  open() {
    const hadFocus = this.contains(document.activeElement);
    this.media.controls = true;
    this.button.remove();
    this.say("");
    if (hadFocus) this.media.focus();
  }

  /* Show a message, and have it read out once, by the region that waits empty in the page. */
  say(text) {
    this.panel.textContent = text;
    this.panel.hidden = !text;
    this.voice.textContent = text;
  }
}

customElements.define("fh-player", FhPlayer);
