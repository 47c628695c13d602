/* <fh-out> is a link out of a frame. The page around it may have forbidden its frame to open windows: then that page goes
   there itself, if it lets us, or else the address is shown, ready to be copied. It is shown as well where a window opens
   that may be as confined as its frame: browsers show nothing of ours in such a one, and do not tell us. */
class FhOut extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.link.addEventListener("click", (event) => {
      event.preventDefault();
      this.open();
    });
  }

  open() {
    const { href } = this.link;
    const there = window.open(href); // our pages let go of their opener themselves
    if (there && window.origin !== "null") return;
    try {
      if (!there) return void (window.top.location.href = href);
    } catch {
      // it may not
    }
    this.show(href);
  }

  show(value) {
    const field = Object.assign(document.createElement("input"), { value, readOnly: true, translate: false });
    const label = document.createElement("label");
    label.append(this.dataset.words, field);
    this.replaceChildren(label);
    this.parentNode.classList.add("fh-embed-wraps");
    field.focus();
    field.select();
  }
}

customElements.define("fh-out", FhOut);
