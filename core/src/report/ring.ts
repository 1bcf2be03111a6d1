import type { NodeComparison } from "../nodes/compare.ts";
import type { InCommon } from "../ring/common.ts";
import type { Coverage } from "../ring/coverage.ts";
import type { RingFinding, RingScope } from "../ring/locate.ts";
import type { RingDial } from "../ring/results.ts";
import type { RingResult } from "../ring/run.ts";
import { shortList } from "../ring/words.ts";
import { printableIn, printableJson } from "../text/printable.ts";
import { count, countOf } from "./nodes.ts";

/** The command that looks into a finding; undefined where no pod stands on both nodes. By the index of the finding. */
export type NextStep = (index: number) => string | undefined;

export function ringToText(result: RingResult, next: NextStep, common: readonly InCommon[]): string {
  const { findings, dials, not, listened, coverage, seed, rounds, early } = printableIn(result);
  return `${[
    `Dialled around a ring, ${countOf(listened, "node")} that listened, ${countOf(rounds, "round")}, seed ${seed}`,
    ...(["IPv6", "IPv4"] as const).map((family) => totals(family, dials)),
    ...(not.length > 0 ? [`not looked: ${countOf(not.length, "node")}: ${shortList(not)}`] : []),
    ...findings.flatMap((finding, index) => [
      "",
      `${finding.family} fails ${scopeWords(finding.scope)}: ${count(finding.failed)} of ${countOf(finding.dials, "dial")} (${reasons(finding.failing)})`,
      `  ${otherFamilyWords(finding)}`,
      `  ${next(index) ?? "no pod of somebody's runs on both nodes, to be diagnosed from"}`,
    ]),
    ...printableIn(common).flatMap(commonWords),
    "",
    ...coverageWords(coverage),
    ...(early ? [`It ended early, because ${early}: what was not dialled is not known.`] : []),
  ].join("\n")}\n`;
}

function commonWords({ family, nodes, what }: InCommon): string[] {
  return [
    "",
    `The ${countOf(nodes.length, "node")} that fail over ${family}, and no other, have in common (which proves no cause):`,
    ...what.slice(0, 8).map((word) => `  ${word.slice(0, 160)}`),
  ];
}

function totals(family: "IPv6" | "IPv4", dials: readonly RingDial[]): string {
  const latest = [...new Map(dials.map((dial) => [`${dial.from} ${dial.to} ${dial.family}`, dial])).values()];
  const own = latest.filter((dial) => dial.family === family);
  if (own.length === 0) return `${family}  not looked: no pair of pods has addresses of it`;
  const failed = own.filter(({ outcome }) => outcome !== "ok").length;
  const late = own.filter(({ outcome, tries }) => outcome === "ok" && tries > 1).length;
  const flaky = new Set(
    dials
      .filter((dial) => dial.family === family && dial.outcome !== "ok" && !own.includes(dial))
      .map(({ from, to }) => `${from} ${to}`),
  );
  const mended = own.filter(({ from, to, outcome }) => outcome === "ok" && flaky.has(`${from} ${to}`)).length;
  return [
    `${family}  ${count(own.length - failed)} of ${countOf(own.length, "dial")} answered`,
    ...(failed > 0 ? [`${count(failed)} fail`] : []),
    ...(late > 0 ? [`${count(late)} at the second try`] : []),
    ...(mended > 0 ? [`${count(mended)} had failed in an earlier round`] : []),
  ].join(", ");
}

/** "between every node and node-17" */
export function scopeWords(scope: RingScope): string {
  switch (scope.is) {
    case "all":
      return "between all nodes";
    case "node":
      if (scope.way === "both") return `from and to node ${scope.node}`;
      return `${scope.way} node ${scope.node}`;
    case "zone":
      return `from and to every node of zone ${scope.name}`;
    case "kind":
      return `from and to every node of the kind ${scope.name}`;
    case "zones":
      return between(scope, "zone");
    case "kinds":
      return between(scope, "kind");
    case "node-zone":
      return `between node ${scope.node} and zone ${scope.zone}`;
    case "pair":
      return `from node ${scope.from} to node ${scope.to}`;
  }
}

