/** Whether both families of a Service are the same: what one has and the other has not, and nothing else. */
import { type Family, familyOf, otherFamily } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { Difference } from "../parity/model.ts";
import { families } from "../policy/model.ts";
import { podEndpoint } from "../policy/pods-of.ts";
import { list, mapping, string, strings } from "../policy/read.ts";
import { refText } from "../policy/ref.ts";
import { flatten } from "../policy/surroundings.ts";
import { workloadName } from "../policy/workload-name.ts";
import { backendsOf, type SliceBackends } from "./backends.ts";

export interface Unequal {
  readonly kind:
    | "address"
    | "slices"
    | "backends"
    | "ready"
    | "ports"
    | "hints"
    | "load-balancer"
    | "source-ranges"
    | "external-ips"
    | "policy"
    | "dial"
    | "latency";
  /** The family that lacks it, or that fares worse. */
  readonly family: Family;
  readonly what: string;
  /** Where to look on, or to change it. */
  readonly where: string;
}

export interface Compared {
  /** `shop/web` */
  readonly service: string;
  readonly differences: readonly Unequal[];
}

export interface Equality {
  /** The Services of both families, in the order of the objects. */
  readonly services: readonly Compared[];
  /** Services of one family, which have nothing to compare. */
  readonly single: readonly string[];
  /** What was not read, in sentences. */
  readonly unread: readonly string[];
}

/** `parity` is what policies let through over one family alone. */
export function equalityOf(given: readonly KubeObject[], parity: readonly Difference[]): Omit<Equality, "unread"> {
  const objects = flatten(given);
  const services = objects.filter(({ kind, spec }) => kind === "Service" && mapping(spec).type !== "ExternalName");
  const slices = slicesByService(objects.filter(({ kind }) => kind === "EndpointSlice"));
  const pods = objects.filter(({ kind }) => kind === "Pod");
  const compared = services.filter(isDual).map((service): Compared => {
    const name = qualifiedNameOf(service);
    const backends = backendsOf(slices.get(name) ?? [], pods);
    return {
      service: name,
      differences: [
        ...ownDifferences(service),
        ...backendDifferences(service, backends),
        ...ofPolicies(backends, pods, parity),
      ],
    };
  });
  return { services: compared, single: services.filter((service) => !isDual(service)).map(qualifiedNameOf) };
}

/** By the Service's NAMESPACE/NAME. */
export function slicesByService(slices: readonly KubeObject[]): ReadonlyMap<string, readonly KubeObject[]> {
  return Map.groupBy(
    slices,
    ({ metadata }) => `${metadata.namespace}/${metadata.labels?.["kubernetes.io/service-name"]}`,
  );
}

export function qualifiedNameOf({ metadata: { namespace = "default", name } }: KubeObject): string {
  return `${namespace}/${name}`;
}

/** Meant for both families; whether it got both is a difference. */
function isDual({ spec }: KubeObject): boolean {
  const { ipFamilies, ipFamilyPolicy } = mapping(spec);
  return list(ipFamilies).length === 2 || ipFamilyPolicy === "RequireDualStack";
}

function ownDifferences({ spec, status, metadata }: KubeObject): readonly Unequal[] {
  const where = `Service ${metadata.namespace ?? "default"}/${metadata.name}`;
  const { clusterIPs, loadBalancerSourceRanges, externalIPs, type } = mapping(spec);
  const headless = strings(clusterIPs)[0]?.text === "None";
  const ingress = list(mapping(mapping(status).loadBalancer).ingress).map(mapping);
  // A host name hides which families are behind it.
  const named = ingress.some(({ hostname }) => string(hostname) !== undefined);
  const lists: readonly [Unequal["kind"], string, readonly string[], boolean][] = [
    ["address", "spec.clusterIPs", strings(clusterIPs).map(({ text }) => text), !headless],
    [
      "load-balancer",
      "status.loadBalancer.ingress",
      ingress.flatMap(({ ip }) => string(ip) ?? []),
      type === "LoadBalancer" && !named,
    ],
    ["source-ranges", "spec.loadBalancerSourceRanges", strings(loadBalancerSourceRanges).map(({ text }) => text), true],
    ["external-ips", "spec.externalIPs", strings(externalIPs).map(({ text }) => text), true],
  ];
  return lists.flatMap(([kind, path, texts, counts]) => {
    const found = new Set(texts.flatMap((text) => familyOf(text) ?? []));
    const [only] = found;
    if (!counts || found.size !== 1 || only === undefined) return [];
    const what = `${path} has ${only} alone: ${texts.slice(0, 3).join(", ")}`;
    return [{ kind, family: otherFamily(only), what, where: `${where}, ${path}` }];
  });
}

