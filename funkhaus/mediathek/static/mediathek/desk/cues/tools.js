// This module connects buttons, fields and keys with the cue editor. Every key has a button, and no key is taken that a
// field needs.
import { find } from "./actions.js";
import { fieldsOf } from "./row.js";

export function bindTools(editor) {
  const field = (name) => editor.querySelector(`[data-field="${name}"]`);
  const seek = () => {
    const at = field("find").value ? find(editor.cues, editor.at, field("find").value) : -1;
    if (at < 0) return editor.say(editor.texts.not_found);
    const cue = editor.cues[at];
    const place = cue.text.toLocaleLowerCase().indexOf(field("find").value.toLocaleLowerCase());
    editor.focusText(at);
    fieldsOf(cue.row)[2].setSelectionRange(place, place + field("find").value.length);
  };
  const tools = {
    start: () => editor.setTime("start"),
    end: () => editor.setTime("end"),
    play: () => editor.chosen && editor.stage.play(editor.chosen),
    toggle: () => editor.stage.toggle(),
    split: () => editor.chosen && editor.act("split", placeOf(editor), editor.stage.nowMs),
    merge: () => editor.act("merge"),
    insert: () => editor.act("insert", editor.stage.nowMs),
    remove: () => editor.cues.length > 1 && editor.act("remove"),
    shift: () => editor.act("shift", Math.round(Number(field("shift").value.replace(",", ".")) * 1000)),
    find: seek,
    replace: () => field("find").value && editor.act("replaceAll", field("find").value, field("replace").value),
    undo: () => editor.undo(),
    save: () => editor.save(),
    previous: () => editor.focusText(Math.max(0, editor.at - 1)),
    next: () => editor.focusText(Math.min(editor.cues.length - 1, editor.at + 1)),
  };
  editor.addEventListener("click", (event) => tools[event.target.closest("[data-tool]")?.dataset.tool]?.());
  editor.form.addEventListener("submit", (event) => {
    event.preventDefault();
    editor.save({ isForced: event.submitter?.hasAttribute("data-force") });
  });
  // The button takes the focus, so the place in the text is kept from before.
  editor.list.addEventListener("focusout", ({ target }) => {
    if (target.matches("[data-text]")) editor.caret = { cue: editor.chosen, place: target.selectionStart };
  });
  editor.addEventListener("keydown", (event) => {
    const tool = KEYS[`${event.ctrlKey || event.metaKey ? "ctrl+" : ""}${event.altKey ? "alt+" : ""}${event.key}`];
    if (tool) {
      event.preventDefault();
      tools[tool]();
    } else if (event.key === "Enter" && event.target.matches("[data-field='find']")) {
      event.preventDefault();
      seek();
    }
  });
}

const KEYS = {
  "ctrl+Enter": "play",
  "alt+Enter": "toggle",
  "ctrl+,": "start",
  "ctrl+.": "end",
  "alt+ArrowUp": "previous",
  "alt+ArrowDown": "next",
  "ctrl+s": "save",
};

/* Where the caret is, or was before a button was pressed; the middle where it never was in this text. */
function placeOf(editor) {
  const text = fieldsOf(editor.chosen.row)[2];
  if (document.activeElement === text) return text.selectionStart;
  if (editor.caret?.cue === editor.chosen) return editor.caret.place;
  return text.value.indexOf("\n") > 0 ? text.value.indexOf("\n") : Math.floor(text.value.length / 2);
}
