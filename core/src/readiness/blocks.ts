/** What keeps a workload on IPv4 beside the rungs: what it is connected to, and what it is told. */
import { familyOf, isLinkLocal, isLoopback, parseAddress } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { TcpConnection } from "../linux/tcp-sockets.ts";
import { list, mapping } from "../policy/read.ts";
import type { GivenValues } from "./given.ts";
import type { Assessed, Blocker, Inside, NameFamilies } from "./model.ts";
import { externalName, type ServiceOf, serviceNamed } from "./services.ts";
import type { Workload } from "./workloads.ts";

/** What it has opened over IPv4; what others have opened to it is theirs to change. */
export function connectionBlocks({ name }: Workload, inside: Inside | undefined, peers: Peers): readonly Blocker[] {
  return outgoing(inside).map(({ remote }) => ({
    kind: "connection",
    what: `it is connected to ${peers(remote.address)} port ${remote.port} over IPv4`,
    where: `${name}: the name or address that it finds ${remote.address} by`,
  }));
}

function isOut({ local, remote }: TcpConnection, { listeners = [] }: Inside): boolean {
  const address = parseAddress(remote.address);
  return address !== undefined && !isLoopback(address) && !listeners.some(({ port }) => port === local.port);
}

function outgoing(inside: Inside | undefined): readonly TcpConnection[] {
  return (inside?.connections ?? []).filter((one) => one.family === "IPv4" && isOut(one, inside as Inside));
}

export function peersOf(inside: Inside | undefined, peers: Peers): Assessed["peers4"] {
  const all = (inside?.connections ?? []).filter(({ family, remote }) => {
    const address = parseAddress(remote.address);
    return family === "IPv4" && address && !isLoopback(address) && !isLinkLocal(address);
  });
  const told = all.map((one) => {
    const way = isOut(one, inside as Inside) ? ("out" as const) : ("in" as const);
    return { peer: peers(one.remote.address), port: way === "out" ? one.remote.port : one.local.port, way };
  });
  return [...new Map(told.map((one) => [JSON.stringify(one), one])).values()];
}

export function givenBlocks(
  workload: Workload,
  { literals, names, texts }: GivenValues,
  services: readonly ServiceOf[],
  answers: ReadonlyMap<string, NameFamilies> | undefined,
): readonly Blocker[] {
  const written = literals.map(
    ({ value, where }): Blocker => ({ kind: "literal", what: `it is told the IPv4 address ${value}`, where }),
  );
  const asked = names.flatMap(({ value, where }): Blocker[] => {
    const service = serviceNamed(services, value, workload.namespace);
    const external = service && externalName(service);
    if (service && external === undefined) {
      if (!service.families || service.families.includes("IPv6")) return [];
      const what = `it is told the name ${value}, and Service ${service.namespace}/${service.name} is of IPv4 alone`;
      return [{ kind: "name", what, where: `Service ${service.namespace}/${service.name}, spec.ipFamilyPolicy` }];
    }
    const answer = answers?.get(external ?? value);
    if (!answer?.A || answer.AAAA !== false) return [];
    return [{ kind: "name", what: `${external ?? value} has A records and no AAAA record`, where }];
  });
  const told = texts.flatMap(({ text, where }): Blocker[] =>
    /-Djava\.net\.preferIPv4Stack=true/.test(text)
      ? [{ kind: "runtime", what: "Java is told to use IPv4 alone (preferIPv4Stack)", where }]
      : [],
  );
  return [...written, ...asked, ...told];
}

export function bindsOf({ texts }: GivenValues): readonly string[] {
  return texts.flatMap(({ text, where, name = "" }) =>
    /^(?:--?[\w-]*(?:host|bind|listen|addr)[\w-]*[= ])?0\.0\.0\.0(?::\d+)?$/.test(text) &&
    !/allow|trusted|cidr/i.test(name)
      ? [where]
      : [],
  );
}

type Peers = (address: string) => string;

/** What an address belongs to: `Service shop/db (10.96.0.7)`. */
export function namesOfAddresses(objects: readonly KubeObject[]): Peers {
  const known = new Map<string, string>();
  for (const { kind, metadata, spec, status } of objects) {
    const name =
      metadata.namespace === undefined ? `${kind} ${metadata.name}` : `${kind} ${metadata.namespace}/${metadata.name}`;
    const all =
      kind === "Service"
        ? list(mapping(spec).clusterIPs)
        : kind === "Pod" && mapping(spec).hostNetwork !== true
          ? list(mapping(status).podIPs).map((entry) => mapping(entry).ip)
          : kind === "Node"
            ? list(mapping(status).addresses).map((entry) => mapping(entry).address)
            : [];
    for (const address of all) if (typeof address === "string" && familyOf(address)) known.set(address, name);
  }
  return (address) => (known.has(address) ? `${known.get(address)} (${address})` : address);
}