function backendDifferences(service: KubeObject, backends: SliceBackends): readonly Unequal[] {
  const where = `EndpointSlices of Service ${qualifiedNameOf(service)}`;
  const { IPv4, IPv6 } = backends;
  if (IPv4.size === 0 && IPv6.size === 0) return [];
  const all = new Set([...IPv4.keys(), ...IPv6.keys()]);
  return families.flatMap((family): Unequal[] => {
    const [own, other] = [backends[family], backends[otherFamily(family)]];
    const lacking = [...other.keys()].filter((target) => !own.has(target));
    if (own.size === 0)
      return [
        { kind: "slices", family, what: `${family} has no endpoint, ${otherFamily(family)} has ${other.size}`, where },
      ];
    const lagging = [...own].filter(([target, { ready }]) => !ready && other.get(target)?.ready);
    const ports = [...own].filter(([target, one]) => {
      const counterpart = other.get(target);
      return counterpart && family === "IPv6" && one.ports !== counterpart.ports;
    });
    const hints = [...own].filter(
      ([target, one]) => family === "IPv6" && other.has(target) && one.hints !== other.get(target)?.hints,
    );
    return [
      ...(lacking.length === 0
        ? []
        : [
            {
              kind: "backends" as const,
              family,
              what: `${family} reaches ${own.size} of ${all.size} backends: ${backends.whyLacking(lacking, family)}`,
              where,
            },
          ]),
      ...(lagging.length === 0
        ? []
        : [
            {
              kind: "ready" as const,
              family,
              what: `ready over ${otherFamily(family)} and not over ${family}: ${some(lagging.map(([target]) => target))}`,
              where,
            },
          ]),
      ...ports.slice(0, 1).map(([target, { ports: own6 }]) => ({
        kind: "ports" as const,
        family,
        what: `other ports over IPv6 (${own6}) than over IPv4 (${IPv4.get(target)?.ports}), of ${target} for one`,
        where,
      })),
      ...hints.slice(0, 1).map(([target]) => ({
        kind: "hints" as const,
        family,
        what: `other zones are told to prefer ${target} over IPv6 than over IPv4`,
        where,
      })),
    ];
  });
}

/** What lets clients in over one family alone, at the pods behind the Service. */
function ofPolicies(
  backends: SliceBackends,
  pods: readonly KubeObject[],
  parity: readonly Difference[],
): readonly Unequal[] {
  const targets = new Set([...backends.IPv4.keys(), ...backends.IPv6.keys()]);
  const workloads = new Set(
    pods
      .filter((pod) => targets.has(qualifiedNameOf(pod)))
      .flatMap((pod) => {
        const endpoint = podEndpoint(pod);
        return endpoint ? [workloadName(pod, endpoint)] : [];
      }),
  );
  return parity
    .filter(({ direction, instances }) => {
      const own = instances.flatMap(({ subject }) => subject.groups.flatMap((group) => group.workloads));
      return direction === "ingress" && own.some((workload) => workloads.has(workload));
    })
    .map(({ open, divergence, instances }) => ({
      kind: "policy",
      family: otherFamily(open),
      what: `${open} is let in from ${some(instances.map(({ peer }) => peer.text))}, ${otherFamily(open)} is not`,
      where: `${refText(divergence.policy)}, ${divergence.path}`,
    }));
}

function some(texts: readonly string[]): string {
  const all = [...new Set(texts)];
  return all.length > 3 ? `${all.slice(0, 3).join(", ")} and ${all.length - 3} more` : all.join(", ");
}
