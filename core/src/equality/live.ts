import { type Family, familyOf, otherFamily } from "../addresses/address.ts";
import type { AbortSignalLike, Cluster, KubeObject, ResourceType } from "../cluster/cluster.ts";
import { readPolicies } from "../parity/live.ts";
import { parityOf } from "../parity/parity.ts";
import { families } from "../policy/model.ts";
import { list, mapping, number, strings } from "../policy/read.ts";
import { probe as dial } from "../probes/dial.ts";
import type { Attempt } from "../probing/bundle.ts";
import { type Container, runningContainers } from "../probing/containers.ts";
import { liveLooker } from "../probing/looker.ts";
import { question, questionId } from "../probing/probe.ts";
import { keepSpec } from "../probing/redact.ts";
import { type Equality, equalityOf, qualifiedNameOf, type Unequal } from "./equality.ts";

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
  const dialled = await dialBoth(cluster, services, from, pods, unread, signal);
  const all = found.services.map((one) => ({
    ...one,
    differences: [...one.differences, ...(dialled.get(one.service) ?? [])],
  }));
  return { ...found, services: all, unread };
}

/** Seconds that a dial waits. */
const patience = 2;
/** Of how many Services the ports are dialled in one exec. */
const together = 10;

async function dialBoth(
  cluster: Cluster,
  services: readonly KubeObject[],
  from: string,
  pods: readonly KubeObject[],
  unread: string[],
  signal: AbortSignalLike | undefined,
): Promise<ReadonlyMap<string, readonly Unequal[]>> {
  const [namespace = "", name = ""] = from.split("/");
  const pod = pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  const containers: readonly Container[] = pod ? runningContainers(pod) : [];
  if (containers.length === 0) unread.push(`nothing was dialled: no container of pod ${from} runs`);
  const looker = liveLooker(cluster, { access: "exec", containers: () => containers, ...(signal ? { signal } : {}) });
  const at = { kind: "pod", namespace, pod: name } as const;
  const found = new Map<string, Unequal[]>();
  const both = services.filter(({ spec }) => new Set(addressesOf(spec).map(familyOf)).size === 2);
  for (let start = 0; start < both.length && containers.length > 0; start += together) {
    const asked = both
      .slice(start, start + together)
      .flatMap((service) => ends(service).map((end) => ({ service, ...end })));
    const questions = asked.map(({ family, host, port }) =>
      question(dial, { at, family, host, port, seconds: patience }),
    );
    const answers = new Map((await looker.look(questions)).map(({ id, answer }) => [id, answer]));
    const seen = asked.map((one, index) => ({
      ...one,
      answer: answers.get(questionId(questions[index] as (typeof questions)[number])),
    }));
    for (const { service, port, family, answer } of seen) {
      const twin = seen.find(
        (one) => one.service === service && one.port === port && one.family === otherFamily(family),
      );
      if (!answer?.ok || !twin?.answer?.ok) {
        if (family === "IPv6")
          unread.push(`Service ${qualifiedNameOf(service)} port ${port} could not be dialled over both families`);
        continue;
      }
      const [own, other] = [answer.value as Attempt, twin.answer.value as Attempt];
      if (own.ok || !other.ok) continue;
      const what = `port ${port} does not connect over ${family} (${own.text || `no answer in ${patience} s`}), and does over ${otherFamily(family)}`;
      const where = `kube-ipv6 diagnose --from ${from} --to svc/${qualifiedNameOf(service)}`;
      found.set(qualifiedNameOf(service), [
        ...(found.get(qualifiedNameOf(service)) ?? []),
        { kind: "dial", family, what, where },
      ]);
    }
  }
  return found;
}

function addressesOf(spec: unknown): readonly string[] {
  return strings(mapping(spec).clusterIPs).map(({ text }) => text);
}

/** Every TCP port at both addresses. */
function ends({
  spec,
}: KubeObject): readonly { readonly family: Family; readonly host: string; readonly port: number }[] {
  const ports = list(mapping(spec).ports)
    .map(mapping)
    .filter(({ protocol = "TCP" }) => protocol === "TCP");
  return families.flatMap((family) => {
    const host = addressesOf(spec).find((address) => familyOf(address) === family);
    return host === undefined
      ? []
      : ports.flatMap(({ port }) => (number(port) === undefined ? [] : [{ family, host, port: Number(port) }]));
  });
}
