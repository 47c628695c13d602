// This script adds names that Wagtail leaves out: a text field says which field it is, a window says what it asks for.
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

function nameWindow(dialog) {
  const heading = dialog.querySelector("h1, h2")?.textContent.trim();
  if (heading) dialog.setAttribute("aria-label", heading);
}

function look() {
  timer = 0;
  document.querySelectorAll(TEXT).forEach(nameText);
  document.querySelectorAll("body > .modal[role=dialog]").forEach(nameWindow);
}

new MutationObserver(() => (timer ||= setTimeout(look, PAUSE_MS))).observe(document.body, {
  childList: true,
  subtree: true,
});
look();
