// This script takes the place of Wagtail's of this name: fields for dates in blocks are our <fh-date> (cms/desk/dates.js).
// Wagtail's calendar writes the present moment over whatever it can't read.
(() => {
  /* What Wagtail asks of a field in an article's body. */
  function bind(input) {
    return {
      idForLabel: input.id,
      getValue: () => input.value,
      getState: () => input.value,
      setState(text) {
        input.value = text ?? "";
        input.closest("fh-date")?.look?.({ isQuiet: true });
      },
      setInvalid: (isInvalid) => (isInvalid ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid")),
      getTextLabel: () => input.value,
      focus: (options) => options?.soft || input.focus(),
    };
  }

  function makeWidget(kind) {
    return class {
      render(placeholder, name, id, text) {
        const field = document.createElement("fh-date");
        field.dataset.kind = kind;
        const input = document.createElement("input");
        Object.assign(input, { type: "text", name, id, autocomplete: "off", value: text ?? "" });
        field.append(input);
        placeholder.replaceWith(field);
        return bind(input);
      }

      getByName(name, root) {
        return bind(root.querySelector(`input[name="${CSS.escape(name)}"]`));
      }
    };
  }

  window.telepath?.register("wagtail.widgets.AdminDateInput", makeWidget("day"));
  window.telepath?.register("wagtail.widgets.AdminTimeInput", makeWidget("time"));
  window.telepath?.register("wagtail.widgets.AdminDateTimeInput", makeWidget("moment"));
})();
