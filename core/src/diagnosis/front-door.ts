import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Front, type PodRef, type Target, targetName } from "../judging/subject.ts";
import { type FrontKind, probe as frontProbe, frontTypes } from "../probes/front.ts";
import { probe as policies } from "../probes/policies.ts";
import { probe as serviceProbe } from "../probes/service.ts";
import { probe as services } from "../probes/services.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import {
  type FrontedService,
  frontPort,
  gatewaysOf,
  ingressBackends,
  isFor,
  refusals,
  routeBackends,
} from "./front-objects.ts";
import type { Missing } from "./missing.ts";

/** What a front door leads to. */
export interface Door {
  /** The first Service behind it, or where there is none, one of its addresses; undefined: there is nothing to look at. */
  readonly behind?: Target;
  readonly front?: Front;
  readonly remarks: readonly string[];
  readonly missing: readonly Missing[];
}

type FrontTarget = Target & { readonly kind: "front" };

/** Follows an Ingress, a Gateway or a route to its addresses and to the Services it sends to. */
export function* frontDoor(target: FrontTarget, here: boolean): Asking<Door> {
  const { what, namespace, name } = target;
  const found = yield* tryAsk(frontProbe, { what, namespace, name });
  if (!found.ok) {
    const { reason, message } = found.refusal;
    const nearest = reason === "not-found" ? yield* others(target) : [];
    const unknown =
      reason === "unsupported" ? `${targetName(target)} (the cluster knows no ${what})` : targetName(target);
    return reason === "not-found" || reason === "unsupported"
      ? { remarks: [], missing: [{ what: unknown, nearest }] }
      : { remarks: [], missing: [{ what: `${targetName(target)} (${message})`, nearest: [] }] };
  }
  const { doors: all, backends, remarks } = yield* around(target, found.value);
  const port = target.port ?? all[0]?.port ?? 80;
  // Others are reached at ports of their own.
  const doors = all.filter((door) => target.port !== undefined || door.port === port).map(({ object }) => object);
  const addresses = [...new Set(doors.flatMap(addressesOf))];
  const names = [...new Set(doors.flatMap(hostnamesOf))];
  const owner = addresses.length > 0 ? yield* ownerOf(addresses, port) : undefined;
  const front: Front = {
    ...{ what, namespace, name, addresses, port },
    ...(names.length > 0 ? { names } : {}),
    ...(owner ? { door: owner } : {}),
  };
  const [one, ...more] = backends;
  const first = one && (yield* numbered(one));
  const told = [
    ...remarks,
    ...(addresses.length === 0 && names.length === 0 ? [`${targetName(target)} has no address yet`] : []),
    ...(here ? [] : names.map(unresolved)),
    ...(first
      ? [`${targetName(target)} sends to ${serviceName(first)}`]
      : [`${targetName(target)} sends to no Service`]),
    ...all
      .filter(({ object }) => !doors.includes(object))
      .map(
        (door) =>
          `it is also at Gateway ${door.object.metadata.namespace}/${door.object.metadata.name}, port ${door.port}`,
      ),
    ...(first?.portName
      ? [`${serviceName(first)} was not seen to have a port ${first.portName}: its first one is dialled`]
      : []),
    ...more.map((one) => `it also sends to ${serviceName(one)}: ask for svc/${one.namespace}/${one.name}`),
  ];
  const [address] = addresses;
  const behind: Target | undefined = first
    ? { kind: "service", namespace: first.namespace, name: first.name, ...(first.port ? { port: first.port } : {}) }
    : address
      ? { kind: "address", address, port }
      : undefined;
  const nothing = [{ what: `an address of ${targetName(target)}, or a Service behind it,`, nearest: [] }];
  return behind ? { behind, front, remarks: told, missing: [] } : { remarks: told, missing: nothing };
}

/** What has an address only once somebody resolves it; who stands where clients do can. */
export function unresolved(name: string): string {
  return `its load balancer ${name} was not looked at: it has a name and no address`;
}

interface Around {
  /** What has the addresses: the Ingress itself, or Gateways. */
  readonly doors: readonly { readonly object: KubeObject; readonly port: number }[];
  readonly backends: readonly FrontedService[];
  readonly remarks: readonly string[];
}

