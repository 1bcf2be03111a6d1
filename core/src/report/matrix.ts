import { type Family, parseAddress } from "../addresses/address.ts";
import type { Diagnosis, ReportedSymptom } from "../diagnosis/diagnosis.ts";
import { worked } from "../judging/symptom.ts";

/** What was tried, one target a line and one family a column. */
export interface MatrixRow {
  /** "pod default/web-1", "web.shop.svc at fd00:10:96::a" */
  readonly target: string;
  /** "pod default/a" */
  readonly from: string;
  readonly cells: Readonly<Record<Family, MatrixCell>>;
  /** What came of it in one family did not come of it in the other. */
  readonly differs: boolean;
}

export interface MatrixCell {
  readonly state: "works" | "fails" | "open" | "not tried";
  /** "connected in 70 ms", "no answer in 1.5 s" */
  readonly text: string;
  /** "[fd00::2]:8080"; empty where there is no more to say of it */
  readonly address: string;
  /** Number of its question among those that were asked. */
  readonly asked?: number;
}

/** Every dial and every name: what fails first, then what was asked for; else in the order it was tried. */
export function matrixOf({ symptoms, observations }: Diagnosis): MatrixRow[] {
  const tried = symptoms.filter(({ kind }) => kind !== "state");
  const refusals = new Set(observations.flatMap(({ answer }) => (answer.ok ? [] : [answer.refusal.message])));
  const place = (id: string | undefined) => observations.findIndex((one) => one.id === id);
  const cell = (symptom: ReportedSymptom | undefined): MatrixCell => {
    if (!symptom) return { state: "not tried", text: "not tried", address: "" };
    const at = place(symptom.observation);
    const text = refusals.has(symptom.text) ? "not tried" : symptom.text;
    return { state: stateOf(symptom), text, address: addressOf(symptom), ...(at < 0 ? {} : { asked: at }) };
  };
  const asked = [...tried.filter((one) => one.asked), ...tried.filter((one) => !one.asked)];
  const rows = [...Map.groupBy(asked, rowKey).values()].map((same): MatrixRow => {
    const of = (family: Family) => cell(same.find((symptom) => symptom.family === family));
    const cells = { IPv6: of("IPv6"), IPv4: of("IPv4") };
    const [first] = same;
    return { target: targetOf(first), from: first?.from ?? "", cells, differs: differing(cells) };
  });
  const fails = ({ cells }: MatrixRow) => [cells.IPv6, cells.IPv4].some(({ state }) => state === "fails");
  return [...rows.filter(fails), ...rows.filter((row) => !fails(row))];
}

/** The same target in either family has the same. */
export function rowKey({ kind, id, from }: ReportedSymptom): string {
  return kind === "name" ? `${from} ${id.replace(/^(AAAA|A) /, "")}` : withoutAddress(id.replace(/^IPv[46] /, ""));
}

function stateOf(symptom: ReportedSymptom): MatrixCell["state"] {
  if (symptom.failed) return "fails";
  if (symptom.outcome === "not-looked") return "not tried";
  return worked(symptom) ? "works" : "open";
}

/** What was not tried in one family differs only from what fails in the other: an address is of one family by its nature. */
function differing({ IPv6, IPv4 }: MatrixRow["cells"]): boolean {
  if (IPv6.state === IPv4.state) return false;
  return (
    [IPv6, IPv4].some(({ state }) => state === "fails") || ![IPv6, IPv4].some(({ state }) => state === "not tried")
  );
}

function targetOf(symptom: ReportedSymptom | undefined): string {
  if (!symptom) return "";
  if (symptom.kind === "name") return symptom.to.replace(/^(AAAA|A) of /, "");
  return withoutAddress(symptom.id).split(" > ")[1] ?? symptom.to;
}

/** A name that has several addresses is one target. */
function withoutAddress(id: string): string {
  const [, before, last] = /^(.* > .+) (\S+)$/.exec(id) ?? [];
  return before !== undefined && last !== undefined && parseAddress(last) ? before : id;
}

function addressOf({ kind, id, to }: ReportedSymptom): string {
  if (kind === "name") return id.startsWith("AAAA ") ? "AAAA" : "A";
  return to.slice(to.lastIndexOf(" ") + 1);
}
