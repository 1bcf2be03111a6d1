import type { KubeObject } from "../cluster/cluster.ts";
import type { PodRef } from "../judging/subject.ts";

/** A Service that something in front of it sends to. */
export interface FrontedService extends PodRef {
  readonly port?: number;
  /** Where it has no number. */
  readonly portName?: string;
}

interface IngressBackend {
  readonly service?: { readonly name: string; readonly port?: { readonly number?: number; readonly name?: string } };
}

/** The Services of an Ingress: that of its rules in their order, the default one last. */
export function ingressBackends({ metadata, spec = {} }: KubeObject): FrontedService[] {
  const rules = (spec.rules ?? []) as { http?: { paths?: { backend?: IngressBackend }[] } }[];
  const paths = rules.flatMap(({ http }) => http?.paths ?? []).map(({ backend }) => backend);
  const all = [...paths, spec.defaultBackend as IngressBackend | undefined].flatMap(
    (backend) => backend?.service ?? [],
  );
  const found = all.map(({ name, port }) => ({
    namespace: metadata.namespace ?? "",
    name,
    ...(port?.number ? { port: port.number } : port?.name ? { portName: port.name } : {}),
  }));
  return [...new Map(found.map((one) => [one.name, one])).values()];
}

interface Ref {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly port?: number;
  readonly sectionName?: string;
  readonly weight?: number;
}

/** The Services that a route of the Gateway API sends to: nothing is sent where the weight is 0. */
export function routeBackends({ metadata, spec = {} }: KubeObject): FrontedService[] {
  const rules = (spec.rules ?? []) as { backendRefs?: Ref[] }[];
  return rules
    .flatMap(({ backendRefs = [] }) => backendRefs)
    .filter(({ kind = "Service", group = "", weight }) => kind === "Service" && group === "" && weight !== 0)
    .map(({ namespace = metadata.namespace ?? "", name, port }) => ({ namespace, name, ...(port ? { port } : {}) }));
}

/** A Gateway that a route wants to be part of: by one of its listeners, or by all that fit. */
export interface Parent extends PodRef {
  readonly sectionName?: string;
  readonly port?: number;
}

export function gatewaysOf({ metadata, spec = {} }: KubeObject): Parent[] {
  return ((spec.parentRefs ?? []) as Ref[])
    .filter(({ kind = "Gateway" }) => kind === "Gateway")
    .map(({ namespace = metadata.namespace ?? "", name, sectionName, port }) => ({
      ...{ namespace, name },
      ...(sectionName === undefined ? {} : { sectionName }),
      ...(port === undefined ? {} : { port }),
    }));
}

interface Listener {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
}

/** The port of an Ingress, or of the first listener of a Gateway over which a route of HTTP is served. */
export function frontPort(door: KubeObject | undefined, { sectionName, port }: Partial<Parent> = {}): number {
  const listeners = (door?.spec?.listeners ?? []) as Listener[];
  const named = listeners.filter(
    (one) => (sectionName === undefined || one.name === sectionName) && (port === undefined || one.port === port),
  );
  const chosen =
    named.find(({ protocol = "HTTP" }) => /^HTTPS?$/.test(protocol)) ??
    named.find(({ protocol }) => protocol !== "UDP");
  return chosen?.port ?? port ?? ((door?.spec?.tls ?? []).length > 0 ? 443 : 80);
}

export function isFor(route: KubeObject, { namespace, name }: PodRef): boolean {
  return gatewaysOf(route).some((one) => one.namespace === namespace && one.name === name);
}

/** What the controller of a Gateway says against a route. */
export function refusals({ kind = "HTTPRoute", metadata, status = {} }: KubeObject): string[] {
  const parents = (status.parents ?? []) as { parentRef?: Ref; conditions?: Condition[] }[];
  return parents.flatMap(({ parentRef, conditions = [] }) =>
    conditions
      .filter(({ type, status: holds }) => /^(Accepted|ResolvedRefs)$/.test(type) && holds === "False")
      .map(
        ({ type, reason = "no reason", message = "" }) =>
          `${kind} ${metadata.namespace}/${metadata.name} at Gateway ${parentRef?.name}: ${type} is False (${[reason, message].filter(Boolean).join(": ")})`,
      ),
  );
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}
