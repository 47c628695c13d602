// This script asks the server whether somebody is logged in.
const LONGEST_MS = 15_000; // a server that takes longer to say «yes» is no place to send an hour's work to
let asks = 0; // questions, in their order
let answered = 0; // the newest that has its answer
let known = "";

/* What is known by the newest question: an answer from before a login may arrive after one from behind it. */
export async function ask(url) {
  const mine = ++asks;
  const answer = await askServer(url);
  if (mine > answered) {
    answered = mine;
    known = answer;
  }
  return known;
}

/* "here": logged in. "login": no longer. "away": the server does not answer, or not as it should. */
async function askServer(url) {
  try {
    const options = { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } };
    const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(LONGEST_MS) });
    if (answer.ok) return "here";
    return answer.status >= 500 ? "away" : "login";
  } catch {
    return "away";
  }
}

/* A question is under way. */
export function isAsking() {
  return answered !== asks;
}
