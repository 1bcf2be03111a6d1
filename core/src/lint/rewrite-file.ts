import { splitDocuments } from "../manifest/split.ts";
import type { Workspace } from "./workspace.ts";

/** Gives an open file another text by as few edits as there are documents that differ, so that the rules look at no other again. */
export function rewriteFile(workspace: Workspace, name: string, text: string): void {
  const documents = workspace.file(name)?.documents ?? [];
  const texts = documents[0]?.program === undefined ? partsOf(text) : [text];
  if (texts.length !== documents.length) {
    workspace.open(name, text);
    return;
  }
  for (const [index, after] of texts.entries()) replace(workspace, name, index, after);
  // Where documents run into each other, an edit of one is one of its neighbour.
  if (workspace.file(name)?.text !== text) workspace.open(name, text);
}

function partsOf(text: string): readonly string[] {
  const starts = splitDocuments(text);
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
}

function replace(workspace: Workspace, name: string, index: number, after: string): void {
  const file = workspace.file(name);
  const before = file?.documents[index]?.text;
  if (!file || before === undefined || before === after) return;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const [start, end] = [head, before.length - tail].map((offset) => file.position(index, offset));
  if (start && end) workspace.change(name, { start, end, text: after.slice(head, after.length - tail) });
}
