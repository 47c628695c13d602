// <fh-cues> shows the cues of a text track as a list beside the film. Without this file the text is edited as it is.
import * as actions from "./actions.js";
import { fieldsOf, fillRow, makeRow, readRow, tellRow } from "./row.js";
import { BLOCKING, judge } from "./rules.js";
import { store } from "./save.js";
import { Stage } from "./stage.js";
import { bindTools } from "./tools.js";
import { readCues, writeCues } from "./text.js";
const MOST_UNDONE = 50; // each holds a whole list, of thousands of cues in a film

class Cues extends HTMLElement {
  connectedCallback() {
    if (this.list) return;
    this.form = this.querySelector("form");
    this.source = this.form.elements.content;
    this.texts = JSON.parse(this.querySelector("script[type='application/json']").textContent);
    this.template = this.querySelector("template");
    this.list = this.querySelector("[data-list]");
    this.status = this.querySelector("[data-status]");
    this.isSpeech = this.hasAttribute("data-speech");
    this.stage = new Stage(this.querySelector("video, audio"), (cue) => this.follow(cue));
    this.past = [];
    this.classList.add("fh-cues-on");
    for (const part of this.querySelectorAll("[data-with-script]")) part.hidden = false;
    this.querySelector("[data-plain]").hidden = true;
    this.list.addEventListener("input", (event) => this.edit(event.target.closest("[data-cue]")));
    this.list.addEventListener("change", (event) => fillRow(event.target.closest("[data-cue]")));
    this.list.addEventListener("focusin", (event) => this.choose(event.target.closest("[data-cue]").cue));
    this.list.addEventListener("click", ({ target }) => target.closest("[data-play]") && this.stage.play(this.chosen));
    bindTools(this);
    addEventListener("beforeunload", (event) => this.isDirty && event.preventDefault());
    this.put(readCues(this.source.value), 0, { isFresh: true });
  }

  get at() {
    return this.cues.indexOf(this.chosen);
  }

  get isDirty() {
    return this.saved !== undefined && writeCues(this.cues) !== this.saved;
  }

  /* Show another list; rows of cues that stay are left where they are. */
  put(cues, at, { isFresh = false } = {}) {
    if (isFresh) this.saved = writeCues(cues);
    else this.past = [...this.past.slice(1 - MOST_UNDONE), { cues: this.cues, at: this.at }];
    this.cues = cues;
    const kept = new Set(cues);
    for (const row of [...this.list.children]) if (!kept.has(row.cue)) row.remove();
    let place = this.list.firstElementChild;
    for (const cue of cues) {
      const row = cue.row ?? makeRow(this.template, cue);
      if (row === place) place = place.nextElementSibling;
      else this.list.insertBefore(row, place);
    }
    this.judgeAll();
    this.stage.show(cues);
    this.choose(cues[Math.max(0, at)]);
  }

  /* Take back the last change of the list; what was typed is taken back by the field's own undo. */
  undo() {
    const last = this.past.pop();
    if (!last) return this.say(this.texts.nothing);
    const { past } = this;
    this.put(last.cues, last.at);
    this.past = past;
    this.focusText();
    this.say(this.texts.undone);
  }

  apply(result) {
    if (!result) return this.say(this.texts.impossible);
    this.put(result.cues, result.at);
    this.focusText();
    this.say(result.count ? this.texts.replaced.replace("{count}", result.count) : "");
  }

  edit(row) {
    if (!row) return;
    readRow(row);
    this.stage.renew(row.cue);
    const at = this.cues.indexOf(row.cue);
    for (const place of [at, at + 1]) this.judgeOne(place);
  }

  judgeOne(at) {
    const cue = this.cues[at];
    if (!cue) return;
    cue.verdict = judge(cue, this.cues[at - 1], this);
    tellRow(cue.row, at + 1, cue.verdict, this.texts);
  }

  judgeAll() {
    this.cues.forEach((_cue, at) => this.judgeOne(at));
  }

  choose(cue) {
    if (cue === this.chosen) return;
    this.chosen?.row.removeAttribute("aria-current");
    this.chosen = cue;
    cue?.row.setAttribute("aria-current", "true");
  }

  focusText(at = this.at) {
    const cue = this.cues[at];
    if (cue) fieldsOf(cue.row)[2].focus();
  }

  /* The film has come to another cue: bring it into view, but never take the place of somebody who types. */
  follow(cue) {
    this.playing?.row.classList.remove("fh-cue-playing");
    this.playing = cue;
    cue?.row.classList.add("fh-cue-playing");
    if (cue && !this.list.contains(document.activeElement)) cue.row.scrollIntoView({ block: "nearest" });
  }

  setTime(name) {
    if (!this.chosen) return;
    this.chosen[name] = this.stage.nowMs;
    fillRow(this.chosen.row);
    this.edit(this.chosen.row);
  }

  async save({ isForced = false } = {}) {
    const wrong = this.cues.findIndex((cue) => cue.verdict.errors.some((code) => BLOCKING.has(code)));
    if (wrong >= 0) {
      this.focusText(wrong);
      return this.say(this.texts.wrong.replace("{number}", wrong + 1));
    }
    const content = writeCues(this.cues);
    this.say(this.texts.saving);
    const stand = await store(this.form, content, isForced);
    this.querySelector("[data-changed]").hidden = stand.problem !== "changed";
    if (stand.problem) return this.say(stand.message ?? this.texts[stand.problem]);
    this.form.elements.expected.value = stand.expected;
    this.saved = content;
    this.say([this.texts.saved, ...stand.warnings].join(" "));
  }

  say(text) {
    this.status.textContent = text;
  }

  act(name, ...rest) {
    this.apply(actions[name](this.cues, this.at, ...rest));
  }
}

customElements.define("fh-cues", Cues);
