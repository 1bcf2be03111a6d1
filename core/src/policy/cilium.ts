/**
 * CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy of cilium.io/v2:
 * {@link https://docs.cilium.io/en/stable/security/policy/}. What policies allow adds up, Kubernetes NetworkPolicies included; what one
 * denies is denied whatever the others allow: {@link https://docs.cilium.io/en/stable/security/policy/deny/}.
 */

import type { KubeObject } from "../cluster/cluster.ts";
import { type CiliumScope, ciliumPeers, isCiliumSelected } from "./cilium-peers.ts";
import { ciliumTraffic } from "./cilium-traffic.ts";
import { misshapen, unknowable, unreadable } from "./doubt.ts";
import { selectorFault } from "./labels.ts";
import type {
  Action,
  Clause,
  CompiledPolicy,
  Direction,
  PolicyRule,
  PolicySection,
  PolicySurroundings,
} from "./model.ts";
import { defaultTier } from "./network-policy.ts";
import { isMapping, type Json, list, mapping } from "./read.ts";
import { referTo, refText } from "./ref.ts";
import { unknownTruth } from "./truth.ts";

/** A policy holds one rule in `spec`, or several in `specs`, or both. */
export function compileCilium(policy: KubeObject, surroundings: PolicySurroundings): readonly CompiledPolicy[] {
  const specs = list(policy.specs).map((spec, index) => ({ spec: mapping(spec), path: `specs[${index}]` }));
  const single = isMapping(policy.spec) ? [{ spec: policy.spec, path: "spec" }] : [];
  return [...single, ...specs].flatMap(({ spec, path }) => compileSpec(policy, spec, path, surroundings));
}

/** Denials come first; among what only allows, the order makes no difference. */
const orders = { deny: -1, allow: 1000 } as const;

function compileSpec(policy: KubeObject, spec: Json, path: string, surroundings: PolicySurroundings): CompiledPolicy[] {
  // A rule with a nodeSelector is about hosts, not pods.
  if (spec.endpointSelector === undefined && spec.nodeSelector !== undefined) return [];
  const ref = referTo(policy);
  const scope = { namespace: ref.namespace, surroundings };
  const selects: CompiledPolicy["selects"] = (pod, around) =>
    isMapping(spec.endpointSelector)
      ? isCiliumSelected(spec.endpointSelector, ref.namespace, pod, around)
      : unknownTruth(`${refText(ref)} has no endpointSelector in ${path}`);
  const fault = spec.endpointSelector === undefined ? "missing" : selectorFault(spec.endpointSelector);
  const refused = fault === undefined ? {} : { refused: `${path}.endpointSelector: ${fault}` };
  const common = { ref, source: policy, tier: defaultTier, selects, selectsHostNetwork: false, ...refused } as const;
  return (["deny", "allow"] as const).map((action) => ({
    ...common,
    order: orders[action],
    ...section(spec, path, "ingress", action, scope),
    ...section(spec, path, "egress", action, scope),
  }));
}

function section(
  spec: Json,
  path: string,
  direction: Direction,
  action: Action,
  scope: CiliumScope,
): Partial<Record<Direction, PolicySection>> {
  const wanted = mapping(spec.enableDefaultDeny)[direction];
  const present = list(spec[direction]).length + list(spec[`${direction}Deny`]).length > 0;
  const field = action === "deny" ? `${direction}Deny` : direction;
  const rules = list(spec[field]).map((rule, index) =>
    compileRule(rule, `${path}.${field}[${index}]`, direction, action, scope),
  );
  if (action === "deny" ? rules.length === 0 : !present && wanted !== true) return {};
  // "If not specified, the default is true for each traffic direction that has rules", denying rules included.
  const isolates = action === "allow" && wanted !== false;
  return { [direction]: { rules, isolates, path: list(spec[direction]).length > 0 ? `${path}.${direction}` : path } };
}

function compileRule(
  written: unknown,
  path: string,
  direction: Direction,
  action: Action,
  scope: CiliumScope,
): PolicyRule {
  const rule = mapping(written);
  const traffic = ciliumTraffic(rule, path);
  const peers = ciliumPeers(rule, path, direction, scope);
  return {
    action,
    path,
    // A rule without any peer and port is how Cilium writes "nothing": it only isolates.
    peers: peers ?? (traffic ? undefined : []),
    traffic,
    conditions: [...conditionsOf(rule, path, direction), ...misshapen(written, path, ["toPorts", "icmps"])],
  };
}

function conditionsOf(rule: Json, path: string, direction: Direction): readonly Clause[] {
  const requires = direction === "ingress" ? "fromRequires" : "toRequires";
  const reasons: Readonly<Record<string, string | undefined>> = {
    [requires]:
      list(rule[requires]).length > 0 ? "adds requirements to other rules, which is not followed here" : undefined,
    authentication: mapping(rule.authentication).mode === "required" ? "asks for mutual authentication" : undefined,
    icmps:
      list(rule.icmps).length > 0 && list(rule.toPorts).length > 0
        ? "stands beside toPorts, which Cilium refuses"
        : undefined,
  };
  return Object.entries(reasons).flatMap(([field, reason]) =>
    reason === undefined
      ? []
      : [(field === "icmps" ? unreadable : unknowable)(`${path}.${field}`, field, `${path}.${field} ${reason}`)],
  );
}
