/* This module puts figures into the words of the page's language. */

function say(value, unit, unitDisplay, maximumFractionDigits) {
  const style = { style: "unit", unit, unitDisplay, maximumFractionDigits };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(value);
}

export function saySize(bytes) {
  return bytes < 1e9 ? say(bytes / 1e6, "megabyte", "short", 1) : say(bytes / 1e9, "gigabyte", "short", 1);
}

export function saySpeed(bytesPerSecond) {
  return say(bytesPerSecond / 1e6, "megabyte-per-second", "short", 1);
}

/* Up to 90 seconds in seconds, up to 90 minutes in minutes: «2 minutes» for 91 seconds is near enough. */
export function sayTime(seconds) {
  if (seconds < 90) return say(Math.ceil(seconds), "second", "long", 0);
  return seconds < 5400 ? say(seconds / 60, "minute", "long", 0) : say(seconds / 3600, "hour", "long", 1);
}
