import type { Finding } from "../lint/rule.ts";
import { wordKept } from "../text/shortened.ts";
import type { Value } from "./envsubst.ts";
import type { BuiltFinding, JudgedBuild } from "./judged-build.ts";

/** A finding in what is built, as it is said of what was written. */
export function asWritten(built: BuiltFinding, build: JudgedBuild): Finding {
  const { finding, start, end, path, whole, inFile, filled = [] } = built;
  const where = inFile === undefined ? "" : `in ${inFile}, `;
  const folder = build.folder.split("/").slice(-2).join("/");
  const values = [...new Map(filled.map(({ value }) => [value.name, value])).values()];
  const said = values.map(saidOf).join("; ") || `as ${build.flux ? `Kustomization ${build.flux}` : folder} builds it`;
  return {
    ...finding,
    start,
    end,
    path,
    message: `${hiding(finding.message, values, build)} (${where}${said})`,
    fixes: whole ? finding.fixes : [],
  };
}

function hiding(message: string, values: readonly Value[], { secrets }: JudgedBuild): string {
  if (values.some(({ secret }) => secret)) return "what is filled in here is wrong; it is not shown";
  // Of a long one a part tells it: messages are cut.
  const tells = [...secrets].some((form) => message.includes(form.slice(0, wordKept / 2)));
  return tells ? "this is wrong; why is not shown, since that would tell what a Secret holds" : message;
}

function saidOf({ name, text, where, secret }: Value): string {
  const short = text.length > longest ? `${text.slice(0, longest)}...` : text;
  return secret ? `${name} is from ${where}` : `${name} is ${short}, ${where === "" ? "its default" : `from ${where}`}`;
}

/** UTF-16 units of a value that are said. */
const longest = 100;
