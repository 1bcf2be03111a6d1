/** The rungs of one workload. */
import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import type { Difference } from "../parity/model.ts";
import { list, mapping, string } from "../policy/read.ts";
import { refText } from "../policy/ref.ts";
import type { Blocker, Inside, ReadinessStep, StepName } from "./model.ts";
import { type ServiceOf, targetPorts } from "./services.ts";
import type { Workload } from "./workloads.ts";

/** What is known beside the workload itself. */
export interface Around {
  /** Those that select it. */
  readonly services: readonly ServiceOf[];
  readonly slices: readonly KubeObject[];
  /** Where policies let one family through alone; undefined if they are not known. */
  readonly differences: readonly Difference[] | undefined;
  /** Undefined if nobody looked into a pod. */
  readonly inside: Inside | undefined;
  /** What in its manifest binds it to IPv4. */
  readonly binds: readonly string[];
}

export interface Rungs {
  readonly steps: Readonly<Record<StepName, ReadinessStep>>;
  readonly blocks: readonly Blocker[];
}

type Judged = readonly [ReadinessStep, readonly Blocker[]];

const yes = (why: string): Judged => [{ is: "yes", why }, []];
const none = (why: string): Judged => [{ is: "none", why }, []];
const unknown = (why: string): Judged => [{ is: "unknown", why }, []];
const no = (why: string, ...blocks: readonly Blocker[]): Judged => [{ is: "no", why }, blocks];

export function rungsOf(workload: Workload, around: Around): Rungs {
  const judged: Readonly<Record<StepName, Judged>> = {
    declared: declared(around.services),
    assigned: assigned(workload),
    listening: listening(workload, around),
    allowed: allowed(workload, around.differences),
    resolvable: resolvable(workload, around.inside),
    reached: reached(workload, around),
  };
  const steps = Object.fromEntries(Object.entries(judged).map(([name, [step]]) => [name, step])) as Rungs["steps"];
  return { steps, blocks: Object.values(judged).flatMap(([, blocks]) => blocks) };
}

function declared(services: readonly ServiceOf[]): Judged {
  if (services.length === 0) return none("no Service selects it");
  const lacking = services.filter(({ families }) => families && !families.includes("IPv6"));
  const open = services.filter(({ families }) => families === undefined);
  if (lacking.length > 0)
    return no(
      `${lacking.map(textOf).join(", ")} ${lacking.length === 1 ? "is" : "are"} of IPv4 alone`,
      ...lacking.map(
        (service): Blocker => ({
          kind: "service",
          what: `${textOf(service)} has no IPv6 address for clients`,
          where: `${textOf(service)}, spec.ipFamilyPolicy`,
        }),
      ),
    );
  if (open.length > 0) return unknown(`${open.map(textOf).join(", ")}: which families it gets the cluster decides`);
  return yes(`${services.map(textOf).join(", ")}: IPv6`);
}

function textOf({ namespace, name }: ServiceOf): string {
  return `Service ${namespace}/${name}`;
}

function assigned({ pods, name }: Workload): Judged {
  const known = pods.filter(({ ips }) => ips.length > 0);
  if (known.length === 0) return unknown("no pod of it runs");
  const without = known.filter(({ ips }) => !ips.some((ip) => familyOf(ip) === "IPv6"));
  if (without.length === 0)
    return yes(known.flatMap(({ ips }) => ips.filter((ip) => familyOf(ip) === "IPv6"))[0] ?? "");
  const which = without.length === known.length ? "no pod" : `${without.length} of ${known.length} pods`;
  const what = which === "no pod" ? "no pod of it has an IPv6 address" : `${which} of it have no IPv6 address`;
  return no(what, { kind: "no-address", what, where: `${name}: the network plugin's IPv6 pool, the node's podCIDRs` });
}

