/* Sounds brings audio description and sign language with one press: a sound track of the same file, or a version of its
   own, which goes on at the same place. */
import { makeButton } from "./build.js";

export class Sounds {
  constructor({ host, media, texts }) {
    Object.assign(this, { host, media, texts });
    this.description = makeButton(
      "description", texts.description, () => this.toggleDescription(), texts.description_short);
    this.sign = makeButton("sign", texts.sign, () => this.toggleVersion("sign_language"), texts.sign_short);
    this.buttons = [this.description, this.sign];
  }

  get sounds() {
    return this.host.engine?.sounds() ?? [];
  }

  get described() {
    return this.sounds.find(({ isDescription }) => isDescription);
  }

  find(kind) {
    return this.host.grant.versions.find((version) => version.kind === kind);
  }

  refresh() {
    const { described } = this;
    const version = this.find("audio_description");
    this.description.hidden = !described && !version;
    this.press(this.description, described?.isActive || version?.is_chosen);
    const sign = this.find("sign_language");
    this.sign.hidden = !sign;
    this.press(this.sign, sign?.is_chosen);
  }

  press(button, isOn) {
    button.setAttribute("aria-pressed", String(Boolean(isOn)));
  }

  toggleDescription() {
    const { described } = this;
    const version = this.find("audio_description");
    if (version?.is_chosen || !described) return this.toggleVersion("audio_description");
    const other = this.sounds.find(({ isDescription }) => !isDescription);
    this.chooseSound((described.isActive ? other : described)?.id);
  }

  chooseSound(id) {
    if (id === undefined) return;
    this.host.engine.chooseSound(id);
    this.press(this.description, this.described?.id === id);
  }

  toggleVersion(kind) {
    const version = this.find(kind);
    if (version) this.chooseVersion(version.is_chosen ? (this.find("original") ?? version) : version);
  }

  /* The same place, the same speed, in another version. */
  async chooseVersion({ kind, language }) {
    const { host, media } = this;
    const speed = media.playbackRate;
    media.defaultPlaybackRate = speed; // a new source starts with it
    await host.start(media.currentTime, `${kind}:${language}`);
  }
}
