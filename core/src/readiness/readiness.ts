/** Whether each workload can do without IPv4. */
import type { KubeObject } from "../cluster/cluster.ts";
import type { Difference } from "../parity/model.ts";
import { list, mapping, string } from "../policy/read.ts";
import { flatten } from "../policy/surroundings.ts";
import { bindsOf, connectionBlocks, givenBlocks, namesOfAddresses, peersOf } from "./blocks.ts";
import { type GivenValues, givenTo } from "./given.ts";
import { rungsOf } from "./ladder.ts";
import type { Assessed, Blocker, Class, Inside, NameFamilies } from "./model.ts";
import { registriesWithoutIPv6, registryOf } from "./registries.ts";
import { externalName, type ServiceOf, selecting, serviceNamed, servicesIn } from "./services.ts";
import { type Workload, workloadsOf } from "./workloads.ts";

/** What there is to judge by; what is absent was not looked at. */
export interface ReadinessEvidence {
  readonly objects: readonly KubeObject[];
  readonly differences?: readonly Difference[];
  /** By the workload's name. */
  readonly inside?: ReadonlyMap<string, Inside>;
  /** By the name asked for. */
  readonly names?: ReadonlyMap<string, NameFamilies>;
}

/** In the order of the objects. */
export function assess(evidence: ReadinessEvidence): readonly Assessed[] {
  const objects = flatten(evidence.objects);
  const services = servicesIn(objects);
  const slices = objects.filter(({ kind }) => kind === "EndpointSlice");
  const peers = namesOfAddresses(objects);
  return workloadsOf(objects).map((workload) => {
    const inside = evidence.inside?.get(workload.name);
    const given = givenTo(workload, finder(objects));
    const { steps, blocks } = rungsOf(workload, {
      services: selecting(services, workload),
      slices,
      differences: evidence.differences,
      inside,
      binds: bindsOf(given),
    });
    const needs = [
      ...blocks,
      ...connectionBlocks(workload, inside, peers),
      ...givenBlocks(workload, given, services, evidence.names),
    ];
    const all = [...new Map(needs.map((block) => [`${block.kind} ${block.what} ${block.where}`, block])).values()];
    const unread = given.unread.map((name) => `ConfigMap ${name} was not read`);
    const openNames = unanswered(workload, given, services, evidence.names);
    return {
      workload: workload.name,
      pods: workload.pods.length,
      ...(inside ? { seen: inside.pod } : {}),
      class: classOf(steps, all, inside, [...openNames, ...unread]),
      steps,
      blocks: all,
      peers4: peersOf(inside, peers),
      notes: [
        ...unread,
        ...openNames.map((name) => `whether ${name} has an IPv6 address nobody answered`),
        ...registryNotes(workload),
      ],
      addresses: workload.pods.flatMap(({ ips }) => ips),
    };
  });
}

/** The names that a workload is told and that no Service stands for. */
export function outsideNames(objects: readonly KubeObject[]): ReadonlyMap<string, readonly string[]> {
  const given = flatten(objects);
  const services = servicesIn(given);
  return new Map(
    workloadsOf(given).map((workload) => [
      workload.name,
      [
        ...new Set(
          givenTo(workload, finder(given)).names.flatMap(({ value }) => outside(value, workload, services) ?? []),
        ),
      ],
    ]),
  );
}

function outside(name: string, { namespace }: Workload, services: readonly ServiceOf[]): string | undefined {
  const service = serviceNamed(services, name, namespace);
  if (service) return externalName(service);
  // A name without a dot that is no Service is none that a DNS server outside knows.
  return name.includes(".") && !/\.svc(?:\.|$)|\.cluster\.local$/.test(name) ? name : undefined;
}

function finder(objects: readonly KubeObject[]) {
  const maps = new Map(
    objects.flatMap((object) =>
      object.kind === "ConfigMap"
        ? [[`${object.metadata.namespace ?? "default"}/${object.metadata.name}`, object] as const]
        : [],
    ),
  );
  return (namespace: string, name: string) => maps.get(`${namespace}/${name}`);
}

function classOf(
  steps: Assessed["steps"],
  blocks: readonly Blocker[],
  inside: Inside | undefined,
  open: readonly string[],
): Class {
  if (steps.assigned.is === "no" || steps.listening.is === "no") return "IPv4-only";
  if (blocks.length > 0) return "dual";
  const blind = Object.values(steps).some(({ is }) => is === "unknown") || open.length > 0;
  return blind || !inside?.connections ? "unknown" : "IPv6-only-ready";
}

/** Names outside that nobody answered for, where somebody asked at all. */
function unanswered(
  workload: Workload,
  { names }: GivenValues,
  services: readonly ServiceOf[],
  answers: ReadinessEvidence["names"],
): readonly string[] {
  if (!answers) return [];
  const asked = names.flatMap(({ value }) => outside(value, workload, services) ?? []);
  return [...new Set(asked)].filter((name) => {
    const answer = answers.get(name);
    return answer?.AAAA === undefined || (answer.AAAA === false && answer.A === undefined);
  });
}

function registryNotes({ spec }: Workload): readonly string[] {
  const images = list(spec.containers).flatMap((container) => string(mapping(container).image) ?? []);
  return [...new Set(images.map(registryOf))].flatMap((registry) => {
    const known = Object.hasOwn(registriesWithoutIPv6, registry) ? registriesWithoutIPv6[registry] : undefined;
    return known
      ? [`its image is pulled from ${registry}, of which no AAAA record was seen in ${known.seen} (${known.source})`]
      : [];
  });
}
