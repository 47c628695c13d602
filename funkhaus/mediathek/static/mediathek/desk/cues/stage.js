// The stage is the film beside the list: it plays one cue, shows the cues as they are now, tells which one is on.
import { makeShown } from "./text.js";

export class Stage {
  constructor(media, onCue) {
    this.media = media;
    this.onCue = onCue;
    this.track = media?.localName === "video" ? media.addTextTrack("subtitles", "Cues") : null;
    if (this.track) this.track.mode = "showing";
    media?.addEventListener("timeupdate", () => this.look());
    media?.addEventListener("seeked", () => this.look());
  }

  get nowMs() {
    return this.media ? Math.round(this.media.currentTime * 1000) : 0;
  }

  /* Show these cues on the picture. */
  show(cues) {
    this.cues = cues;
    if (!this.track) return;
    for (const shown of [...(this.track.cues ?? [])]) this.track.removeCue(shown);
    for (const cue of cues) this.add(cue);
  }

  /* One cue has changed. */
  renew(cue) {
    if (!this.track) return;
    if (cue.shown) this.track.removeCue(cue.shown);
    this.add(cue);
  }

  add(cue) {
    cue.shown = undefined;
    if (Number.isNaN(cue.start) || Number.isNaN(cue.end)) return;
    cue.shown = makeShown(cue);
    this.track.addCue(cue.shown);
  }

  async play(cue) {
    if (!this.media || Number.isNaN(cue.start)) return;
    this.media.currentTime = cue.start / 1000;
    this.until = cue.end;
    try {
      await this.media.play();
    } catch (error) {
      console.warn(error); // another key was faster
    }
  }

  toggle() {
    if (!this.media) return;
    this.until = undefined;
    if (this.media.paused) this.media.play().catch((error) => console.warn(error));
    else this.media.pause();
  }

  look() {
    const now = this.nowMs;
    if (this.until !== undefined && now >= this.until) {
      this.until = undefined;
      this.media.pause();
    }
    const cue = this.cues?.findLast((one) => one.start <= now && now < one.end);
    if (cue !== this.current) this.onCue((this.current = cue));
  }
}
