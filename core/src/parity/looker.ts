/** Asks all that can differ for one subject after the other, and keeps what does by its reason. */
import { type Family, parseAddress } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import {
  type AddressEndpoint,
  type CompiledPolicy,
  directions,
  families,
  type PodEndpoint,
  type PolicyRef,
  type PolicySurroundings,
} from "../policy/model.ts";
import { list, mapping, string } from "../policy/read.ts";
import { addressIn, Lattice } from "./atoms.ts";
import { type Divergence, divergenceOf } from "./divergence.ts";
import { editFor } from "./edit.ts";
import type { Difference, Instance, Parity, Peer } from "./model.ts";
import { pairsIn } from "./outside.ts";
import { type Counterpart, placesFor } from "./places.ts";
import type { RegionPair } from "./regions.ts";
import { type Behaviour, type Ruled, SubjectRulings, unequalDoubt } from "./ruling.ts";
import { clausesOf, type Group, type ParitySubject } from "./subjects.ts";
import { namedPorts, namesOfPorts, type Traffic, trafficOf } from "./traffic.ts";

interface PodPeer {
  readonly pod: PodEndpoint;
  readonly pods: PodEndpoint[];
  readonly group: Group;
  readonly named: string;
}

interface Compared extends Readonly<Record<Family, Behaviour>> {
  readonly subject: ParitySubject;
  readonly pod: PodEndpoint;
  readonly rulings: SubjectRulings;
  readonly peer: Peer;
}

type NodePeer = Peer & { readonly node: string };

export class ParityLooker {
  readonly #surroundings: PolicySurroundings;
  readonly #counterparts: readonly Counterpart[];
  readonly #pods: readonly PodPeer[];
  readonly #nodes: readonly NodePeer[];
  readonly #sources: ReadonlyMap<PolicyRef, KubeObject>;
  readonly #found = new Map<string, { instances: Instance[]; divergence: Divergence; open: Family }>();
  readonly #unjudged = new Map<string, { because: string; addresses: boolean; count: number }>();

  constructor(
    policies: readonly CompiledPolicy[],
    surroundings: PolicySurroundings,
    groups: readonly Group[],
    nodes: readonly NodePeer[],
    counterparts: readonly Counterpart[],
  ) {
    this.#surroundings = surroundings;
    this.#counterparts = counterparts;
    this.#nodes = nodes;
    this.#sources = new Map(policies.map(({ ref, source }) => [ref, source]));
    const nets = policies.flatMap((policy) =>
      directions.flatMap((direction) => {
        const section = policy[direction];
        return section ? clausesOf([{ policy, section, applies: true }]).flatMap(({ nets = [] }) => nets) : [];
      }),
    );
    this.#pods = podPeers(groups, new Lattice(nets));
  }

