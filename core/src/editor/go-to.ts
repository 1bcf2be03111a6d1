import { spanHolds } from "../addresses/span.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { podFact, policyFact, policyKinds, selectedBy } from "../facts/policies.ts";
import { placedRangesOf, ranges } from "../facts/ranges.ts";
import { labelsOf, selectsAll } from "../facts/selectors.ts";
import { sameNamespace } from "../facts/services.ts";
import type { Fact, KnownFact } from "../lint/fact.ts";
import type { Document } from "../manifest/document.ts";
import type { Range } from "../manifest/field.ts";
import { podLabels, type Resource } from "../manifest/resource.ts";
import { spotAt } from "./hover/hover.ts";

/** The files that are meant for the same cluster. */
export interface FilesAround {
  all<T>(fact: Fact<T>): readonly KnownFact<T>[];
  /** The resource that says it, as its document is now. */
  resource(known: KnownFact<unknown>): Resource | undefined;
}

export interface GoToTarget extends Range {
  readonly file: string;
  /** 0-based, within the file */
  readonly document: number;
}

/**
 * Where what is written at an offset leads: from the selector of a Service to the pods it sends traffic to, from that of a policy to the
 * pods it holds for, from a pool's range to those of the plan that it lies in.
 */
export function targetsAt(document: Document, offset: number, around: FilesAround): readonly GoToTarget[] {
  const spot = spotAt(document, offset);
  if (!spot) return [];
  const { resource, field } = spot;
  const [first, second] = field.steps;
  if (resource.kind === "Service" && resource.group === "" && first === "spec" && second === "selector")
    return podsOf(resource, around);
  if (policyKinds.includes(resource.kind) && first === "spec" && /selector$|^subject$/i.test(String(second)))
    return selectedPods(resource, around);
  return outerRanges(resource, offset, around);
}

function podsOf(service: Resource, around: FilesAround): readonly GoToTarget[] {
  const selector = labelsOf(service.get("spec", "selector"));
  if (!selector || Object.keys(selector).length === 0) return [];
  return around.all(podFact).flatMap((known) => {
    const workload = around.resource(known);
    const labels = workload && labelsOf(podLabels(workload));
    return workload && labels && sameNamespace(known, service) && selectsAll(selector, labels)
      ? [target(known, workload)]
      : [];
  });
}

function selectedPods(policy: Resource, around: FilesAround): readonly GoToTarget[] {
  const all = around.all(policyFact).map(({ value }) => value);
  return selectedBy(policy.toJSON() as KubeObject, all, around.all(podFact)).flatMap((known) => {
    const workload = around.resource(known);
    return workload ? [target(known, workload)] : [];
  });
}

function outerRanges(resource: Resource, offset: number, around: FilesAround): readonly GoToTarget[] {
  const own = placedRangesOf(resource).find(({ at }) => offset >= at.start && offset <= at.end);
  if (!own) return [];
  return around.all(ranges).flatMap((known) => {
    const other = around.resource(known);
    const outer = other ? placedRangesOf(other).filter(({ span }) => spanHolds(span, own.span)) : [];
    return outer
      .filter(({ at }) => !known.isOf(resource) || at.start !== own.at.start)
      .map(({ at: { start, end } }) => ({ file: known.file, document: known.document, start, end }));
  });
}

/** The name of a workload. */
function target({ file, document }: KnownFact<unknown>, workload: Resource): GoToTarget {
  const { start, end } = workload.get("metadata", "name") ?? workload.get("kind") ?? workload.root;
  return { file, document, start, end };
}
