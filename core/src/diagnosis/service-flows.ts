import { type Family, familyOf } from "../addresses/address.ts";
import type { Flow, ScenePod, SceneService } from "../judging/scene.ts";
import { type Target, targetName } from "../judging/subject.ts";
import { dialledFamilies, type FlowParts, flow } from "./flow.ts";
import { unresolved } from "./front-door.ts";

/** What belongs to the target and was not dialled. */
export function undialled({ subject, services: [service], behind, pods }: FlowParts): string[] {
  const { to } = subject;
  if (to?.kind !== "service") return [];
  if (!service) {
    const name = `${to.name}.${to.namespace}:${to.port ?? "PORT"}`;
    return [`${targetName(to)} could not be read; --to ${name} asks DNS for it, which takes no right to Services`];
  }
  const { dialled, ready, unready } = behind;
  const source =
    pods[0] && dialled.some(({ namespace, name }) => namespace === pods[0]?.namespace && name === pods[0].name);
  const names = ingressOf(service).flatMap(({ ip, hostname }) => (ip === undefined && hostname ? [hostname] : []));
  return [
    ...(servicePort(service, to)
      ? []
      : [`${targetName(to)} has ${lacking(service, to.port)}, so nothing could be dialled`]),
    ...(ready > dialled.length ? [`${dialled.length} of its ${ready} ready pods are dialled one by one`] : []),
    ...(unready > 0
      ? [
          `${unready} of its pods ${unready === 1 ? "is" : "are"} not ready and get${unready === 1 ? "s" : ""} no connections`,
        ]
      : []),
    ...(source ? [`${pods[0]?.namespace}/${pods[0]?.name} is one of its pods, and does not dial itself`] : []),
    ...(subject.alsoFrom?.here ? [] : names.map(unresolved)),
  ];
}

/** "no TCP port", "no TCP port 81 but 80" */
function lacking(service: SceneService, asked: number | undefined): string {
  const offered = servicePorts(service);
  return offered.length > 0 && asked !== undefined ? `no TCP port ${asked} but ${offered.join(", ")}` : "no TCP port";
}

/** The port that a Service sends to on one of its pods. */
export function backendPort(
  { subject: { to }, services: [service], behind }: FlowParts,
  pod: ScenePod,
): number | undefined {
  const port = to?.kind === "service" && service ? servicePort(service, to) : undefined;
  const backend = behind.dialled.find(({ namespace, name }) => namespace === pod.namespace && name === pod.name);
  return port && backend?.ports[port.name ?? ""];
}

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly nodePort?: number;
}

/** The port that is asked for, else its first of TCP. */
export function servicePort({ object }: SceneService, target: Target | undefined): ServicePort | undefined {
  const tcp = ((object.spec?.ports ?? []) as ServicePort[]).filter(({ protocol = "TCP" }) => protocol === "TCP");
  const asked = target?.kind === "service" ? target.port : undefined;
  return asked === undefined ? tcp[0] : tcp.find(({ port }) => port === asked);
}

export function serviceFlows(from: ScenePod, service: SceneService, target: Target | undefined): Flow[] {
  const spec = service.object.spec ?? {};
  const chosen = servicePort(service, target);
  if (!chosen || spec.type === "ExternalName") return [];
  const clusterIPs = ((spec.clusterIPs ?? []) as string[]).filter((ip) => familyOf(ip));
  if (clusterIPs.length === 0 && spec.clusterIP === "None") return [];
  const asked = target?.kind === "service";
  const to: Target = { kind: "service", namespace: service.namespace, name: service.name, port: chosen.port };
  // Requests through a Service land on different pods, so that their sizes cannot be compared.
  const rest = { service, port: chosen.port, expectListener: true, asked, http: false };
  const own = dialledFamilies.map((family) =>
    flow(from, to, family, { ...rest, scope: "service", host: clusterIPs.find((ip) => familyOf(ip) === family) }),
  );
  return [...own, ...(asked ? balancerFlows(from, service, to, rest) : [])];
}

/** The addresses a load balancer has; and, so that it is missed, none of a family that the Service has and the balancer lacks. */
function balancerFlows(
  from: ScenePod,
  service: SceneService,
  to: Target,
  rest: Omit<Parameters<typeof flow>[3], "scope" | "host">,
): Flow[] {
  const named = `load balancer of ${targetName(to)}`;
  const listed = ingressOf(service);
  const of = (family: Family, ip?: string): Flow => ({
    ...flow(from, to, family, { ...rest, scope: "load-balancer", host: ip }),
    to: named,
    id: `${family} ${from.namespace}/${from.name} > ${named}${ip === undefined ? "" : ` ${ip}`}`,
  });
  const dialled = listed.flatMap(({ ip = "" }) => {
    const family = familyOf(ip);
    return family ? [of(family, ip)] : [];
  });
  const wanted = ((service.object.spec?.ipFamilies ?? []) as Family[]).filter(
    (family) => !dialled.some((one) => one.family === family),
  );
  // What a name of a load balancer resolves to is not known here.
  const isNamed = listed.some(({ ip, hostname }) => ip === undefined && hostname);
  return [...dialled, ...(dialled.length > 0 && !isNamed ? wanted.map((family) => of(family)) : [])];
}

function ingressOf({ object }: SceneService): readonly { readonly ip?: string; readonly hostname?: string }[] {
  return object.status?.loadBalancer?.ingress ?? [];
}

/** The TCP ports of a Service, as numbers. */
export function servicePorts({ object }: SceneService): number[] {
  return ((object.spec?.ports ?? []) as ServicePort[])
    .filter(({ protocol = "TCP" }) => protocol === "TCP")
    .map(({ port }) => port);
}
