// This module makes objects of the cues in a WebVTT text, and a text of them again. The server reads the text again: here
// nothing is judged.
const TIMING = /^\s*(\S+)\s+-->\s+(\S+)(?:\s+(.*))?$/;
const CLOCK = /^(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,3}))?$/;

export function readClock(text) {
  const found = CLOCK.exec(text.trim());
  if (!found) return NaN;
  const [, hours = 0, minutes, seconds, part = "0"] = found;
  return (Number(hours) * 60 + Number(minutes)) * 60000 + Number(seconds) * 1000 + Number(part.padEnd(3, "0"));
}

export function writeClock(ms) {
  const [whole, part] = [Math.floor(ms / 1000), Math.round(ms % 1000)];
  const two = (number) => String(number).padStart(2, "0");
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(":");
  return `${clock}.${String(part).padStart(3, "0")}`;
}

export function readCues(text) {
  const cues = [];
  for (const block of text.split(/\r?\n(?:[ \t]*\r?\n)+/)) {
    const lines = block.split(/\r?\n/);
    const at = lines.findIndex((line) => line.includes("-->"));
    const found = at >= 0 && TIMING.exec(lines[at]);
    if (!found) continue;
    const [, start, end, settings = ""] = found;
    const words = lines.slice(at + 1).join("\n").trimEnd();
    cues.push({ start: readClock(start), end: readClock(end), settings, text: show(words) });
  }
  return cues;
}

export function writeCues(cues) {
  const blocks = cues.map((cue) => {
    const head = `${writeClock(cue.start)} --> ${writeClock(cue.end)} ${cue.settings}`.trimEnd();
    return `${head}\n${cue.text.replace(/\r/g, "").replace(/\n(?:[ \t]*\n)+/g, "\n").trim()}`;
  });
  return `${["WEBVTT", ...blocks].join("\n\n")}\n`;
}

/* An ampersand as people write it; the server escapes it again. */
function show(text) {
  return text.replace(/&amp;(?!#?\w{1,8};)/g, "&");
}

/* What a viewer reads: without tags and entities. */
export function plain(text) {
  const names = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };
  return text.replace(/<[^<>]*>/g, "").replace(/&(amp|lt|gt|quot|nbsp);/g, (whole, name) => names[name]);
}

/* The color that tells the speaker, empty for white. */
export function colorOf(text) {
  return /<c(?:\.[\w-]+)*?\.(yellow|cyan|lime|red|magenta|blue|black)\b/.exec(text)?.[1] ?? "";
}

/* The browser's own cue, as it will stand on the picture. */
export function makeShown(cue) {
  const shown = new VTTCue(cue.start / 1000, Math.max(cue.end, cue.start + 1) / 1000, cue.text);
  for (const word of cue.settings.split(/\s+/)) {
    const [name, value = ""] = word.split(":");
    const number = parseFloat(value);
    try {
      if (name === "line" && !Number.isNaN(number)) [shown.snapToLines, shown.line] = [!value.includes("%"), number];
      if ((name === "position" || name === "size") && !Number.isNaN(number)) shown[name] = number;
      if (name === "align") shown.align = value;
      if (name === "vertical") shown.vertical = value;
    } catch (error) {
      console.warn(error); // a setting that this browser does not know: the cue stands where it stands
    }
  }
  return shown;
}
