// This script sees to it that all that was typed is sent, once and in order, and that all that was typed counts as a
// change.
const WRITING_MS = 300; // rich text goes into its form field 250 ms after the last key
const LONGEST_MS = 2_000; // a busy browser may need longer; but nobody waits for ever
const ANSWER_MS = 10_000; // a server that is slower than this is asked all the same; it keeps what was published
const STEP_MS = 20;
const TEXT = "[data-draftail-editor-wrapper]"; // the part of Wagtail's markup around one rich text
const EDITED = ["keydown", "beforeinput", "input", "paste", "drop", "click", "compositionend"];
const FORM = "form[data-controller~='w-unsaved']";
const touched = new Set();
const bases = new WeakMap(); // what was in a form at the beginning, or was saved last: Wagtail has to compare with it
const sent = new WeakMap(); // what an automatic save under way has taken along
const saving = new Set(); // forms with an automatic save under way
const handed = new WeakSet(); // forms that go to the server by hand: nothing is saved behind their back
let last = -WRITING_MS;

function note({ target }) {
  const text = (target.closest?.(TEXT) ?? document.activeElement?.closest(TEXT)) || null;
  if (!text) return;
  touched.add(text);
  last = performance.now();
}

/* Draftail hangs itself on the form field before it; its own type for a text has getPlainText(). */
function isBehind(text) {
  const field = [...(text.parentNode?.children ?? [])].find((one) => one.draftailEditor);
  if (!field) return false;
  const shown = field.draftailEditor.getEditorState().getCurrentContent().getPlainText("\n");
  const written = (JSON.parse(field.value || "null")?.blocks ?? []).map((block) => block.text).join("\n");
  return shown.trim() !== written.trim();
}

async function waitWhile(isWaiting, longest) {
  const end = performance.now() + longest;
  while (performance.now() < end && isWaiting()) await new Promise((resolve) => setTimeout(resolve, STEP_MS));
}

/* Resolves as soon as all rich text that was typed stands in its form field. */
export async function settle() {
  await waitWhile(() => performance.now() < last + WRITING_MS || [...touched].some(isBehind), LONGEST_MS);
  touched.clear();
}

/* Begins no automatic save any more, and resolves as soon as the one under way has ended: an older one that arrived
   after what is sent now would become the newer draft, and its answer numbers the new rows. */
export async function takeOver(form) {
  handed.add(form);
  await waitWhile(() => saving.has(form), ANSWER_MS);
}

/* What was to be sent stays here: it is saved automatically again. */
export function giveBack(form) {
  handed.delete(form);
}

function getUnsaved(form) {
  return window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-unsaved");
}

/* Wagtail takes what stands in a form two seconds after the page has loaded for what was there from the beginning. */
function noteBeginning({ target, isTrusted }) {
  const form = isTrusted && target.closest?.(FORM);
  if (!form || bases.has(form)) return;
  const unsaved = getUnsaved(form);
  if (unsaved && !unsaved.initialFormData) bases.set(form, unsaved.formData);
}

/* And what stands in it when the answer to an automatic save arrives for what was saved. */
function noteSent(event) {
  const { target } = event;
  if (handed.has(target)) {
    event.preventDefault();
    event.stopImmediatePropagation(); // who shows «saving» would wait for its end
    return;
  }
  saving.add(target);
  const unsaved = getUnsaved(target);
  if (unsaved) sent.set(target, unsaved.formData);
}

/* The answer itself changes some fields, such as the numbers of new rows. */
function takeSent({ target, detail }) {
  if (!sent.has(target)) return;
  const fields = new URLSearchParams(sent.get(target));
  for (const [name, value] of Object.entries(detail?.data?.field_updates ?? {})) {
    if (fields.has(name)) fields.set(name, value);
  }
  bases.set(target, fields.toString());
}

/* Wagtail begins to compare: after an automatic save, and twice at the beginning, since its controller connects twice. */
function compareWithBase({ target }) {
  const unsaved = getUnsaved(target);
  if (!unsaved) return;
  if (bases.has(target)) unsaved.initialFormData = bases.get(target);
  else bases.set(target, unsaved.initialFormData);
}

for (const type of EDITED) document.addEventListener(type, note, true);
for (const type of ["keydown", "pointerdown", "beforeinput", "drop"]) {
  document.addEventListener(type, noteBeginning, true);
}
document.addEventListener("w-autosave:save", noteSent, true);
document.addEventListener("w-autosave:success", takeSent, true);
for (const end of ["success", "error"]) {
  document.addEventListener(`w-autosave:${end}`, ({ target }) => saving.delete(target), true);
}
document.addEventListener("w-unsaved:watch-edits", compareWithBase, true);
