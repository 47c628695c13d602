// This script gives the focus to the chosen thing's own button after a choice. Choosers give it back to the button that
// opened them; after a choice Wagtail hides that one, and whoever works by keyboard would start anew at the top of the
// page. Wagtail tells nobody that its window has closed: it is known by the names that its markup has for the parts.
let chooser = null;

document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest?.("[data-chooser-action-choose]");
    if (!button) return;
    const title = document.getElementById(button.getAttribute("aria-describedby")); // it may stand in a menu elsewhere
    chooser = (title ?? button).closest(".chooser");
  },
  true,
);

new MutationObserver((changes) => {
  const isClosed = changes.some(({ removedNodes }) => [...removedNodes].some((node) => node.matches?.(".modal")));
  if (!isClosed || document.activeElement !== document.body) return;
  [...(chooser?.querySelectorAll("button") ?? [])].find((button) => button.checkVisibility())?.focus();
}).observe(document.body, { childList: true });
