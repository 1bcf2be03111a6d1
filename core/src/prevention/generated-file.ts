import { yamlOf } from "../cluster/object-yaml.ts";
import { printable } from "../text/printable.ts";
import type { GeneratedFile } from "./model.ts";

/** What somebody has to know of a file before it is applied. */
export interface FileHead {
  /** What it is, and why it is written so. */
  readonly does: readonly string[];
  readonly sends: string;
  /** How it is applied, or used. */
  readonly use: string;
  readonly remove: string;
}

/** A file of one or several documents behind a comment that says what they do. */
export function generatedFile(path: string, head: FileHead, documents: readonly unknown[]): GeneratedFile {
  const said = [
    ...head.does,
    `Sends:  ${head.sends}`,
    `Use:    ${head.use}`,
    `Remove: ${head.remove}`,
    "Written by kube-ipv6 prevent, which has applied nothing.",
  ];
  return { path, text: `${said.map(asComment).join("")}${documents.map(yamlOf).join("---\n")}` };
}

const widest = 120;

/** Lines of a comment. A word of a cluster that stands in it cannot end it. */
export function asComment(text: string): string {
  const lines: string[] = [];
  for (const word of printable(text).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= widest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? `# ${word}` : `#   ${word}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}
