// Choosers give the focus back to the button that opened them. After a choice Wagtail hides that button, and whoever
// works by keyboard would start anew at the top of the page: then the chosen thing's own button takes the focus.
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
