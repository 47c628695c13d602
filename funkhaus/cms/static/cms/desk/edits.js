// This script sees to it that all that was typed is sent, and that all that was typed counts as a change.
const WRITING_MS = 300; // rich text goes into its form field 250 ms after the last key
const LONGEST_MS = 2_000; // a busy browser may need longer; but nobody waits for ever
const STEP_MS = 20;
const TEXT = "[data-draftail-editor-wrapper]"; // the part of Wagtail's markup around one rich text
const EDITED = ["keydown", "beforeinput", "input", "paste", "drop", "click", "compositionend"];
const FORM = "form[data-controller~='w-unsaved']";
const touched = new Set();
const bases = new WeakMap(); // what was in a form at the beginning, or was saved last: Wagtail has to compare with it
const sent = new WeakMap(); // what an automatic save under way has taken along
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

/* Resolves as soon as all rich text that was typed stands in its form field. */
export async function settle() {
  const end = performance.now() + LONGEST_MS;
  const isWaiting = () => performance.now() < last + WRITING_MS || [...touched].some(isBehind);
  while (performance.now() < end && isWaiting()) await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  touched.clear();
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
function noteSent({ target }) {
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
document.addEventListener("w-unsaved:watch-edits", compareWithBase, true);
