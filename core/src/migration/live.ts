import type { AbortSignalLike, Cluster, KubeObject, ResourceType } from "../cluster/cluster.ts";
import { readPolicies } from "../parity/live.ts";
import { parityOf } from "../parity/parity.ts";
import { readinessOf } from "../readiness/live.ts";
import { type Goal, type Migration, migrationOf } from "./migration.ts";

export interface MigrationOptions {
  readonly namespace?: string;
  readonly to: Goal;
  readonly exec: boolean;
  readonly signal?: AbortSignalLike;
  onProgress?(text: string): void;
}

/** The plan for a cluster or a namespace of it, and what was not read for it. Nothing is changed. */
export async function planMigration(
  cluster: Cluster,
  options: MigrationOptions,
): Promise<{ readonly migration: Migration; readonly unread: readonly string[] }> {
  const { namespace, signal, to } = options;
  const scope = { ...(namespace === undefined ? {} : { namespace }), ...(signal ? { signal } : {}) };
  const { workloads, unread } = await readinessOf(cluster, options);
  const missing: string[] = [...unread];
  const list = async (type: ResourceType, kind: string, within: boolean) => {
    const keep = ({ metadata, spec, status }: KubeObject) => ({ metadata, spec, status });
    const answer = await cluster.list(type, { ...(within ? scope : signal ? { signal } : {}), keep });
    if (answer.ok) return answer.value.map((object): KubeObject => ({ ...object, kind, apiVersion: type.apiVersion }));
    if (answer.refusal.reason !== "unsupported") missing.push(`${type.resource}: ${answer.refusal.message}`);
    return [];
  };
  const objects = await Promise.all([
    list({ apiVersion: "v1", resource: "services" }, "Service", true),
    list({ apiVersion: "v1", resource: "pods" }, "Pod", true),
    list({ apiVersion: "v1", resource: "nodes" }, "Node", false),
    list({ apiVersion: "networking.k8s.io/v1", resource: "servicecidrs" }, "ServiceCIDR", false),
  ]);
  const policies = await readPolicies(cluster, scope);
  const { differences } = parityOf(policies.objects, policies.engine ? { engine: policies.engine } : {});
  const known = { objects: objects.flat(), differences, workloads, ...(namespace === undefined ? {} : { namespace }) };
  return { migration: migrationOf(known, to), unread: [...new Set(missing)] };
}
