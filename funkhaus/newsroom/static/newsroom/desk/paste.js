// This script hands a text field the clipboard's HTML, so that headings, links and lists are not lost: by itself it
// takes plain text only.
const field = document.querySelector("textarea[data-paste]");
field.addEventListener("paste", (event) => {
  const html = event.clipboardData.getData("text/html");
  if (!html) return;
  event.preventDefault();
  field.setRangeText(html, field.selectionStart, field.selectionEnd, "end");
});
