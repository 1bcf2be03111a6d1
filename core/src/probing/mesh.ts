import type { Answer, KubeObject } from "../cluster/cluster.ts";
import { refused } from "../cluster/cluster.ts";
import type { Want } from "./want.ts";

/**
 * A mesh that takes the connections of a pod inside of it: its proxy accepts whatever is dialled, and asks nobody before. What goes to the
 * pod's own addresses it leaves alone.
 */
export interface Mesh {
  /** "Istio" */
  readonly name: string;
  readonly own: readonly string[];
}

/**
 * Init containers that redirect a pod's connections, or see that a CNI plugin has done so; a gateway of the same mesh has none.
 * https://istio.io/latest/docs/ops/deployment/application-requirements/
 * https://linkerd.io/2/reference/architecture/#linkerd-init-container
 * https://developer.hashicorp.com/consul/docs/connect/proxy/transparent-proxy
 * https://kuma.io/docs/latest/networking/transparent-proxy/introduction/
 */
const redirecting: Readonly<Record<string, string>> = {
  "istio-init": "Istio",
  "istio-validation": "Istio",
  "linkerd-init": "Linkerd",
  "linkerd-network-validator": "Linkerd",
  "consul-connect-inject-init": "Consul",
  "kuma-init": "Kuma",
  "kuma-validation": "Kuma",
};

/** What Istio's CNI agent writes on a pod without a sidecar. */
export const ambient = "ambient.istio.io/redirection";

export function meshOf({ metadata, spec, status }: KubeObject): Mesh | undefined {
  if (spec?.hostNetwork === true) return undefined;
  const before = (status?.initContainerStatuses ?? []) as { readonly name?: string }[];
  const sidecar = before.flatMap(({ name = "" }) => (Object.hasOwn(redirecting, name) ? redirecting[name] : []))[0];
  const name = sidecar ?? (metadata.annotations?.[ambient] === "enabled" ? "Istio" : undefined);
  const own = ((status?.podIPs ?? []) as { readonly ip?: string }[]).flatMap(({ ip }) => ip ?? []);
  return name === undefined ? undefined : { name, own };
}

/** The containers that are a mesh's own, in anybody's pod. */
export const proxies: ReadonlySet<string> = new Set([
  "istio-proxy",
  "linkerd-proxy",
  "consul-dataplane",
  "kuma-sidecar",
]);

/** Labels and annotations of pods of ours that dial: every mesh leaves them alone, ambient Istio too. */
export const outOfMesh = {
  labels: {
    "sidecar.istio.io/inject": "false",
    "istio.io/dataplane-mode": "none",
    "kuma.io/sidecar-injection": "disabled",
  },
  annotations: { "linkerd.io/inject": "disabled", "consul.hashicorp.com/connect-inject": "false" },
};

/** What was answered, unless the mesh may have answered in place of who was dialled. */
export function beyondMesh<V>(answer: Answer<V>, wants: readonly Want[], mesh: Mesh | undefined): Answer<V> {
  if (!mesh || !answer.ok || !connected(answer.value)) return answer;
  const dialled = wants.find((want) => want.op === "dial" || want.op === "http");
  if (dialled === undefined || !("host" in dialled)) return answer;
  const { host } = dialled;
  if (host === "::1" || host.startsWith("127.") || mesh.own.includes(host)) return answer;
  return refused(
    "unsupported",
    `the proxy of ${mesh.name} in the pod itself took the connection, as it takes every one: whether anybody else was reached is not seen`,
    "Dial from a pod without a proxy: --from names one.",
  );
}

/** Of a connection, or of requests of several sizes. */
function connected(value: unknown): boolean {
  const { ok, small } = (value ?? {}) as { readonly ok?: boolean; readonly small?: { readonly ok?: boolean } };
  return ok === true || small?.ok === true;
}
