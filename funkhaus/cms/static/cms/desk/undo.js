// This script brings back what was deleted by mistake: a block of a text, or a row of a list. A note takes its place,
// with a button, until the page is left.
const parts = document.getElementById("fh-undo");
const { StreamBlock, ListBlock } = window.wagtailStreamField?.blocks ?? {};
const ROW = "[data-inline-panel-child]"; // one row of Wagtail's InlinePanel
const DELETE = "button[id$='-DELETE-button']";

function offer(place, name, bringBack) {
  const note = parts.content.firstElementChild.cloneNode(true);
  const button = note.querySelector("button");
  note.querySelector("[data-name]").textContent = name;
  note.setAttribute("aria-label", note.querySelector("span").textContent.trim());
  button.addEventListener("click", () => {
    bringBack(note);
    note.remove();
  });
  place(note);
  button.focus(); // the button that deleted it is gone, and the focus with it
}

/* `state` is what Wagtail itself makes a copy of a block from. Of a list's items it does not say the type. */
function insert(sequence, state, index) {
  const options = { animate: false, focus: true };
  if (sequence instanceof StreamBlock) sequence.insert(state, index, options);
  else sequence.insert(state.value, index, { ...options, id: state.id });
}

/* Behind all that stands before the note. Other notes that stand behind it stay behind what is brought back. */
function bringBackBlock(sequence, state, note) {
  const isBefore = ({ element }) => note.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
  const index = sequence.children.filter(isBefore).length;
  const end = sequence.inserters[index].element;
  const later = [];
  for (let one = note.nextElementSibling; one && one !== end; one = one.nextElementSibling)
    if (one.matches(".fh-undo")) later.push(one);
  insert(sequence, state, index);
  sequence.inserters[index + 1].element.before(...later);
}

function watch({ prototype }) {
  const remove = prototype.deleteBlock;
  prototype.deleteBlock = function removeAndOffer(index, options) {
    const child = this.children[index];
    const state = child.getState();
    remove.call(this, index, options);
    const place = (note) => child.element.after(note); // Wagtail only hides it: it stays where it stood
    offer(place, child.blockDef.meta.label, (note) => bringBackBlock(this, state, note));
  };
}

/* Wagtail marks the row in a hidden field and hides it: all that was typed is still there. */
function offerRow(event) {
  const row = event.target.closest?.(DELETE)?.closest(ROW);
  if (!row) return;
  const mark = row.querySelector(`[id="${event.target.closest(DELETE).id.replace("-button", "")}"]`);
  const name = row.querySelector("[data-panel-heading-text]")?.textContent.trim() ?? "";
  const place = (note) => row.parentNode.after(note); // among the rows it would count as one
  offer(place, name, () => {
    mark.value = "";
    mark.dispatchEvent(new Event("change", { bubbles: true }));
    window.$(row).stop(true, true).removeClass("deleted").show();
    row.querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
  });
}

if (StreamBlock) [StreamBlock, ListBlock].forEach(watch);
document.addEventListener("click", offerRow); // after Wagtail's own handler, which stands at the button
