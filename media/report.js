// The page has no other way out than these messages: what to copy, what to save, and that it should run again.
const editor = acquireVsCodeApi();

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button") : null;
  if (button === null) return;
  const { copy, save, again } = button.dataset;
  if (copy !== undefined) {
    editor.postMessage({ copy });
    button.textContent = "Copied";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 1500);
  }
  if (save !== undefined) editor.postMessage({ save });
  if (again !== undefined) editor.postMessage({ again: true });
});
