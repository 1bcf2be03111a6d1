import type { AbortSignalLike, Cluster, KubeObject, ResourceType } from "../cluster/cluster.ts";
import { readPolicies } from "../parity/live.ts";
import { parityOf } from "../parity/parity.ts";
import { keepSpec } from "../probing/redact.ts";
import { dialBoth } from "./dials.ts";
import { type Equality, equalityOf } from "./equality.ts";

export interface EqualityOptions {
  readonly namespace?: string;
  /** NAMESPACE/NAME of the pod that dials; without it nothing is dialled. */
  readonly from?: string;
  readonly signal?: AbortSignalLike;
}

/** Holds the families of every Service against each other, by the API's lists, and from a pod by dialling both. */
export async function readEquality(cluster: Cluster, { namespace, from, signal }: EqualityOptions): Promise<Equality> {
  const unread: string[] = [];
  const read = async (type: ResourceType, kind: string, keep: (object: KubeObject) => KubeObject) => {
    const answer = await cluster.list(type, {
      ...(namespace === undefined ? {} : { namespace }),
      ...(signal ? { signal } : {}),
      keep,
    });
    if (answer.ok) return answer.value.map((object): KubeObject => ({ ...object, kind, apiVersion: type.apiVersion }));
    unread.push(`${type.resource}: ${answer.refusal.message}`);
    return [];
  };
  const [services, slices, pods] = await Promise.all([
    read({ apiVersion: "v1", resource: "services" }, "Service", keepSpec),
    read({ apiVersion: "discovery.k8s.io/v1", resource: "endpointslices" }, "EndpointSlice", (slice) => slice),
    read({ apiVersion: "v1", resource: "pods" }, "Pod", ({ metadata, spec, status }) => ({ metadata, spec, status })),
  ]);
  const policies = await readPolicies(cluster, signal ? { signal } : {});
  unread.push(...policies.unread.map(({ what, refusal }) => `${what}: ${refusal.message}`));
  const { differences } = parityOf(policies.objects, policies.engine ? { engine: policies.engine } : {});
  const found = equalityOf([...services, ...slices, ...pods], differences);
  if (from === undefined) return { ...found, unread };
  const dialled = await dialBoth(cluster, { services, slices, pods, from }, signal);
  unread.push(...dialled.unread);
  const all = found.services.map((one) => ({
    ...one,
    differences: [...one.differences, ...(dialled.differences.get(one.service) ?? [])],
  }));
  return { ...found, services: all, unread };
}
