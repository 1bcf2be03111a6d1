/**
 * Network policies decided per family, over plain JSON objects: what `kubectl get -o json` prints or a manifest holds.
 * Kubernetes isolates a pod, not a family: a pod that one IPv4 rule isolates is isolated for IPv6 as well.
 */
export type { Allowance, AllowedPeer } from "./policy/allowance.ts";
export { isPolicy } from "./policy/compile.ts";
export { type Decision, type DirectionRuling, decide, decider } from "./policy/decide.ts";
export { explain, policyHover } from "./policy/explain.ts";
export type {
  AddressEndpoint,
  DecidedBy,
  Direction,
  Endpoint,
  Engine,
  Flow,
  PodEndpoint,
  PolicyRef,
  Protocol,
  Ruling,
} from "./policy/model.ts";
export { podEndpoint, podsOf } from "./policy/pods-of.ts";
export { policiesFor, selects } from "./policy/selection.ts";
export { type Summary, summarize } from "./policy/summarize.ts";
