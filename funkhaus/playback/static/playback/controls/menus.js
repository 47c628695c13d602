/* Menus are buttons that open a panel: one at a time, closed by Escape, by its button and by a click elsewhere. */
import { make, makeButton } from "./build.js";

export class Menus {
  constructor(host) {
    this.host = host;
    this.panels = [];
    host.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.open) return;
      event.stopPropagation();
      event.preventDefault();
      this.close(true);
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (this.open && !this.open.panel.contains(target) && !this.open.button.contains(target)) this.close();
    });
  }

  /* `fillPanel` returns what the panel holds, each time it opens. */
  add(icon, label, fillPanel, word) {
    const id = `fh-panel-${(Menus.count = (Menus.count ?? 0) + 1)}`;
    const panel = make("div", { className: "fh-panel", id, hidden: true, role: "group", "aria-label": label });
    const button = makeButton(icon, label, () => this.toggle({ button, panel, fillPanel }), word);
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", id);
    this.panels.push(panel);
    return button;
  }

  toggle(menu) {
    const wasOpen = this.open?.panel === menu.panel;
    this.close();
    if (wasOpen) return;
    this.open = menu;
    menu.panel.replaceChildren(...menu.fillPanel());
    menu.panel.hidden = false;
    menu.button.setAttribute("aria-expanded", "true");
    this.host.classList.add("fh-has-panel");
    this.tell();
    const chosen = menu.panel.querySelector("input:checked, [aria-current]");
    (chosen ?? menu.panel.querySelector("button, input, select"))?.focus();
  }

  close(isByKey = false) {
    if (!this.open) return;
    const { button, panel } = this.open;
    const hadFocus = panel.contains(document.activeElement);
    this.open = undefined;
    panel.hidden = true;
    button.setAttribute("aria-expanded", "false");
    this.host.classList.remove("fh-has-panel");
    this.tell();
    if (isByKey || hadFocus) button.focus();
  }

  tell() {
    this.host.dispatchEvent(new Event("fh-menu"));
  }
}
