/* Captions draws the subtitles in a layer of our own, so that everybody can have them as they need them. What a viewer
   chooses is kept in their browser, by their own act and nowhere else; an embedded player keeps nothing. */
import { make, makeChoice } from "./build.js";
import { listActive, placeCue, spreadCues } from "./cue-place.js";

const STORE = "fh-captions";
const LOOKS = { // the first of each is what nobody has chosen
  size: ["m", "s", "l", "xl"],
  color: ["own", "white", "yellow", "cyan", "lime"],
  background: ["box", "half", "none"],
  place: ["own", "bottom", "top"],
};
const SHOWN = new Set(["subtitles", "captions"]);

export class Captions {
  constructor({ host, media, texts, menus }) {
    Object.assign(this, { host, media, texts, menus });
    host.addEventListener("fh-menu", () => this.paint());
    this.overlay = make("div", { className: "fh-captions" });
    new ResizeObserver(() => spreadCues(this.overlay)).observe(this.overlay); // the bar comes and goes
    this.button = menus.add("captions", texts.captions, () => this.makeMenu(), texts.captions_short);
    this.kept = this.read();
    this.onCues = () => this.paint();
    media.addEventListener("seeked", this.onCues); // while it seeks, a browser may not say what changes
    media.addEventListener("load", this.onCues, true); // a track has come
    // There the browser alone draws on the picture; what begins with `webkit` is the iPhone's full screen.
    for (const event of ["enterpictureinpicture", "leavepictureinpicture", "webkitbeginfullscreen", "webkitendfullscreen"])
      media.addEventListener(event, () => this.hand(/enter|begin/.test(event)));
  }

  get tracks() {
    return [...this.media.textTracks].filter(({ kind }) => SHOWN.has(kind));
  }

  refresh() {
    this.button.hidden = !this.tracks.length;
    const { language, kind } = this.kept;
    const wish = this.tracks.filter((track) => track.language === language);
    this.choose(wish.find((track) => track.kind === kind) ?? wish[0]);
    this.applyLook();
  }

  choose(track) {
    if (this.track !== track) this.track?.removeEventListener("cuechange", this.onCues);
    for (const other of this.tracks) if (other !== track && other.mode !== "disabled") other.mode = "disabled";
    this.track = track;
    if (track) {
      track.mode = "hidden"; // its cues come, and we draw them
      track.addEventListener("cuechange", this.onCues);
    }
    this.button.setAttribute("aria-pressed", String(Boolean(track)));
    this.overlay.hidden = !track;
    this.paint();
  }

  /* On or off by one key: the last language, else the first there is. */
  toggle() {
    this.pick(this.track ? undefined : (this.last ?? this.tracks[0]));
  }

  pick(track) {
    this.last = track ?? this.track;
    this.choose(track);
    this.keep({ language: track?.language ?? null, kind: track?.kind ?? null });
  }

  hand(isAway) {
    if (this.track) this.track.mode = isAway ? "showing" : "hidden";
  }

  paint() {
    const cues = this.track?.mode === "hidden" ? listActive(this.track, this.media) : [];
    const rows = cues.map((cue) => this.place(cue));
    const isChoosing = this.track && this.menus.open?.button === this.button;
    this.overlay.replaceChildren(...(isChoosing && !rows.length ? [this.makeSample()] : rows));
    spreadCues(this.overlay);
  }

  /* Who chooses the look sees it, also where nobody speaks. */
  makeSample() {
    const words = make("span", { className: "fh-cue-words", textContent: this.texts.sample });
    return make("div", { className: "fh-cue", "aria-hidden": "true" }, words);
  }

  /* A cue at its own place, unless the viewer wants all of them at one. */
  place(cue) {
    const words = make("span", { className: "fh-cue-words" }, cue.getCueAsHTML());
    words.lang = this.track.language;
    const row = make("div", { className: "fh-cue" }, words);
    if (this.look("place") === "own") placeCue(row, cue);
    return row;
  }

  makeMenu() {
    const { texts } = this;
    const options = this.tracks.map((track, index) => ({
      value: String(index), label: track.label || track.language, isChosen: track === this.track,
    }));
    const off = { value: "off", label: texts.off, isChosen: !this.track };
    const choose = (value) => this.pick(this.tracks[value]);
    return [makeChoice(texts.captions, [off, ...options], choose), this.makeLooks()];
  }

  makeLooks() {
    const { texts } = this;
    const rows = Object.entries(LOOKS).map(([what, values]) => {
      const options = values.map((value) =>
        make("option", { value, textContent: texts[`${what}_${value}`], selected: value === this.look(what) }),
      );
      const select = make("select", {}, ...options);
      select.addEventListener("change", () => this.keep({ [what]: select.value }));
      return make("label", {}, make("span", { textContent: texts[what] }), select);
    });
    const legend = make("legend", { textContent: texts.look });
    return make("fieldset", { className: "fh-looks" }, legend, ...rows);
  }

  look(what) {
    return LOOKS[what].includes(this.kept[what]) ? this.kept[what] : LOOKS[what][0];
  }

  applyLook() {
    for (const what of Object.keys(LOOKS)) this.overlay.dataset[what] = this.look(what);
    this.paint();
  }

  keep(change) {
    Object.assign(this.kept, change);
    this.applyLook();
    if ("embedded" in this.host.dataset) return;
    try {
      localStorage.setItem(STORE, JSON.stringify(this.kept));
    } catch {
      // a browser that keeps nothing still shows them
    }
  }

  read() {
    if ("embedded" in this.host.dataset) return {};
    try {
      return JSON.parse(localStorage.getItem(STORE)) ?? {};
    } catch {
      return {};
    }
  }
}
