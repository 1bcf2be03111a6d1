import type { AbortSignalLike, Cluster, KubeObject } from "../cluster/cluster.ts";
import type { RunRecord } from "../cluster/workloads.ts";
import { quantityOf } from "../kinds/quantity.ts";
import { podLimits, podRequests } from "./bodies.ts";

/** What a ResourceQuota leaves, against what so many pods ask for: sentences, each a reason for the API server to refuse some. */
export function beyondQuota(quotas: readonly KubeObject[], pods: number): string[] {
  const asked: Readonly<Record<string, number>> = {
    pods,
    "count/pods": pods,
    "requests.cpu": pods * quantityOf(podRequests.cpu),
    cpu: pods * quantityOf(podRequests.cpu),
    "requests.memory": pods * quantityOf(podRequests.memory),
    memory: pods * quantityOf(podRequests.memory),
    "limits.cpu": pods * quantityOf(podLimits.cpu),
    "limits.memory": pods * quantityOf(podLimits.memory),
  };
  return quotas.flatMap(({ metadata: { name }, spec, status }) => {
    const hard: Readonly<Record<string, unknown>> = status?.hard ?? spec?.hard ?? {};
    return Object.entries(hard).flatMap(([what, limit]) => {
      const need = asked[what];
      const left = quantityOf(limit) - quantityOf(status?.used?.[what] ?? "0");
      if (need === undefined || Number.isNaN(left) || need <= left) return [];
      return [`ResourceQuota ${name} leaves ${shown(what, left)} of ${what}, and ${shown(what, need)} are needed`];
    });
  });
}

function shown(what: string, amount: number): string {
  return what.endsWith("memory") ? `${Math.floor(amount / 2 ** 20)} Mi` : `${Number(amount.toFixed(3))}`;
}

/** What is to be known of a namespace before a run: sentences, and whether its quota would refuse some of it. */
export async function besideOf(
  cluster: Cluster,
  { namespace, nodes }: RunRecord,
  signal: AbortSignalLike,
): Promise<{ readonly beside: readonly string[]; readonly tooMuch: boolean }> {
  const list = (apiVersion: string, resource: string) => cluster.list({ apiVersion, resource }, { namespace, signal });
  const [quotas, policies] = await Promise.all([
    list("v1", "resourcequotas"),
    list("networking.k8s.io/v1", "networkpolicies"),
  ]);
  const beyond = quotas.ok ? beyondQuota(quotas.value, 2 * nodes + 1) : [];
  const all = (policies.ok ? policies.value : []).filter(({ spec }) => isEmpty(spec?.podSelector));
  const beside = [
    ...(quotas.ok
      ? beyond.length > 0
        ? beyond.map((sentence) => `${sentence}.`)
        : [quotas.value.length > 0 ? "The quota of the namespace has room for it." : "The namespace has no quota."]
      : [`Quotas were not looked at: ${quotas.refusal.message}`]),
    ...all.map(
      ({ metadata }) =>
        `NetworkPolicy ${metadata.name} holds for every pod of the namespace, these too: what fails may be its doing.`,
    ),
    ...(policies.ok ? [] : [`NetworkPolicies were not looked at: ${policies.refusal.message}`]),
  ];
  return { beside, tooMuch: beyond.length > 0 };
}

function isEmpty(selector: unknown): boolean {
  return JSON.stringify(selector ?? {}) === "{}";
}
