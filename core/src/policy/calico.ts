/**
 * NetworkPolicy and GlobalNetworkPolicy of projectcalico.org/v3 (and as Calico stores them, crd.projectcalico.org/v1):
 * {@link https://docs.tigera.io/calico/latest/reference/resources/networkpolicy},
 * {@link https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy}.
 * Tiers by order, policies by order and name, rules as written; the first rule that matches decides:
 * {@link https://docs.tigera.io/calico/latest/reference/resources/tier}.
 */
import type { Prefix } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import {
  accountSelected,
  calicoNamespace,
  calicoPodLabels,
  isText,
  netsOfSets,
  parsedSelector,
} from "./calico-entity.ts";
import { compileCalicoRule, refusedRule } from "./calico-rule.ts";
import { parseSelector } from "./calico-selector.ts";
import type { CompiledPolicy, Direction, PodEndpoint, PolicySection, PolicySurroundings, Tier } from "./model.ts";
import { isMapping, type Json, list, mapping, number, string, strings } from "./read.ts";
import { referTo, refText } from "./ref.ts";
import { every, type Truth, unknownTruth } from "./truth.ts";

export function compileCalico(policy: KubeObject, surroundings: PolicySurroundings): readonly CompiledPolicy[] {
  const spec = mapping(policy.spec);
  // Untracked and pre-DNAT policies apply to host endpoints only, never to pods.
  if (spec.doNotTrack === true || spec.preDNAT === true) return [];
  const ref = referTo(policy);
  const namespace = policy.kind === "NetworkPolicy" ? (ref.namespace ?? "default") : undefined;
  const refused = whyRefused(spec);
  const types = typesOf(spec);
  const sets = netsOfSets(surroundings);
  return [
    {
      ref,
      source: policy,
      tier: tierOf(spec, surroundings),
      // "If no order is specified, the policy is applied last."
      order: number(spec.order) ?? Number.POSITIVE_INFINITY,
      selects: (pod, around) =>
        every([
          ...(refused === undefined ? [] : [unknownTruth(`Calico refuses ${refText(ref)}: ${refused}`)]),
          selected(spec, namespace, pod, around),
        ]),
      selectsHostNetwork: false,
      ...(refused === undefined ? {} : { refused }),
      ...(types.includes("Ingress") ? { ingress: section(spec, "ingress", namespace, sets) } : {}),
      ...(types.includes("Egress") ? { egress: section(spec, "egress", namespace, sets) } : {}),
    },
  ];
}

/** Without `types`: Ingress, unless there are egress rules and no ingress rules; Egress if there are egress rules. */
function typesOf(spec: Json): readonly string[] {
  const given = strings(spec.types).map(({ text }) => text);
  if (given.length > 0) return given;
  const egress = list(spec.egress).length > 0;
  if (!egress) return ["Ingress"];
  return list(spec.ingress).length > 0 ? ["Ingress", "Egress"] : ["Egress"];
}

function section(
  spec: Json,
  direction: Direction,
  namespace: string | undefined,
  sets: readonly Prefix[],
): PolicySection {
  const rules = list(spec[direction]).flatMap((rule, index) =>
    compileCalicoRule(mapping(rule), `spec.${direction}[${index}]`, direction, namespace, sets),
  );
  const path = spec[direction] !== undefined ? `spec.${direction}` : spec.types ? "spec.types" : "spec";
  return { rules, isolates: true, path };
}

function selected(
  spec: Json,
  namespace: string | undefined,
  pod: PodEndpoint,
  surroundings: PolicySurroundings,
): Truth {
  const { selector, namespaceSelector, serviceAccountSelector } = spec;
  const account = (text: string): Truth =>
    pod.serviceAccount === undefined
      ? unknownTruth("the service account of the pod is not known")
      : accountSelected(text, pod.serviceAccount, pod.namespace, surroundings);
  return every([
    namespace === undefined || namespace === pod.namespace,
    !isText(namespaceSelector) || parsedSelector(namespaceSelector)(calicoNamespace(pod, surroundings), true),
    !isText(selector) || parsedSelector(selector)(calicoPodLabels(pod), true),
    !isText(serviceAccountSelector) || account(serviceAccountSelector),
  ]);
}

/** Tiers that Calico makes itself, with their orders; "allow-tigera" and "adminnetworkpolicy" are older names. */
const ownTiers: Readonly<Record<string, Tier>> = {
  default: { name: "default", order: 1_000_000, atEnd: "deny", ties: "by-name" },
  "calico-system": { name: "calico-system", order: 100, atEnd: "deny", ties: "by-name" },
  "allow-tigera": { name: "allow-tigera", order: 100, atEnd: "deny", ties: "by-name" },
  adminnetworkpolicy: { name: "Admin", order: 1000, atEnd: "pass", ties: "undefined" },
  "kube-admin": { name: "Admin", order: 1000, atEnd: "pass", ties: "undefined" },
  baselineadminnetworkpolicy: { name: "Baseline", order: 10_000_000, atEnd: "pass", ties: "undefined" },
  "kube-baseline": { name: "Baseline", order: 10_000_000, atEnd: "pass", ties: "undefined" },
};

function tierOf(spec: Json, surroundings: PolicySurroundings): Tier {
  const name = string(spec.tier) ?? "default";
  const known = Object.hasOwn(ownTiers, name) ? ownTiers[name] : undefined;
  const found = surroundings.find("Tier", name);
  if (known && (name === "default" || !found)) return known;
  const { order, defaultAction } = mapping(found?.spec);
  const place = found ? (number(order) ?? Number.POSITIVE_INFINITY) : undefined;
  return {
    name: known?.name ?? name,
    order: place,
    atEnd: defaultAction === "Pass" ? "pass" : "deny",
    ties: "by-name",
  };
}

function whyRefused(spec: Json): string | undefined {
  for (const field of ["selector", "namespaceSelector", "serviceAccountSelector"]) {
    const value = spec[field];
    if (value === undefined || value === null) continue;
    if (typeof value !== "string") return `spec.${field} must be a string`;
    if (!parseSelector(value)) return `spec.${field} "${value}" is no selector`;
  }
  for (const direction of ["ingress", "egress"])
    for (const [index, rule] of list(spec[direction]).entries()) {
      const path = `spec.${direction}[${index}]`;
      if (!isMapping(rule)) return `${path} is no rule`;
      const refused = refusedRule(rule, path);
      if (refused !== undefined) return refused;
    }
  return undefined;
}
