import { type Family, familyOf, otherFamily } from "../addresses/address.ts";
import type { AbortSignalLike, Answer, Cluster, KubeObject } from "../cluster/cluster.ts";
import { decisive } from "../diagnosis/patience.ts";
import { families } from "../policy/model.ts";
import { list, mapping, number, strings } from "../policy/read.ts";
import { type DialArgs, probe as dial, silenceText } from "../probes/dial.ts";
import type { Attempt } from "../probing/bundle.ts";
import { runningContainers } from "../probing/containers.ts";
import { liveLooker } from "../probing/looker.ts";
import { meshOf } from "../probing/mesh.ts";
import { question, questionId } from "../probing/probe.ts";
import { backendsOf } from "./backends.ts";
import { qualifiedNameOf, slicesByService, type Unequal } from "./equality.ts";

export interface Dialled {
  /** By the Service's NAMESPACE/NAME. */
  readonly differences: ReadonlyMap<string, readonly Unequal[]>;
  /** What could not be dialled, and why; without a full stop. */
  readonly unread: readonly string[];
}

/** Of how many Services the ports are dialled in one exec. */
const together = 4;

/** How many of the pods behind a Service are dialled themselves: its own address leads to any one of them. */
const mostBackends = 5;

/** A TCP port of a Service that has both families, or of a pod behind it. */
interface Port {
  readonly service: string;
  /** NAMESPACE/NAME */
  readonly backend?: string;
  readonly port: number;
  readonly hosts: Readonly<Record<Family, string>>;
}

type Both = Readonly<Record<Family, Attempt>>;

/**
 * Dials every TCP port of every Service of both families from a pod that runs. A busy machine makes one family look bad once, so that what
 * differs is dialled again, with all patience, and told if it differs again.
 */
export async function dialBoth(
  cluster: Cluster,
  {
    services,
    slices,
    pods,
    from,
  }: Readonly<Record<"services" | "slices" | "pods", readonly KubeObject[]>> & {
    readonly from: string;
  },
  signal: AbortSignalLike | undefined,
): Promise<Dialled> {
  const [namespace = "", name = ""] = from.split("/");
  const pod = pods.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  const containers = pod ? runningContainers(pod) : [];
  if (containers.length === 0)
    return { differences: new Map(), unread: [`nothing was dialled: no container of pod ${from} runs`] };
  const looker = liveLooker(cluster, { access: "exec", containers: () => containers, ...(signal ? { signal } : {}) });
  const at = { kind: "pod", namespace, pod: name } as const;
  const unread = new Set<string>();

  const round = async (ports: readonly Port[], how: Pick<DialArgs, "haste">) => {
    const asked = ports.flatMap(({ hosts, port }) =>
      families.map((family) => question(dial, { at, family, host: hosts[family], port, seconds: decisive, ...how })),
    );
    const seen = new Map((await looker.look(asked)).map(({ id, answer }) => [id, answer]));
    const answers = asked.map((one) => seen.get(questionId(one)) as Answer<Attempt>);
    return ports.flatMap((port, index) => {
      const pair = answers.slice(2 * index, 2 * index + 2);
      const [one, other] = pair.map((answer) => (answer.ok ? answer.value : undefined));
      const [refused] = pair.flatMap((answer) => (answer.ok ? [] : [answer.refusal.message.replace(/\.$/, "")]));
      if (refused !== undefined)
        unread.add(`Service ${port.service} port ${port.port} was not dialled over both families: ${refused}`);
      const told = one && other ? unequal(port, { [families[0]]: one, [families[1]]: other } as Both, from) : undefined;
      return told ? [{ port, told }] : [];
    });
  };

  const behind = slicesByService(slices);
  for (const service of services) {
    const mesh = meshBehind(behind.get(qualifiedNameOf(service)) ?? [], pods);
    if (mesh)
      unread.add(`Service ${qualifiedNameOf(service)}: ${mesh} takes every connection in its pods, over either family`);
  }
  const groups = services
    .map((service) => portsOf(service, behind.get(qualifiedNameOf(service)) ?? []))
    .filter((ports) => ports.length > 0);
  const found: Awaited<ReturnType<typeof round>> = [];
  for (let start = 0; start < groups.length; start += together) {
    const suspects = await round(groups.slice(start, start + together).flat(), { haste: 1 });
    if (suspects.length > 0)
      found.push(
        ...(await round(
          suspects.map(({ port }) => port),
          {},
        )),
      );
  }
  const differences = Map.groupBy(found, ({ port }) => port.service);
  return {
    differences: new Map([...differences].map(([service, all]) => [service, all.map(({ told }) => told)])),
    unread: [...unread],
  };
}

