/* This module reads from the address at which moment a player begins: `#t=90` is the W3C's media fragment. */

/* Seconds from 90, 1:30, 1:02:03, 1m30s, 90s; undefined from anything else. Six digits are eleven days. */
export function readSeconds(text) {
  const word = (text ?? "").replace(/^npt:/, "").replace(/,.*$/, "");
  const found =
    /^(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:\.\d*)?$/.exec(word) ??
    (word && /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})(?:\.\d*)?s?)?$/.exec(word));
  return found ? found.slice(1).reduce((all, part) => all * 60 + Number(part ?? 0), 0) : undefined;
}

export const isFirst = (host) => document.querySelector("fh-player") === host;

/* `#t=90`, or `?t=90` as other sites write it, means the first player of the page; `&video=…` names another. Undefined
   where nothing is said of this one. `isLater`: the address has changed, and its first part has not. */
export function readMoment(host, isLater) {
  const here = new URLSearchParams(location.hash.slice(1));
  const isMine = here.has("video") ? here.get("video") === host.dataset.id : isFirst(host);
  if (here.has("t")) return isMine ? readSeconds(here.get("t")) : undefined;
  return isFirst(host) && !isLater ? readSeconds(new URLSearchParams(location.search).get("t")) : undefined;
}

/* 1:02:03, as a clock shows it. */
export function clock(seconds) {
  const all = Math.max(0, Math.floor(seconds || 0));
  const pair = (number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor(all / 60) % 60];
  return hours ? `${hours}:${pair(minutes)}:${pair(all % 60)}` : `${minutes}:${pair(all % 60)}`;
}
