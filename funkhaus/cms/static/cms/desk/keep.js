// This script keeps what was typed: a form goes to the server only while somebody is logged in and the server answers.
// Otherwise it stays as it is, a note says why, and sending again works as soon as the cause is gone.
import { giveBack, settle, takeOver } from "./edits.js";
import { ask, isAsking } from "./login.js";

// Scripts of all pages stand in the head, where the note itself may not.
const note = document.getElementById("fh-keep-note").content.firstElementChild;
const windows = new BroadcastChannel("fh-keep"); // a page that has loaded tells the others: somebody may have logged in
const isDoor = document.body.classList.contains("login");
document.body.append(note);
const asked = new WeakSet();
const asking = new WeakSet();
let token = readToken();
let stop = null; // where the focus was
let state = "";
let isRepeated = false; // a saving that failed, while somebody was logged in

/* A login in another window renews the token against forged requests: what stands in this page is worthless then. */
function readToken() {
  const start = `${note.dataset.cookie}=`;
  return document.cookie.split("; ").find((one) => one.startsWith(start))?.slice(start.length) ?? "";
}

function renewToken() {
  const fresh = readToken();
  if (!fresh || fresh === token) return false;
  token = fresh;
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh;
  // Wagtail's own requests take the token from here, which it has read once when the page was loaded.
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = fresh;
  return true;
}

function say(now) {
  state = now;
  note.classList.toggle("fh-desk-keep-on", Boolean(now));
  note.querySelector("[data-said]").textContent = now ? note.dataset[now] : "";
  note.querySelector("[data-login]").hidden = now !== "login";
  note.querySelector("[data-close]").hidden = !now || now === "waits";
}

const SENT_MS = 5_000; // by then the answer has come, or one may try again
const SLOW_MS = 1_000; // who waits longer is told what for

/* An automatic save goes first, and whoever pressed the button hears of it where that takes its time. */
async function waitForSave(form) {
  const timer = setTimeout(say, SLOW_MS, "waits");
  await takeOver(form);
  clearTimeout(timer);
  if (state === "waits") say("");
}

async function send(form, button) {
  asking.add(form);
  const now = await ask(note.dataset.url);
  if (now === "here") {
    await waitForSave(form);
    await settle(); // last: who types on while the server is asked loses nothing
  }
  asking.delete(form);
  if (now !== "here") {
    stop = button ?? document.activeElement;
    button?.setAttribute("data-w-progress-loading-value", "false"); // Wagtail has switched it off already
    say(now);
    if (now === "login") note.querySelector("[data-login]").focus();
    return;
  }
  renewToken();
  const isOff = button?.disabled ?? false;
  if (isOff) button.disabled = false; // the name of a button that is off would not be sent
  asked.add(form);
  let isUnderWay = false;
  const see = (event) => (isUnderWay = !event.defaultPrevented);
  addEventListener("submit", see, { once: true }); // after all others
  form.requestSubmit(button);
  removeEventListener("submit", see);
  asked.delete(form); // an invalid form was not sent: the next time is asked for anew
  if (isUnderWay) {
    asking.add(form); // pressed again, or a key held: not sent twice
    setTimeout(() => asking.delete(form) && giveBack(form), SENT_MS);
  } else giveBack(form);
  if (isOff) button.disabled = true;
}

function intercept(event) {
  const { target: form, submitter } = event;
  if (asked.delete(form) || form.getAttribute("method")?.toLowerCase() !== "post") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!asking.has(form)) send(form, submitter);
}

/* Wagtail's own saving was refused, or one of our editors': say so at once, and save as soon as it can be done. */
async function explain() {
  const now = await ask(note.dataset.url);
  const isNew = renewToken();
  if (now === "login") say(now); // the focus stays with whoever types
  if (now !== "here") return;
  if (state === "login") welcome();
  // What was under way during a login failed with the old token; what fails twice has another cause.
  else if (isNew || !isRepeated) goOn();
  isRepeated = true;
}

function goOn() {
  // Wagtail has no event that asks for saving: the controller of its form does it, by Stimulus' own look-up.
  const form = document.querySelector("form[data-controller~='w-autosave']");
  if (form) window.wagtail.app.getControllerForElementAndIdentifier(form, "w-autosave")?.save();
}

async function comeBack() {
  renewToken();
  if (state !== "login" && !isAsking()) return; // with a question under way, it may soon be said
  if ((await ask(note.dataset.url)) === "here" && state === "login") welcome();
}

function welcome() {
  renewToken();
  const hadFocus = note.contains(document.activeElement);
  say("again");
  if (hadFocus) stop?.focus();
  goOn();
}

if (!isDoor) {
  document.addEventListener("submit", intercept, true);
  document.addEventListener("w-autosave:error", explain);
  document.addEventListener("fh-refused", explain);
  document.addEventListener("w-autosave:success", () => (isRepeated = false));
  document.addEventListener("visibilitychange", comeBack);
  addEventListener("focus", comeBack);
  windows.addEventListener("message", comeBack);
  note.querySelector("[data-close]").addEventListener("click", () => {
    say("");
    stop?.focus();
  });
}
windows.postMessage("loaded");
