import type { Family } from "../addresses/address.ts";
import { type ClusterPlan, clusterPlan, mentionsPlan, planKinds } from "../kinds/cluster-plan.ts";
import { type PlannedList, plannedPrefixes } from "../kinds/planned-list.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixFamiliesOf } from "../literals/subnet-list.ts";

export const rule: Rule = {
  summary: "Pods and Services of an installer's plan do not have the same families in the same order",
  why: `Each list holds one prefix, or one of each family. The API server and the controller manager stop at two of one family. A family that
the pods lack gives Services of it no endpoint; one that the Services lack cannot be asked for. The first family of each list is its
primary one, and what looks at one address only sees the wrong one where they differ.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  severity: "error",
  codes: ["KCM006", "KAS001", "KADM010", "X002"],
  // k3s judges its lists itself: k3s-families has its words.
  kinds: planKinds,
  mentions: [mentionsPlan],
  example: {
    bad: `clusterPodNets: [10.244.0.0/16, "fd12:3456:789a::/56"]
clusterSvcNets: [10.96.0.0/12]
`,
    good: `clusterPodNets: [10.244.0.0/16, "fd12:3456:789a::/56"]
clusterSvcNets: [10.96.0.0/12, "fd12:3456:789b::/112"]
`,
  },

  *check(config) {
    const plan = clusterPlan(config);
    if (!plan) return;
    const repeated = [repeats(plan.pods, "KCM006"), repeats(plan.services, "KAS001")].filter(
      (one) => one !== undefined,
    );
    yield* repeated;
    if (repeated.length > 0 || config.kind === "K3sConfig") return;
    const report = differ(plan);
    if (report) yield report;
  },
};

function repeats(list: PlannedList | undefined, code: string): Report | undefined {
  const prefixes = plannedPrefixes(list);
  if (!list || !prefixes || isSingleOrDual(prefixes)) return undefined;
  const many = prefixes.length > 2 ? `these are ${prefixes.length}` : `both are ${prefixFamiliesOf(prefixes)[0]}`;
  return { at: list.at, codes: [code], message: `${list.key} takes one prefix, or one of each family; ${many}` };
}

function differ({ pods, services }: ClusterPlan): Report | undefined {
  const [own, other] = [pods, services].map((list) => prefixFamiliesOf(plannedPrefixes(list) ?? []));
  if (!pods || !services || !own?.[0] || !other?.[0]) return undefined;
  const lacking = own.find((family) => !other.includes(family));
  const unserved = other.find((family) => !own.includes(family));
  if (lacking && unserved) return nothingShared(pods, services, other[0]);
  const severity = "warning" as const;
  if (unserved)
    return {
      at: pods.at,
      codes: ["KADM010"],
      severity,
      message: `Services must follow the pods: add an ${unserved} prefix to ${pods.key}, or no ${unserved} Service has an endpoint`,
    };
  if (lacking)
    return {
      at: services.at,
      codes: ["KADM010"],
      severity,
      message: `pods have ${lacking}, Services cannot be asked for it: add an ${lacking} prefix to ${services.key}`,
    };
  if (own[0] === other[0]) return undefined;
  return {
    at: services.at,
    codes: ["X002"],
    severity,
    message: `${pods.key} begins with ${own[0]}, this with ${other[0]}; put them in one order`,
  };
}

function nothingShared(pods: PlannedList, services: PlannedList, family: Family): Report {
  const message = `pods and Services share no family: no Service gets an endpoint; add an ${family} prefix to ${pods.key}`;
  return { at: services.at, codes: ["KADM010"], message };
}
