import type { KubeObject } from "../cluster/cluster.ts";
import type { PodRef } from "../judging/subject.ts";

/** A Service that something in front of it sends to. */
export interface FrontedService extends PodRef {
  /** undefined where the port has a name */
  readonly port?: number;
}

interface IngressBackend {
  readonly service?: { readonly name: string; readonly port?: { readonly number?: number } };
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
    ...(port?.number ? { port: port.number } : {}),
  }));
  return [...new Map(found.map((one) => [one.name, one])).values()];
}

interface Ref {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly port?: number;
}

/** The Services that a route of the Gateway API sends to. */
export function routeBackends({ metadata, spec = {} }: KubeObject): FrontedService[] {
  const rules = (spec.rules ?? []) as { backendRefs?: Ref[] }[];
  return rules
    .flatMap(({ backendRefs = [] }) => backendRefs)
    .filter(({ kind = "Service", group = "" }) => kind === "Service" && group === "")
    .map(({ namespace = metadata.namespace ?? "", name, port }) => ({ namespace, name, ...(port ? { port } : {}) }));
}

/** The Gateways a route wants to be part of. */
export function gatewaysOf({ metadata, spec = {} }: KubeObject): PodRef[] {
  return ((spec.parentRefs ?? []) as Ref[])
    .filter(({ kind = "Gateway" }) => kind === "Gateway")
    .map(({ namespace = metadata.namespace ?? "", name }) => ({ namespace, name }));
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
