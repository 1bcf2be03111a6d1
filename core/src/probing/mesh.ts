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
  /** It answers the pod's DNS queries as well, whichever server they are for. */
  readonly dns?: true;
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

/** Of a sidecar of Istio, which leaves queries alone without it. {@link https://istio.io/latest/docs/ops/configuration/traffic-management/dns-proxy/} */
export const takesQueries = "ISTIO_META_DNS_CAPTURE";

export function meshOf({ metadata, spec, status }: KubeObject): Mesh | undefined {
  if (spec?.hostNetwork === true) return undefined;
  const before = (status?.initContainerStatuses ?? []) as { readonly name?: string }[];
  const sidecar = before.flatMap(({ name = "" }) => (Object.hasOwn(redirecting, name) ? redirecting[name] : []))[0];
  const isAmbient = sidecar === undefined && metadata.annotations?.[ambient] === "enabled";
  const name = isAmbient ? "Istio" : sidecar;
  if (name === undefined) return undefined;
  const own = ((status?.podIPs ?? []) as { readonly ip?: string }[]).flatMap(({ ip }) => ip ?? []);
  // https://kuma.io/docs/latest/networking/dns/
  const dns = isAmbient || name === "Kuma" || (name === "Istio" && capturesDns(spec));
  return { name, own, ...(dns ? { dns } : {}) };
}

/** A native sidecar is an init container. */
function capturesDns(spec: KubeObject["spec"]): boolean {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])] as readonly Container[];
  return containers.some(({ env = [] }) => env.some(({ name, value }) => name === takesQueries && value !== "false"));
}

interface Container {
  readonly env?: readonly { readonly name?: string; readonly value?: string }[];
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

/**
 * What was answered, unless the mesh may have answered in place of who was asked: its proxy accepts, and where it does not listen, as it may not over
 * IPv6, the pod's own kernel refuses.
 */
export function beyondMesh<V>(answer: Answer<V>, wants: readonly Want[], mesh: Mesh | undefined): Answer<V> {
  if (!mesh || !answer.ok) return answer;
  const asked = wants.find((want) => want.op === "dial" || want.op === "http" || want.op === "lookup");
  if (asked === undefined || !("host" in asked)) return answer;
  const { host } = asked;
  if (host === "::1" || host.startsWith("127.") || mesh.own.includes(host)) return answer;
  const proxy = `the proxy of ${mesh.name} in the pod itself`;
  const what = asked.op === "lookup" ? mesh.dns && `${proxy} takes every DNS query` : taken(answer.value, proxy);
  if (!what) return answer;
  const hint = `${asked.op === "lookup" ? "Ask" : "Dial"} from a pod without a proxy; access probe-pod creates one.`;
  return refused("unsupported", `${what}: whether anybody else was reached is not seen`, hint);
}

/** Of a connection, or of requests of several sizes. */
function taken(value: unknown, proxy: string): string | undefined {
  const { ok, small, text } = (value ?? {}) as { ok?: boolean; small?: { ok?: boolean }; text?: string };
  if (ok === true || small?.ok === true) return `${proxy} took the connection, as it takes every one`;
  return /refused/i.test(text ?? "")
    ? `the connection was refused, maybe by ${proxy}, which takes every one`
    : undefined;
}
