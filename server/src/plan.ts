import type { Connection, Range } from "vscode-languageserver";
import * as messages from "#core/editor/messages.ts";
import { placedRangesOf, ranges } from "#core/facts/ranges.ts";
import { placedPrefixes } from "#core/plan/plan.ts";
import { answer } from "./answer.ts";
import { nameOf } from "./names.ts";
import type { Session } from "./session.ts";
import { sentRecord } from "./settings.ts";
import { toRange } from "./to-lsp.ts";

/** The prefixes of the address plan, those of the files that are meant for one cluster together, each with where it is written. */
export function servePlan(connection: Connection, session: Session): void {
  answer(connection, messages.plan, (params) => {
    const { uri } = sentRecord(params);
    const { workspace } = session;
    const all = typeof uri === "string" ? [workspace.all(nameOf(uri), ranges)] : workspace.everywhere(ranges);
    const plans = all.map(placedPrefixes).filter((placed) => placed.length > 0);
    return { plans: plans.map((placed) => placed.map((one) => written(one, session))) };
  });
}

type Placed = ReturnType<typeof placedPrefixes>[number];

function written({ span: _span, ...placed }: Placed, session: Session): messages.WrittenPrefix {
  const range = rangeOf(session, placed);
  return { ...placed, uri: session.uriOf(placed.file), ...(range ? { range } : {}) };
}

function rangeOf(session: Session, { file: name, document, path, text }: Omit<Placed, "span">): Range | undefined {
  const file = session.workspace.file(name);
  const all = file?.documents[document]?.resources.flatMap(placedRangesOf) ?? [];
  const found = all.find((range) => range.path === path && range.text === text);
  return file && found ? toRange(file, document, found.at) : undefined;
}
