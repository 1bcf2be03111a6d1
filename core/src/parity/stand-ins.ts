/** Files often hold policies without the pods they are for: then a pod that a policy selects stands in for them. */

import { selectorText } from "../policy/labels.ts";
import type { CompiledPolicy, PodEndpoint, PolicySurroundings } from "../policy/model.ts";
import { isMapping, type Json, list, mapping, own, string, strings } from "../policy/read.ts";
import { asText } from "../text/as-text.ts";
import type { Group } from "./subjects.ts";

/** A group of one pod for each policy that selects none of those given, as far as its selector can be met. */
export function standIns(
  policies: readonly CompiledPolicy[],
  groups: readonly Group[],
  surroundings: PolicySurroundings,
): readonly Group[] {
  const made = new Map<string, Group>();
  for (const policy of policies) {
    const selected = ({ pods: [pod] }: Group) => pod !== undefined && policy.selects(pod, surroundings) !== false;
    if (groups.some(selected) || [...made.values()].some(selected)) continue;
    const pod = podFor(policy);
    if (!pod || policy.selects(pod, surroundings) !== true) continue;
    const labels = selectorText({ matchLabels: pod.labels });
    const key = JSON.stringify(pod);
    const text = `${labels === "" ? "the pods" : `pods ${labels}`} of ${pod.namespace}`;
    made.set(key, { key, namespace: pod.namespace, pods: [pod], workloads: [text] });
  }
  return [...made.values()];
}

function podFor({ ref, source }: CompiledPolicy): PodEndpoint | undefined {
  const spec = mapping(source.spec ?? list(source.specs)[0]);
  const subject = mapping(spec.subject);
  const pods = mapping(subject.pods);
  const calico = string(spec.selector);
  const labels = calico
    ? calicoLabels(calico)
    : labelsFor(spec.podSelector ?? spec.endpointSelector ?? pods.podSelector ?? {});
  const places = calicoLabels(string(spec.namespaceSelector) ?? "all()");
  const around = isMapping(subject.namespaces) ? subject.namespaces : pods.namespaceSelector;
  const namespaceLabels = around === undefined ? places : labelsFor(around);
  if (!labels || !namespaceLabels) return undefined;
  const name = own(namespaceLabels, "kubernetes.io/metadata.name") ?? own(namespaceLabels, "projectcalico.org/name");
  const namespace = ref.namespace ?? name ?? "default";
  return { kind: "pod", namespace, labels, namespaceLabels, ips: [], serviceAccount: "default" };
}

/** Labels that a LabelSelector selects; Cilium's sources are left out of their names. */
function labelsFor(selector: unknown): Record<string, string> | undefined {
  const { matchLabels, matchExpressions } = mapping(selector);
  const labels = new Map<string, string>();
  const put = (key: string, value: string) => labels.set(key.replace(/^(?:k8s|any)[:.]/, ""), value);
  for (const [key, value] of Object.entries(mapping(matchLabels))) put(key, asText(value));
  for (const expression of list(matchExpressions)) {
    const { key, operator, values }: Json = mapping(expression);
    if (typeof key !== "string") return undefined;
    if (operator === "In") put(key, strings(values)[0]?.text ?? "");
    if (operator === "Exists") put(key, "any");
  }
  return Object.fromEntries(labels);
}

/** `app == 'web' && has(tier)`; undefined for what is more than that. */
function calicoLabels(selector: string): Record<string, string> | undefined {
  const labels: [string, string][] = [];
  for (const part of selector.split("&&").map((text) => text.trim())) {
    if (part === "" || part === "all()") continue;
    const [, key, value] = /^([\w./-]+)\s*==\s*(?:'([^']*)'|"[^"]*")$/.exec(part) ?? [];
    const [, present] = /^has\(\s*([\w./-]+)\s*\)$/.exec(part) ?? [];
    if (key !== undefined && value !== undefined) labels.push([key, value]);
    else if (present !== undefined) labels.push([present, "any"]);
    else return undefined;
  }
  return Object.fromEntries(labels);
}
