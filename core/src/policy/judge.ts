import type { PolicyEndpoint, PolicyQuestion } from "./model.ts";
import { endpointText } from "./peers.ts";
import { refText } from "./ref.ts";
import { type Applied, type PolicyOutcome, policyOutcomeOf, stepsOf, undecidable } from "./steps.ts";

/** What can come of the policies that apply to a question. */
export function judgeQuestion(applied: readonly Applied[], question: PolicyQuestion): PolicyOutcome {
  const homeless = applied.find(({ policy }) => policy.tier.order === undefined);
  const first = applied[0];
  if (!first) return { allowed: {} };
  if (question.surroundings.mixed) {
    const because =
      "policies of Calico and of Cilium were given, and which of the two the cluster enforces is not known";
    return policyOutcomeOf(undecidable(because, { policy: first.policy.ref, path: "spec", text: "" }));
  }
  const admin = applied.find(({ policy }) => policy.ref.apiVersion.startsWith("policy.networking.k8s.io/"));
  if (admin && applied.some(({ policy }) => policy.ref.apiVersion.startsWith("cilium.io/"))) {
    const because = `which comes first of ${refText(admin.policy.ref)} and Cilium's own policies is not documented`;
    return policyOutcomeOf(undecidable(because, { policy: admin.policy.ref, path: "spec.priority", text: "" }));
  }
  if (!homeless) return policyOutcomeOf(stepsOf(applied, question));
  const { ref, tier } = homeless.policy;
  const because =
    typeof homeless.applies === "object"
      ? homeless.applies.unknown
      : `${refText(ref)} is in tier ${tier.name}, whose Tier object was not given, so that its order is not known`;
  return policyOutcomeOf(undecidable(because, { policy: ref, path: "spec.tier", text: tier.name }));
}

/**
 * "Traffic to and from the node where a Pod is running is always allowed, regardless of the IP address of the Pod or the node":
 * {@link https://kubernetes.io/docs/concepts/services-networking/network-policies/}. Plugins keep that for what comes from the
 * node (probes of the kubelet); what a pod sends to its own node some of them filter all the same.
 */
export function ownNode(
  { direction, subject, peer, surroundings }: PolicyQuestion,
  byDefault: boolean,
): true | string | undefined {
  const node = nodeOf(peer);
  if (node === undefined) return undefined;
  if (subject.node === undefined)
    return `${endpointText(peer)} is a node's address, and which node ${endpointText(subject)} runs on is not known`;
  if (node !== subject.node) return undefined;
  if (direction === "ingress" && (byDefault || surroundings.engine !== "cilium")) return true;
  if (direction === "ingress")
    return "whether Cilium lets a pod's own node in against a rule that denies it is not documented";
  return "Kubernetes says that a pod's own node is always reachable, but Calico and Cilium apply egress policies to it";
}

function nodeOf(peer: PolicyEndpoint): string | undefined {
  return peer.kind === "address" || peer.hostNetwork ? peer.node : undefined;
}