function* around({ what, namespace, name }: FrontTarget, object: KubeObject): Asking<Around> {
  if (what === "Ingress")
    return { doors: [{ object, port: frontPort(object) }], backends: ingressBackends(object), remarks: [] };
  if (what === "Gateway") {
    const routes = yield* routesTo({ namespace, name });
    return {
      doors: [{ object, port: frontPort(object) }],
      backends: distinct(routes.flatMap(routeBackends)),
      remarks: routes.flatMap(refusals),
    };
  }
  const doors: { object: KubeObject; port: number }[] = [];
  for (const { namespace: home, name: gateway, ...listener } of gatewaysOf(object)) {
    const answer = yield* tryAsk(frontProbe, { what: "Gateway", namespace: home, name: gateway });
    if (answer.ok) doors.push({ object: answer.value, port: frontPort(answer.value, listener) });
  }
  return { doors, backends: distinct(routeBackends(object)), remarks: refusals(object) };
}

function* routesTo(gateway: PodRef): Asking<KubeObject[]> {
  const routes: KubeObject[] = [];
  for (const kind of ["HTTPRoute", "GRPCRoute"] as const) {
    const answer = yield* tryAsk(policies, { ...frontTypes[kind], kind });
    if (answer.ok) routes.push(...answer.value.filter((route) => isFor(route, gateway)));
  }
  return routes;
}

function distinct(all: readonly FrontedService[]): FrontedService[] {
  return [...new Map(all.map((one) => [`${one.namespace}/${one.name}`, one])).values()];
}

function serviceName({ namespace, name }: PodRef): string {
  return `Service ${namespace}/${name}`;
}

/** The port of a Service by its name; as it was where nobody sees it. */
function* numbered(one: FrontedService): Asking<FrontedService> {
  if (one.portName === undefined) return one;
  const { namespace, name, portName } = one;
  const service = yield* tryAsk(serviceProbe, { namespace, name });
  const ports = (service.ok ? (service.value.spec?.ports ?? []) : []) as { name?: string; port?: number }[];
  const port = ports.find((each) => each.name === portName)?.port;
  return port === undefined ? one : { namespace, name, port };
}

/** The Service whose load balancer has the addresses; where several share one, as at nodes' addresses, that which has the port. */
function* ownerOf(addresses: readonly string[], port: number): Asking<PodRef | undefined> {
  const all = yield* tryAsk(services, {});
  const own = all.ok ? all.value.filter((one) => addressesOf(one).some((ip) => addresses.includes(ip))) : [];
  const fit = own.filter(({ spec }) => ((spec?.ports ?? []) as { port?: number }[]).some((one) => one.port === port));
  const [found, second] = fit.length > 0 ? fit : own;
  if (second) return undefined;
  return found && { namespace: found.metadata.namespace ?? "", name: found.metadata.name };
}

function addressesOf({ status = {} }: KubeObject): string[] {
  const listed = (status.loadBalancer?.ingress ?? status.addresses ?? []) as { ip?: string; value?: string }[];
  return listed.map(({ ip, value }) => ip ?? value ?? "").filter((text) => familyOf(text));
}

function hostnamesOf({ status = {} }: KubeObject): string[] {
  const listed = (status.loadBalancer?.ingress ?? status.addresses ?? []) as Record<string, string>[];
  return listed.flatMap(({ ip, hostname, value = hostname }) =>
    ip === undefined && value && !familyOf(value) ? value : [],
  );
}

const mostOffered = 3;
const words: Readonly<Record<FrontKind, string>> = {
  Ingress: "ing",
  Gateway: "gateway",
  HTTPRoute: "httproute",
  GRPCRoute: "grpcroute",
};

/** What there is of its kind, in its own namespace first. */
function* others({ what, namespace }: FrontTarget): Asking<string[]> {
  const all = yield* tryAsk(policies, { ...frontTypes[what], kind: what });
  const found = all.ok ? all.value.map(({ metadata }) => ({ ...metadata, namespace: metadata.namespace ?? "" })) : [];
  const ranked = [
    ...found.filter((one) => one.namespace === namespace),
    ...found.filter((one) => one.namespace !== namespace),
  ];
  return ranked.slice(0, mostOffered).map((one) => `${words[what]}/${one.namespace}/${one.name}`);
}
