// <fh-leave> asks in place before the way out. Without this script the same question is a page of its own.
class Leave extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
      if (isPlain && event.target.closest(".fk-door")) {
        event.preventDefault();
        this.ask();
      } else if (event.target.closest(".fk-stay")) {
        event.preventDefault(); // to stay is to go on with what one was doing
        this.dialog.close();
      }
    });
  }

  ask() {
    if (!this.dialog) {
      this.append(this.querySelector("template").content.cloneNode(true));
      this.dialog = this.querySelector("dialog");
    }
    this.dialog.showModal();
    this.dialog.querySelector(".fk-stay").focus();
  }
}

customElements.define("fh-leave", Leave);
