/**
 * Network policies decided per family, over plain JSON objects: what `kubectl get -o json` prints or a manifest holds.
 * Kubernetes isolates a pod, not a family: a pod that one IPv4 rule isolates is isolated for IPv6 as well.
 */
export type { Allowance, AllowedPeer } from "./allowance.ts";
export { isPolicy } from "./compile.ts";
export { type Decision, type DirectionRuling, decide, decider } from "./decide.ts";
export { explainDecision, policyHover } from "./explain.ts";
export type {
  AddressEndpoint,
  DecidedBy,
  Direction,
  PodEndpoint,
  PolicyEndpoint,
  PolicyEngine,
  PolicyFlow,
  PolicyRef,
  Protocol,
  Ruling,
} from "./model.ts";
export { podEndpoint, podsOf } from "./pods-of.ts";
export { policiesFor, selects } from "./selection.ts";
export { type PolicySummary, summarizePolicies } from "./summarize.ts";
