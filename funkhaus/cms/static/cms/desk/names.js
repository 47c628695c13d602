// This script adds names that Wagtail leaves out: a text field and the keywords say which field they are, a window says
// what it asks for, the picture of somebody else who has the page open says who it is.
// The class names are those of its markup: Draft.js' text, the field around it, the block that it stands in.
const TEXT = ".public-DraftEditor-content:not([aria-label], [aria-labelledby])";
const PAUSE_MS = 150; // a form is built in many small changes: they are looked at once, and before anybody gets there
let timer = 0;

function nameText(text) {
  const label = text.closest(".w-field__wrapper")?.querySelector(".w-field__label");
  const section = text.closest("section[aria-labelledby]");
  const block = section?.querySelector(".c-sf-block__type");
  if (label?.id) text.setAttribute("aria-labelledby", label.id);
  else if (label ?? block) text.setAttribute("aria-label", (label ?? block).textContent.replace("*", "").trim());
  else if (section) text.setAttribute("aria-labelledby", section.getAttribute("aria-labelledby"));
}

// Tag-it, which Wagtail uses for keywords, makes a field of its own beside the one that has the label.
function nameKeywords(input) {
  const label = input.closest(".tagit").parentElement.closest(".w-field__wrapper, li, form")?.querySelector("label");
  if (label) input.setAttribute("aria-label", label.textContent.replace("*", "").trim());
}

// Whoever else has the page open is a picture in a button; their name stands in its tooltip alone.
function namePerson(button) {
  const tip = button._tippy?.props.content; // the tooltip's library may have taken the words out of the button
  const words = button.textContent.trim() || (tip?.textContent ?? tip ?? "").trim();
  if (words) button.setAttribute("aria-label", words.replace(/\s+/g, " "));
}

function nameWindow(dialog) {
  // A chooser's heading has the id of the page's own, where Wagtail writes the title of what was saved automatically.
  dialog.querySelector("#header-title")?.removeAttribute("id");
  const heading = dialog.querySelector("h1, h2")?.textContent.trim();
  if (heading) dialog.setAttribute("aria-label", heading);
}

function look() {
  timer = 0;
  document.querySelectorAll(TEXT).forEach(nameText);
  document.querySelectorAll(".tagit-new input:not([aria-label])").forEach(nameKeywords);
  document.querySelectorAll("button.w-editing-sessions__session:not([aria-label])").forEach(namePerson);
  document.querySelectorAll("body > .modal[role=dialog]").forEach(nameWindow);
}

new MutationObserver(() => (timer ||= setTimeout(look, PAUSE_MS))).observe(document.body, {
  childList: true,
  subtree: true,
});
look();
