import { parseAddress } from "../addresses/address.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as links } from "../probes/links.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { atNode, atPod, podName } from "./failures.ts";
import type { Symptom } from "./symptom.ts";

/** A tunnel of the source's node that carries less than the pod believes. */
export interface NarrowTunnel {
  readonly device: string;
  readonly mtu: number;
  readonly because: string;
  readonly by: readonly [Question, Question];
}

/** The names CNIs give to devices that carry IPv6 between nodes. */
const tunnelForIPv6 = /^(vxlan-v6\.calico|flannel-v6\.\d+|wg-v6\.cali|cilium_vxlan|flannel-wg-v6)$/;

/** undefined where all are wide enough, or nobody could look. */
export function* narrowTunnel({ scene }: Case): Asking<NarrowTunnel | undefined> {
  const [pod] = scene.pods;
  const [node] = scene.nodes;
  if (!pod || !node || pod.hostNetwork) return undefined;
  const own = yield* tryAsk(links, atPod(pod));
  const there = yield* tryAsk(links, atNode(node));
  const [name, size] = (own.ok ? Object.entries(own.value) : []).find(([device]) => device !== "lo") ?? [];
  if (!there.ok || name === undefined || size === undefined) return undefined;
  const found = Object.entries(there.value).find(([device, mtu]) => tunnelForIPv6.test(device) && mtu < size);
  if (!found) return undefined;
  const [device, mtu] = found;
  const because = `${name} of ${podName(pod)} has an MTU of ${size}, ${device} of node ${node.name} one of ${mtu}`;
  return { device, mtu, because, by: [question(links, atPod(pod)), question(links, atNode(node))] };
}

/** Of dials those that go to their pod by that tunnel; of a Service nobody says where it leads. */
export function* byTunnel(
  { scene }: Case,
  dials: readonly Symptom[],
  { device }: NarrowTunnel,
): Asking<readonly Symptom[]> {
  const [node] = scene.nodes;
  const table = node ? yield* tryAsk(routes, atNode(node)) : undefined;
  return dials.filter(({ flow }) => {
    const address = parseAddress(flow?.toPod?.ips.IPv6 ?? flow?.host ?? "");
    return table?.ok === true && address !== undefined && routeTo(table.value, address)?.device === device;
  });
}
