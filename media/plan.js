// The page has no other way out than these messages: what to copy, and which line to open.
const editor = acquireVsCodeApi();
const main = document.querySelector("main");
// Whose plan it is must be known when the window is loaded anew.
editor.setState({ folder: main.dataset.folder, file: main.dataset.file });

/** The page's policy lets no markup carry its own style, so what lies where is set here. */
function place() {
  for (const element of main.querySelectorAll("[data-x]")) {
    element.style.left = `${element.dataset.x}%`;
    element.style.width = `${element.dataset.width}%`;
  }
  for (const element of main.querySelectorAll("[data-depth]"))
    element.style.setProperty("--depth", element.dataset.depth);
}

function openWhere({ uri, line, character }) {
  editor.postMessage({ open: { uri, line: Number(line), character: Number(character) } });
}

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest("button");
  const { copy, uri } = button?.dataset ?? {};
  if (copy !== undefined) {
    editor.postMessage({ copy });
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = before;
    }, 1500);
  } else if (uri !== undefined) openWhere(button.dataset);
  else if (target.closest(".axis, code") !== null) {
    const first = target.closest(".row")?.querySelector("[data-uri]");
    if (first) openWhere(first.dataset);
  }
});

// What a hover shows can be sent away without moving the mouse, and comes back with the next row.
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") main.classList.add("quiet-tips");
});
document.addEventListener("mouseover", ({ target }) => {
  if (target instanceof Element && target.closest(".row") === null) main.classList.remove("quiet-tips");
});

window.addEventListener("message", ({ data }) => {
  if (typeof data.body !== "string") return;
  const focused = [...main.querySelectorAll("button")].indexOf(document.activeElement);
  main.innerHTML = data.body;
  place();
  main.querySelectorAll("button")[focused]?.focus();
});

place();
editor.postMessage({ listens: true });
