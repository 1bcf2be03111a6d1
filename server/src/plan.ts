import type { Connection, Range } from "vscode-languageserver/node";
import { ranges, rangesOf } from "#core/facts/ranges.ts";
import { buildPlan, placedPrefixes, planToJson } from "#core/plan/plan.ts";
import { nameOf } from "./names.ts";
import { methods } from "./protocol.ts";
import type { Session } from "./session.ts";
import { record } from "./settings.ts";
import { toRange } from "./to-lsp.ts";

/**
 * The address plan, one for the files that are meant for one cluster: that of the file asked for, or all of them. Every
 * entry says where it is written, as `uri` and `range`.
 */
export function plan(connection: Connection, session: Session): void {
  connection.onRequest(methods.plan, (params: unknown) => {
    const { uri } = record(params);
    const { workspace } = session;
    const all = typeof uri === "string" ? [workspace.all(nameOf(uri), ranges)] : workspace.everywhere(ranges);
    const plans = all
      .filter((known) => known.length > 0)
      .map((known) => located(planToJson(buildPlan(placedPrefixes(known))), session));
    return { plans };
  });
}

function located(value: unknown, session: Session): unknown {
  if (Array.isArray(value)) return value.map((item) => located(item, session));
  if (typeof value !== "object" || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, located(item, session)]));
  const { file, document, path, text } = inner as { file?: string; document?: number; path?: string; text?: string };
  if (file === undefined || document === undefined || path === undefined) return inner;
  const range = rangeOf(session, file, document, path, text);
  return { ...inner, uri: session.uriOf(file), ...(range ? { range } : {}) };
}

function rangeOf(session: Session, name: string, document: number, path: string, text?: string): Range | undefined {
  const file = session.workspace.file(name);
  const all = file?.documents[document]?.resources.flatMap(rangesOf) ?? [];
  const found = all.find((range) => range.path === path && (text === undefined || range.text === text));
  return file && found ? toRange(file, document, found.at) : undefined;
}