/** The mesh in front of a Service's pods. */
function meshBehind(slices: readonly KubeObject[], pods: readonly KubeObject[]): string | undefined {
  const { IPv4, IPv6 } = backendsOf(slices, []);
  const meshed = pods.find((pod) => {
    const name = qualifiedNameOf(pod);
    return (IPv4.has(name) || IPv6.has(name)) && meshOf(pod) !== undefined;
  });
  return meshed && `the proxy of ${meshOf(meshed)?.name}`;
}

/** How much later one family has to connect, as a factor and in milliseconds, for it to be told: a SYN that is lost costs a second. */
const slower = { times: 5, by: 200 };

function unequal({ service, backend, port }: Port, both: Both, from: string): Unequal | undefined {
  const where = `kube-ipv6 diagnose --from ${from} --to ${backend === undefined ? `svc/${service}` : `pod/${backend}`}`;
  const what = `${backend === undefined ? "" : `${backend} `}port ${port}`;
  for (const family of families) {
    const [own, other] = [both[family], both[otherFamily(family)]];
    if (!other.ok) continue;
    const than = otherFamily(family);
    if (!own.ok) {
      const how = own.text || silenceText(own.ms, decisive);
      return {
        kind: "dial",
        family,
        what: `${what} does not connect over ${family} (${how}), and does over ${than}`,
        where,
      };
    }
    const [mine, its] = [took(own), took(other)];
    if (mine > its + slower.by && mine > its * slower.times)
      return {
        kind: "latency",
        family,
        what: `${what} connects after ${mine} ms over ${family}, after ${its} ms over ${than}, twice`,
        where,
      };
  }
  return undefined;
}

/** Without what the container cost: the start of a program, and the time it had to wait for a processor. */
function took({ ms, control = 0, starved = 0 }: Attempt): number {
  return Math.max(0, ms - control - starved);
}

function portsOf(service: KubeObject, slices: readonly KubeObject[]): readonly Port[] {
  const { clusterIPs, ports } = mapping(service.spec);
  const addresses = strings(clusterIPs).map(({ text }) => text);
  const [IPv4, IPv6] = (["IPv4", "IPv6"] as const).map((family) => addresses.find((one) => familyOf(one) === family));
  if (IPv4 === undefined || IPv6 === undefined) return [];
  const name = qualifiedNameOf(service);
  const own = list(ports)
    .map(mapping)
    .flatMap(({ protocol = "TCP", port }) => (protocol === "TCP" ? (number(port) ?? []) : []))
    .map((port) => ({ service: name, port, hosts: { IPv4, IPv6 } }));
  const behind = backendsOf(slices, []);
  const ready = [...behind.IPv4].flatMap(([backend, four]) => {
    const six = behind.IPv6.get(backend);
    if (!four.ready || !six?.ready) return [];
    const hosts = { IPv4: four.address, IPv6: six.address };
    return [four.tcp.filter((port) => six.tcp.includes(port)).map((port) => ({ service: name, backend, port, hosts }))];
  });
  return [...own, ...ready.slice(0, mostBackends).flat()];
}
