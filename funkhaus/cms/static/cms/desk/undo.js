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
  button.addEventListener("click", () => {
    note.remove();
    bringBack();
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

function watch({ prototype }) {
  const remove = prototype.deleteBlock;
  prototype.deleteBlock = function removeAndOffer(index, options) {
    const child = this.children[index];
    const state = child.getState();
    remove.call(this, index, options);
    const next = this.inserters[index]; // what stands before the following block, wherever that is moved
    const place = (note) => next.element.before(note);
    offer(place, child.blockDef.meta.label, () => insert(this, state, Math.max(this.inserters.indexOf(next), 0)));
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
