/** Two runs of one question held against each other: what was bad and is not any more, and the other way round. */

import { isMapping, type Json, list, mapping, string } from "../policy/read.ts";
import { asText } from "../text/as-text.ts";
import { wholeDiagnosis, wholeParity, wholePlan, wholeReadiness, wholeServices } from "./whole.ts";

/** A document of a run, with what is bad in it. */
export interface ComparedRun {
  readonly kind: "readiness" | "parity" | "services" | "diagnosis" | "plan";
  /** What is bad, by what it is known by in every run. */
  readonly bad: ReadonlyMap<string, string>;
  /** What it was about: a thing that is not there any more got no better. */
  readonly about: ReadonlyMap<string, string>;
}

export interface Comparison {
  readonly kind: ComparedRun["kind"];
  readonly better: readonly string[];
  readonly worse: readonly string[];
  /** Was bad, and what it was about was not looked at again. */
  readonly gone: readonly string[];
  readonly same: number;
}

/** Reads what `--format json` of a command prints; says what is wrong with anything else. */
export function runOf(text: string): ComparedRun | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return "is no JSON";
  }
  if (!isMapping(document)) return "is no document of a run";
  if (document.kind === "kube-ipv6-diagnosis")
    return "is what --save keeps: kube-ipv6 diagnose --open FILE --format json judges it, and prints what is compared";
  const reader = readerOf(document);
  if (!reader) return "is none of readiness, policy --parity, services, diagnose and plan, each with --format json";
  const [read, isWhole] = reader;
  // What is not understood would be bad no more.
  return isWhole(document) ? read(document) : "was changed, or made by another version: not all of it is understood";
}

type Reader = readonly [(document: Json) => ComparedRun, (document: Json) => boolean];

function readerOf(document: Json): Reader | undefined {
  if (document.kind === "kube-ipv6 readiness") return [readiness, wholeReadiness];
  if (document.kind === "kube-ipv6 services") return [services, wholeServices];
  if (document.kind === "kube-ipv6 parity") return [parity, wholeParity];
  if (Array.isArray(document.symptoms) && Array.isArray(document.causes)) return [diagnosis, wholeDiagnosis];
  return Array.isArray(document.roots) && Array.isArray(document.overlaps) ? [plan, wholePlan] : undefined;
}

/** Undefined if the two are of different questions. */
export function compareRuns(before: ComparedRun, after: ComparedRun): Comparison | undefined {
  if (before.kind !== after.kind) return undefined;
  const left = [...before.bad].filter(([key]) => !after.bad.has(key));
  // A run that tells of nothing in particular was about everything.
  const there = ([key]: readonly [string, string]) => {
    const about = before.about.get(key);
    return about === undefined || [...after.about.values()].includes(about) || after.about.size === 0;
  };
  return {
    kind: before.kind,
    better: left.filter(there).map(([, says]) => says),
    gone: left.filter((one) => !there(one)).map(([, says]) => says),
    worse: [...after.bad].filter(([key]) => !before.bad.has(key)).map(([, says]) => says),
    same: [...after.bad.keys()].filter((key) => before.bad.has(key)).length,
  };
}

class Bad {
  readonly bad = new Map<string, string>();
  readonly about = new Map<string, string>();

  add(about: string, key: string, says: string): void {
    this.bad.set(`${about} ${key}`, says);
    this.about.set(`${about} ${key}`, about);
  }

  /** It was looked at, and may have nothing bad. */
  looked(about: string): void {
    this.about.set(about, about);
  }
}

function readiness({ workloads }: Json): ComparedRun {
  const found = new Bad();
  for (const entry of list(workloads).map(mapping)) {
    const workload = asText(entry.workload);
    found.looked(workload);
    if (entry.class === "unknown") found.add(workload, "unknown", `${workload} is not known`);
    if (entry.class === "IPv4-only") found.add(workload, "IPv4-only", `${workload} is of IPv4 alone`);
    for (const { kind, what, where } of list(entry.blocks).map(mapping))
      found.add(workload, `${kind} ${what} ${asText(where)}`, `${workload}: ${what}`);
  }
  return { kind: "readiness", ...found };
}

function services({ services: all }: Json): ComparedRun {
  const found = new Bad();
  for (const { service, differences } of list(all).map(mapping)) {
    found.looked(asText(service));
    // Counts and names within the sentence change from run to run; the same fault of the same family is the same.
    for (const { kind, family, what } of list(differences).map(mapping))
      found.add(asText(service), `${kind} ${asText(family)}`, `Service ${service}: ${what}`);
  }
  return { kind: "services", ...found };
}

/** A rule that is mended or taken away lets nothing differ any more, either way. */
function parity({ differences }: Json): ComparedRun {
  const found = new Bad();
  for (const one of list(differences).map(mapping)) {
    if (one.intended !== undefined) continue;
    const { policy, text } = mapping(one.rule);
    const says = `${one.open} alone is let through, ${one.direction} of ${list(one.workloads).slice(0, 3).join(", ")}: ${policy} (${asText(text)})`;
    found.bad.set(`${one.open} ${one.direction} ${policy} ${asText(text)}`, says);
  }
  return { kind: "parity", ...found };
}

function diagnosis({ symptoms, causes }: Json): ComparedRun {
  const found = new Bad();
  for (const { from, to, family, failed, text, outcome } of list(symptoms).map(mapping)) {
    const about = `${from} ${to} ${family}`;
    found.looked(about);
    if (failed === true)
      found.add(about, "fails", `${family} from ${from} to ${to}: ${string(text) || asText(outcome)}`);
  }
  for (const { id, verdict } of list(causes).map(mapping))
    if (verdict === undefined || verdict === "proven") found.bad.set(`cause ${id}`, `cause ${id}`);
  return { kind: "diagnosis", ...found };
}

function plan({ overlaps }: Json): ComparedRun {
  const found = new Bad();
  for (const overlap of list(overlaps).map(mapping)) {
    const [one, other] = [mapping(overlap.first), mapping(overlap.second)].map(({ text, range, kind, name }) =>
      `${asText(text ?? range)} of ${kind} ${asText(name ?? "")}`.trim(),
    );
    found.bad.set(`${one} ${other}`, `${one} overlaps ${other}`);
  }
  return { kind: "plan", ...found };
}
