// <fh-frame> shows the frame that the range points at. Without it the number field says the second.
class Frame extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.range = this.querySelector("[data-range]");
    this.range.addEventListener("input", () => this.show());
    this.querySelector("[data-plain]").hidden = true;
    this.querySelector("[data-better]").hidden = false;
    this.show();
  }

  show() {
    const seconds = Number(this.range.value);
    const text = sayMoment(seconds);
    this.querySelector("[name=at_s]").value = seconds.toFixed(3);
    this.querySelector("[data-moment]").textContent = text;
    this.range.setAttribute("aria-valuetext", text);
    this.wanted = seconds;
    if (!this.isSeeking) this.seek();
  }

  /* One seek after the other: a range that is drawn along asks faster than a video can answer. */
  seek() {
    const { wanted } = this;
    this.isSeeking = true;
    this.video.addEventListener(
      "seeked",
      () => {
        this.isSeeking = false;
        if (this.wanted !== wanted) this.seek();
      },
      { once: true },
    );
    this.video.currentTime = wanted;
  }
}

function sayMoment(seconds) {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const digits = { minimumIntegerDigits: 2, minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `${minutes}:${new Intl.NumberFormat(document.documentElement.lang, digits).format(rest)}`;
}

customElements.define("fh-frame", Frame);
