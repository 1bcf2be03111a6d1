import { isMapping, type Json } from "../policy/read.ts";

/** Whether all that is compared of a document is there, in the form that this version prints. */
export function wholeReadiness({ workloads }: Json): boolean {
  return everyOf(
    workloads,
    (one) => has(one, "workload", "class") && partOf(one.blocks, (block) => has(block, "kind", "what")),
  );
}

export function wholeServices({ services }: Json): boolean {
  return everyOf(
    services,
    (one) => has(one, "service") && everyOf(one.differences, (each) => has(each, "kind", "what")),
  );
}

export function wholeParity({ differences }: Json): boolean {
  return everyOf(
    differences,
    (one) => has(one, "open", "direction") && isMapping(one.rule) && has(one.rule, "policy") && partOf(one.workloads),
  );
}

export function wholeDiagnosis({ symptoms, causes }: Json): boolean {
  return (
    everyOf(symptoms, (one) => has(one, "from", "to", "family") && typeof one.failed === "boolean") &&
    everyOf(causes, (one) => has(one, "id"))
  );
}

export function wholePlan({ overlaps }: Json): boolean {
  return everyOf(overlaps, ({ first, second }) => [first, second].every((one) => isMapping(one) && has(one, "kind")));
}

/** These are words, and whatever else stands beside them is plain: it is made a part of a sentence. */
function has(one: Json, ...words: readonly string[]): boolean {
  return words.every((word) => typeof one[word] === "string");
}

function everyOf(value: unknown, isWhole: (one: Json) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => isMapping(one) && isWhole(one));
}

/** The same of what may be left out; without a form of its own it is a list of words. */
function partOf(value: unknown, isWhole?: (one: Json) => boolean): boolean {
  if (value === undefined) return true;
  return isWhole ? everyOf(value, isWhole) : Array.isArray(value) && value.every((one) => typeof one === "string");
}
