/* This module lists the keys for whoever looks for them: at the foot of the settings, and by «?». */
import { make } from "./build.js";

export function listKeys(parts) {
  const { texts } = parts;
  const rows = [
    [[texts.key_space, "K"], `${texts.play}/${texts.pause}`],
    [["J", "L"], `${texts.back}/${texts.forward}`],
    [["←", "→"], texts.keys_step],
    [[texts.key_page_down, texts.key_page_up], texts.keys_minute],
    [["0", "9"], texts.keys_tenths],
    [["↑", "↓"], texts.volume],
    [["M"], texts.mute],
    [["C"], texts.captions],
    [["D"], texts.description],
    [["F"], texts.fullscreen],
    [["<", ">"], texts.speed],
    [["Esc"], texts.keys_close],
    [["?"], texts.keys],
  ];
  const list = rows.map(([keys, what]) => {
    const pressed = keys.flatMap((key, index) => [index ? " " : "", make("kbd", { textContent: key })]);
    return make("div", {}, make("dt", {}, ...pressed), make("dd", { textContent: what }));
  });
  const hint = make("p", { textContent: texts.keys_hint });
  return make("details", { className: "fh-keys" }, make("summary", { textContent: texts.keys }), hint, make("dl", {}, ...list));
}

/* Open the settings with the list. */
export function showKeys({ menus, settings }) {
  if (menus.open?.button !== settings) settings.click();
  const details = menus.open.panel.querySelector(".fh-keys");
  details.open = true;
  details.firstChild.focus();
  details.scrollIntoView({ block: "nearest" });
}