function listening(workload: Workload, { services, inside, binds }: Around): Judged {
  const [pod] = workload.pods;
  const ports = pod ? targetPorts(services, pod) : [];
  if (ports.length === 0 && !inside) return none("it names no port");
  if (!inside?.listeners) {
    // Go and Java take 0.0.0.0 for both families: only a look into the pod tells.
    const told = binds.length > 0 ? `, and it is told to listen on 0.0.0.0 (${binds[0]})` : "";
    return unknown(`${inside?.why ?? "nobody looked into a pod"}${told}`);
  }
  const { listeners } = inside;
  const seen = ports.filter((port) => listeners.some((one) => one.port === port && !isLocal(one.address)));
  if (ports.length === 0) return none("no Service and no container of it names a port");
  if (seen.length === 0)
    return unknown(`nothing listens on ${ports.map((port) => `port ${port}`).join(", ")} at the moment`);
  const address = pod?.ips.find((ip) => familyOf(ip) === "IPv6") ?? "::";
  const deaf = seen.filter((port) => !listeners.some((one) => accepts(one, "IPv6", address, port)));
  if (deaf.length === 0) return yes(`port ${seen.join(", ")} of IPv6`);
  const what = `port ${deaf.join(", ")} is listened on over IPv4 alone`;
  return no(what, {
    kind: "listens-ipv4",
    what,
    where: binds[0] ?? `${workload.name}: what the program is told to listen on`,
  });
}

function isLocal(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** Only what IPv4 may and IPv6 may not: what neither may is no matter of families. */
function allowed({ name }: Workload, differences: readonly Difference[] | undefined): Judged {
  if (!differences) return unknown("the policies were not read");
  const own = differences.filter(
    ({ open, instances }) =>
      open === "IPv4" &&
      instances.some(({ subject }) => subject.groups.some(({ workloads }) => workloads.includes(name))),
  );
  if (own.length === 0) return yes("no policy lets IPv4 through alone");
  const blocks = own.map(
    ({ divergence, direction, instances }): Blocker => ({
      kind: "policy",
      what: `${direction} over IPv6 is denied where IPv4 is allowed: ${[...new Set(instances.map(({ peer }) => peer.text))].slice(0, 3).join(", ")}`,
      where: `${refText(divergence.policy)}, ${divergence.path}`,
    }),
  );
  return no(blocks[0]?.what ?? "", ...blocks);
}

function resolvable({ name }: Workload, inside: Inside | undefined): Judged {
  if (!inside?.resolver) return unknown(inside?.why ?? "nobody looked into a pod");
  const { nameservers } = inside.resolver;
  if (nameservers.length === 0) return none("it has no DNS server");
  if (nameservers.some((server) => server.includes(":"))) return yes(`nameserver ${nameservers.join(", ")}`);
  const what = `its DNS server is asked over IPv4 alone (${nameservers.join(", ")})`;
  return no(what, { kind: "nameserver", what, where: `${name}: spec.dnsConfig, or clusterDNS of the kubelet` });
}

function reached(workload: Workload, { services, slices, inside }: Around): Judged {
  const { connections = [], listeners = [] } = inside ?? {};
  const incoming = connections.filter(
    ({ family, local, remote }) =>
      family === "IPv6" && !isLocal(remote.address) && listeners.some(({ port }) => port === local.port),
  );
  if (incoming.length > 0) return yes(`clients are connected over IPv6, ${incoming[0]?.remote.address} for one`);
  if (services.length === 0) return none("no Service leads to it");
  const six = services.filter(({ families }) => families?.includes("IPv6"));
  if (six.length === 0) return unknown("no Service of it has IPv6");
  const ready = new Set(slices.filter(({ addressType }) => addressType === "IPv6").flatMap(readyAddresses));
  const ips = workload.pods.flatMap(({ ips }) => ips.filter((ip) => familyOf(ip) === "IPv6"));
  if (ips.length === 0 || slices.length === 0) return unknown("the endpoints were not read");
  if (ips.some((ip) => ready.has(ip))) return yes("a ready endpoint of IPv6");
  const what = "none of its pods is a ready endpoint of IPv6";
  return no(what, { kind: "service", what, where: six.map(textOf).join(", ") });
}

function readyAddresses(slice: KubeObject): readonly string[] {
  return list(slice.endpoints).flatMap((endpoint) => {
    const { addresses, conditions } = mapping(endpoint);
    return mapping(conditions).ready === false ? [] : list(addresses).flatMap((address) => string(address) ?? []);
  });
}