  look(subject: ParitySubject): void {
    const [pod, second] = subject.groups.flatMap(({ pods }) => pods.slice(0, 2));
    if (!pod) return;
    const clauses = clausesOf(subject.applied);
    const names = namesOfPorts(clauses);
    const ports = names.size === 0 ? [] : namedPorts([pod, ...this.#pods.map((peer) => peer.pod)], names);
    const rulings = new SubjectRulings(subject, pod, this.#surroundings, trafficOf(clauses, ports));
    const nets = clauses.flatMap(({ nets = [] }) => nets);
    const about = { subject, pod, rulings };
    for (const place of placesFor(nets, this.#counterparts)) {
      const { pairs, doubts } = pairsIn(place, nets, rulings);
      for (const doubt of doubts) this.#note(doubt);
      for (const { IPv4, IPv6 } of pairs) {
        const end = (region: RegionPair["IPv4"], family: Family): AddressEndpoint => ({
          kind: "address",
          address: addressIn(region.atom, place.known[family]),
        });
        const peer: Peer = { text: place.name, kind: "outside", IPv4: end(IPv4, "IPv4"), IPv6: end(IPv6, "IPv6") };
        this.#compare({ ...about, peer, IPv4: IPv4.behaviour, IPv6: IPv6.behaviour });
      }
    }
    const both = (peer: Peer, named: string) => ({
      IPv4: rulings.of(peer.IPv4, "IPv4", named),
      IPv6: rulings.of(peer.IPv6, "IPv6", named),
    });
    for (const { pod: peerPod, pods, group, named } of this.#pods) {
      // Nothing keeps a pod from itself.
      const from = peerPod === pod ? second : pod;
      const peer: Peer = { text: group.workloads[0] ?? "", kind: "pod", IPv4: peerPod, IPv6: peerPod, pods };
      if (from) this.#compare({ ...about, pod: from, peer, ...both(peer, names.size > 0 ? named : "") });
    }
    for (const peer of this.#nodes)
      if (pod.node !== undefined && peer.node !== pod.node) this.#compare({ ...about, peer, ...both(peer, "") });
  }

  #compare(compared: Compared): void {
    const { rulings, peer, IPv4, IPv6 } = compared;
    const open: Record<Family, number[]> = { IPv4: [], IPv6: [] };
    for (const [index, { protocol }] of rulings.traffic.entries()) {
      const [one, other] = [IPv4[index] as Ruled, IPv6[index] as Ruled];
      const doubt = unequalDoubt(one, other);
      // What Kubernetes leaves open for pings is no news.
      if (doubt !== undefined && protocol !== "ping") this.#note(doubt, peer);
      if (one.ruling === other.ruling || one.ruling === "unknown" || other.ruling === "unknown") continue;
      open[one.ruling === "allowed" ? "IPv4" : "IPv6"].push(index);
    }
    for (const family of families) if (open[family].length > 0) this.#add(compared, family, open[family]);
  }

  #add({ subject, pod, rulings, peer, ...behaviours }: Compared, open: Family, indexes: readonly number[]): void {
    const apart = Map.groupBy(indexes, (index) => {
      const traffic = rulings.traffic[index] as Traffic;
      const first = divergenceOf(rulings.steps(peer.IPv4, "IPv4", traffic), rulings.steps(peer.IPv6, "IPv6", traffic));
      const divergence = first && { ...first, ...rulings.widest(first, peer[first.matched], first.matched, traffic) };
      const key = JSON.stringify([subject.direction, open, divergence?.policy, divergence?.path, divergence?.matched]);
      if (divergence && !this.#found.has(key)) this.#found.set(key, { instances: [], divergence, open });
      return divergence ? key : undefined;
    });
    for (const [key, members] of apart) {
      if (key === undefined) continue;
      const [first] = members as [number];
      const ruled = { IPv4: behaviours.IPv4[first] as Ruled, IPv6: behaviours.IPv6[first] as Ruled };
      const traffic = members.map((index) => rulings.traffic[index] as Traffic);
      this.#found.get(key)?.instances.push({ subject, pod, peer, traffic, ruled });
    }
  }

  #note(because: string, peer?: Peer): void {
    const addresses = peer?.kind === "pod" && peer.IPv4.kind === "pod" && peer.IPv4.ips.length === 0;
    const text = addresses ? "which addresses pods will have is not in the files" : because;
    const before = this.#unjudged.get(text);
    if (before) before.count++;
    else this.#unjudged.set(text, { because: text, addresses, count: 1 });
  }

  differences(): readonly Difference[] {
    return [...this.#found.values()].map(({ instances, divergence, open }) => {
      const source = this.#sources.get(divergence.policy);
      const edit = source && editFor(source, divergence, this.#counterparts);
      const { direction } = (instances[0] as Instance).subject;
      return { direction, open, divergence, source, instances, ...(edit ? { edit } : {}) };
    });
  }

  unjudged(): Parity["unjudged"] {
    return [...this.#unjudged.values()];
  }
}

/** One pod of each group and atom, since others of it fare the same. */
function podPeers(groups: readonly Group[], lattice: Lattice): readonly PodPeer[] {
  const peers = new Map<string, PodPeer>();
  for (const group of groups)
    for (const pod of group.pods) {
      const atoms = pod.ips.flatMap((text) => {
        const address = parseAddress(text);
        return address ? [lattice.atomOf(address)] : [];
      });
      const key = `${group.key} ${atoms.join()}`;
      const peer = peers.get(key) ?? { pod, pods: [], group, named: JSON.stringify(pod.containerPorts ?? []) };
      peer.pods.push(pod);
      peers.set(key, peer);
    }
  return [...peers.values()];
}

/** The nodes with an InternalIP of both families. */
export function nodesOf(objects: readonly KubeObject[]): readonly NodePeer[] {
  return objects.flatMap((object) => {
    if (object.kind !== "Node") return [];
    const node = string(object.metadata.name) ?? "";
    const internal = list(mapping(object.status).addresses)
      .map(mapping)
      .filter(({ type }) => type === "InternalIP")
      .flatMap(({ address }) => string(address) ?? []);
    const of = (family: Family) => internal.find((text) => parseAddress(text)?.family === family);
    const [IPv4, IPv6] = [of("IPv4"), of("IPv6")];
    if (IPv4 === undefined || IPv6 === undefined) return [];
    const end = (address: string): AddressEndpoint => ({ kind: "address", address, node });
    return [{ text: `node ${node}`, kind: "node" as const, node, IPv4: end(IPv4), IPv6: end(IPv6) }];
  });
}
