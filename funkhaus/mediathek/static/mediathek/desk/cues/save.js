// This module stores the text and tells what became of it: nothing is lost when it is refused.
export async function store(form, content, force = false) {
  const body = new FormData(form);
  body.set("content", content);
  if (force) body.set("force", "1");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch (error) {
    console.warn(error);
    return { problem: "offline" };
  }
  if (answer.redirected || !(answer.headers.get("content-type") ?? "").startsWith("application/json")) {
    document.dispatchEvent(new CustomEvent("fh-refused")); // the desk's note leads to the login
    return { problem: "logged_out" };
  }
  const stand = await answer.json();
  return answer.ok ? stand : { ...stand, problem: answer.status === 409 ? "changed" : "refused" };
}
