// In the editor the page has no other way out than messages; in a file of its own it only copies.
const editor = globalThis.acquireVsCodeApi?.();
const said = document.getElementById("said");
const folds = [...document.querySelectorAll("details")];
const differences = document.getElementById("differences");

document.addEventListener("click", ({ target }) => {
  const found = target instanceof Element ? target.closest("button, a[href^='#']") : null;
  if (found === null) return;
  if (found.hash) return reveal(found.hash.slice(1));
  const { copy, save, again, chat, open, change, explain } = found.dataset;
  if (copy !== undefined) void copied(copy, found);
  if (save !== undefined) editor?.postMessage({ save });
  if (change !== undefined) editor?.postMessage({ change });
  if (explain !== undefined) editor?.postMessage({ explain });
  if (open !== undefined) editor?.postMessage({ open });
  if (chat !== undefined) {
    editor?.postMessage({ chat: true });
    say("Copied as text for a chat");
  }
  if (again !== undefined) {
    busy(true);
    editor?.postMessage({ again: true });
  }
});

async function copied(text, button) {
  if (editor) editor.postMessage({ copy: text });
  else await navigator.clipboard.writeText(text);
  say("Copied");
  button.textContent = "Copied";
  setTimeout(() => {
    button.textContent = "Copy";
  }, 1500);
}

/** Opens what a place is folded into, and goes there. */
function reveal(id) {
  const place = document.getElementById(id);
  place?.closest("details")?.setAttribute("open", "");
  place?.scrollIntoView({ block: "center" });
  place?.focus();
}

function say(text) {
  if (said) said.textContent = text;
}

function busy(is) {
  for (const button of document.querySelectorAll("[data-again]")) button.disabled = is;
  said?.classList.toggle("shown", is);
  say(is ? "Checking again ..." : "");
}

addEventListener("message", ({ data }) => {
  if (data?.focus === true) document.querySelector("h1")?.focus();
  if (data?.idle === true) busy(false);
});

// What is opened, and how far it is scrolled, stays when the tab is left or the window is loaded again.
if (editor) {
  const name = (fold) => fold.querySelector("summary")?.textContent.replace(/ \(\d+\)$/, "");
  const before = editor.getState() ?? {};
  const id = document.querySelector("main")?.dataset.report;
  if (before.folds) for (const fold of folds) fold.open = before.folds.includes(name(fold));
  if (differences && before.differences) differences.checked = true;
  scrollTo(0, before.scroll ?? 0);
  const keep = () =>
    editor.setState({
      id,
      folds: folds.filter(({ open }) => open).map(name),
      differences: differences?.checked,
      scroll: scrollY,
    });
  keep();
  for (const fold of folds) fold.addEventListener("toggle", keep);
  differences?.addEventListener("change", keep);
  addEventListener("scrollend", keep);
}
