import { ranges } from "#core/facts/ranges.ts";
import { FactIndex } from "#core/lint/fact-index.ts";
import { anything } from "#core/manifest/mentions.ts";
import { buildPlan, placedPrefixes, planToJson } from "#core/plan/plan.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { givenDocuments } from "../given-manifests.ts";
import type { Served } from "../tool.ts";

export const tool: Served = {
  async ask(given) {
    const { files, unjudged } = givenDocuments(given);
    const holders = files.flatMap(({ name, documents }) =>
      documents.map(({ text, resources }, document) => ({ file: name, document, glance: anything(text), resources })),
    );
    const built = buildPlan(placedPrefixes(new FactIndex(() => holders).all(ranges)));
    const { roots, overlaps } = planToJson(built) as { roots: readonly Node[]; overlaps: readonly unknown[] };
    return {
      verdict: overlaps.length > 0 ? "overlaps" : unjudged.length > 0 || roots.length === 0 ? "unknown" : "no overlap",
      ours: [
        `${overlaps.length} overlaps`,
        `${roots.length} ranges that lie in no other`,
        "kubectl get nodes --output custom-columns=NAME:.metadata.name,PODS:.spec.podCIDRs shows what nodes have got",
      ],
      head: {},
      lists: [
        ["overlaps", overlaps],
        ["notRead", unjudged.map(sentenceOf)],
        ["ranges", roots.flatMap((root) => flat(root, undefined))],
      ],
    };
  },
};

interface Node {
  readonly range: string;
  readonly size: string;
  readonly entries: readonly unknown[];
  readonly free: readonly string[];
  readonly children: readonly Node[];
}

/** One line a range, and of what is free the four largest blocks. */
function flat({ range, entries, free, children }: Node, inside: string | undefined): object[] {
  const own = { range, ...(inside === undefined ? {} : { inside }), writtenBy: entries, free: free.slice(0, 4) };
  return [own, ...children.flatMap((child) => flat(child, range))];
}
