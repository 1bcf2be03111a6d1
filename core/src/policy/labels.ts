import { asText } from "../text/as-text.ts";
import { isMapping, list, mapping, own, string, strings } from "./read.ts";
import { every, isUnknown, not, type Truth, unknownTruth } from "./truth.ts";

/** Looks up a label: its value, undefined if the object does not carry it, or why nobody knows. */
export type Lookup = (key: string) => string | undefined | { readonly unknown: string };

/** Labels that are all known. */
export function lookupIn(labels: Readonly<Record<string, string>> | undefined): Lookup {
  return (key) => string(own(labels, key));
}

/**
 * The labels of a namespace. `kubernetes.io/metadata.name` is its name whether or not its labels were read:
 * {@link https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name}.
 */
export function lookupNamespace(name: string, labels: Readonly<Record<string, string>> | undefined): Lookup {
  return (key) => {
    if (key === "kubernetes.io/metadata.name") return name;
    if (labels) return string(own(labels, key));
    return unknownTruth(`the labels of namespace ${name} are not known (${key} is asked for)`);
  };
}

/**
 * A LabelSelector (matchLabels and matchExpressions, all must hold); an empty one selects everything.
 * Semantics of NotIn and of an absent label as in k8s.io/apimachinery/pkg/labels/selector.go, Requirement.Matches:
 * a label that is absent satisfies NotIn and DoesNotExist.
 */
export function selectorMatches(selector: unknown, lookup: Lookup): Truth {
  const fault = selectorFault(selector);
  if (fault !== undefined || !isMapping(selector)) return unknownTruth(fault ?? "");
  const labels = Object.entries(mapping(selector.matchLabels)).map(([key, value]) =>
    has(lookup(key), (found) => found === value),
  );
  const expressions = list(selector.matchExpressions).map((expression) =>
    expressionMatches(mapping(expression), lookup),
  );
  return every([...labels, ...expressions]);
}

/** Why no server would accept a selector, or undefined. `{app: web}` is the usual slip: it is no selector for app=web. */
export function selectorFault(selector: unknown): string | undefined {
  if (!isMapping(selector)) return `${JSON.stringify(selector) ?? "nothing"} is no label selector`;
  const odd = Object.keys(selector).find((key) => key !== "matchLabels" && key !== "matchExpressions");
  if (odd !== undefined) return `a label selector has no field "${odd}"`;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (!isMapping(matchLabels ?? {})) return "matchLabels is no mapping";
  return Array.isArray(matchExpressions ?? []) ? undefined : "matchExpressions is no list";
}

/** `app=web, tier in (a, b)`; empty text for a selector that selects everything. */
export function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = mapping(selector);
  const labels = Object.entries(mapping(matchLabels)).map(([key, value]) => `${key}=${asText(value)}`);
  const expressions = list(matchExpressions).map((expression) => {
    const { key, operator, values } = mapping(expression);
    const among = `(${strings(values)
      .map(({ text }) => text)
      .join(", ")})`;
    if (operator === "In") return `${asText(key)} in ${among}`;
    if (operator === "NotIn") return `${asText(key)} not in ${among}`;
    return operator === "DoesNotExist" ? `!${asText(key)}` : asText(key);
  });
  return [...labels, ...expressions].join(", ");
}

/** True if the selector has no requirement, so that it selects everything. */
export function selectsEverything(selector: unknown): boolean {
  const { matchLabels, matchExpressions } = mapping(selector);
  return (
    selectorFault(selector) === undefined &&
    Object.keys(mapping(matchLabels)).length === 0 &&
    list(matchExpressions).length === 0
  );
}

/** Every key the selector asks for. */
export function selectorKeys(selector: unknown): string[] {
  const { matchLabels, matchExpressions } = mapping(selector);
  const asked = list(matchExpressions).flatMap((expression) => string(mapping(expression).key) ?? []);
  return [...Object.keys(mapping(matchLabels)), ...asked];
}

function expressionMatches({ key, operator, values }: Readonly<Record<string, unknown>>, lookup: Lookup): Truth {
  if (typeof key !== "string") return unknownTruth("a match expression has no key");
  const among = strings(values).map(({ text }) => text);
  const found = lookup(key);
  const isIn = has(found, (value) => among.includes(value));
  const exists = has(found, () => true);
  if (operator === "In") return isIn;
  if (operator === "NotIn") return not(isIn);
  if (operator === "Exists") return exists;
  if (operator === "DoesNotExist") return not(exists);
  return unknownTruth(`"${asText(operator)}" is not an operator of a match expression`);
}

function has(found: ReturnType<Lookup>, test: (value: string) => boolean): Truth {
  if (found === undefined) return false;
  return typeof found === "string" ? test(found) : isUnknown(found) && found;
}