function between(scope: Extract<RingScope, { readonly is: "zones" | "kinds" }>, word: string): string {
  const [a, b] = scope.between;
  return scope.oneWay ? `from ${word} ${a} to ${word} ${b}` : `between ${word} ${a} and ${word} ${b}`;
}

function reasons(failing: readonly RingDial[]): string {
  const words = {
    refused: "refused",
    timeout: "no answer",
    unreachable: "unreachable",
    other: "somebody else answered",
    ok: "",
  };
  const groups = [...Map.groupBy(failing, ({ outcome }) => outcome)].map(
    ([outcome, same]) => `${count(same.length)} ${words[outcome]}`,
  );
  return groups.join(", ");
}

function otherFamilyWords({ family, otherFamily: { dialled, failed } }: RingFinding): string {
  const other = family === "IPv6" ? "IPv4" : "IPv6";
  if (dialled === 0) return `${other} was not dialled there`;
  if (failed === 0) return `${other} works there: ${countOf(dialled, "dial")}`;
  return `${other} fails there as well: ${count(failed)} of ${countOf(dialled, "dial")}`;
}

/** What was covered, once for both families where it is the same. */
function coverageWords({ IPv6, IPv4 }: RingResult["coverage"]): string[] {
  if (IPv6 && IPv4 && JSON.stringify(IPv6) === JSON.stringify(IPv4)) return covered("IPv6 and IPv4", IPv6);
  if (!IPv6 && !IPv4) return ["Nothing was dialled from both ends: it takes two nodes that listen and dial."];
  return [...(IPv6 ? covered("IPv6", IPv6) : []), ...(IPv4 ? covered("IPv4", IPv4) : [])];
}

/** How likely what was not found is not there: only what the numbers carry. */
function covered(family: string, coverage: Coverage): string[] {
  const { nodes, partners, pairs, onePair, halfDeafNode, zones, leastZonePair, zonePairsNotDialled } = coverage;
  if (onePair === 1) return [`Covered over ${family}: every pair of ${countOf(nodes, "node")}, from both ends.`];
  const lines = [
    `Covered over ${family}: every node with at least ${countOf(partners, "other")}, from both ends: ${count(pairs)} of ${count((nodes * (nodes - 1)) / 2)} pairs.`,
    `  One failing pair between two healthy nodes is found with a probability of ${percent(onePair)}; a node that does not reach every second other one with ${percent(halfDeafNode)}.`,
  ];
  if (zones < 2 || !leastZonePair) return lines;
  const [a, b] = leastZonePair.zones.map((zone) => zone || "(none)");
  return [
    ...lines,
    zonePairsNotDialled > 0
      ? `  Between ${countOf(zonePairsNotDialled, "pair")} of zones nothing was dialled.`
      : `  Between any two of ${count(zones)} zones at least ${countOf(leastZonePair.pairs, "pair")} of nodes (${a} and ${b}): zones that do not reach each other are found.`,
  ];
}

/** Never rounded up to certainty. */
export function percent(share: number): string {
  const tenths = Math.floor(share * 1000) / 10;
  if (share > 0 && tenths === 0) return "less than 0.1 %";
  return share >= 1 ? "100 %" : share > 0.999 ? "more than 99.9 %" : `${tenths} %`;
}

export function nodesToJson(
  comparison: NodeComparison,
  ring: (RingResult & { readonly inCommon: readonly InCommon[] }) | undefined,
  next: NextStep,
  exitCode: number,
): string {
  const made = ring && {
    ...ring,
    // Thousands of dials that work say no more than their number.
    dials: { made: ring.dials.length, failing: ring.dials.filter(({ outcome }) => outcome !== "ok") },
    findings: ring.findings.map((finding, index) => ({
      ...finding,
      failing: finding.failing.map(({ from, to, outcome }) => ({ from, to, outcome })),
      words: scopeWords(finding.scope),
      next: next(index) ?? null,
    })),
  };
  const document = { kind: "kube-ipv6 nodes", version: 1, exitCode, ...comparison, ring: made ?? null };
  return printableJson(`${JSON.stringify(document, undefined, 2)}\n`);
}
