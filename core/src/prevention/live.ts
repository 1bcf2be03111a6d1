import { familiesOfShape } from "../addresses/shape.ts";
import {
  type AbortSignalLike,
  type Answer,
  type Cluster,
  type KubeObject,
  type ListOptions,
  type ResourceType,
  refused,
} from "../cluster/cluster.ts";
import { readPolicies } from "../parity/live.ts";
import type { PodEndpoint } from "../policy/model.ts";
import { podsOf } from "../policy/pods-of.ts";
import { mapping, string } from "../policy/read.ts";
import { rangesOf } from "../ranges/ranges.ts";
import { clusterIPs, objects } from "../summary/families.ts";
import { type Summary, shapeOf, summarize } from "../summary/summary.ts";
import type { Basis, Exporter } from "./model.ts";

export interface BasisOptions {
  readonly namespace: string;
  readonly signal?: AbortSignalLike;
}

/** What of a cluster decides how its tests are written, by lists of the API alone; a sentence where its families are not known. */
export async function readBasis(cluster: Cluster, { namespace, signal }: BasisOptions): Promise<Basis | string> {
  const unread: string[] = [];
  const list = async (type: ResourceType & { readonly kind: string }, options: ListOptions = {}) => {
    const { kind, ...asked } = type;
    const answer = await cluster.list(asked, { ...options, ...(signal ? { signal } : {}) });
    if (!answer.ok && !["unsupported", "not-found"].includes(answer.refusal.reason))
      unread.push(`${type.resource}: ${answer.refusal.message}`);
    return named(answer, kind);
  };
  const [nodes, services, pods, serviceCIDRs, ipPools, namespaces, exporters, operator] = await Promise.all([
    list({ apiVersion: "v1", resource: "nodes", kind: "Node" }),
    list({ apiVersion: "v1", resource: "services", kind: "Service" }, { namespace: "kube-system" }),
    list({ apiVersion: "v1", resource: "pods", kind: "Pod" }, { namespace: "kube-system" }),
    list({ apiVersion: "networking.k8s.io/v1", resource: "servicecidrs", kind: "ServiceCIDR" }),
    list({ apiVersion: "crd.projectcalico.org/v1", resource: "ippools", kind: "IPPool" }),
    list({ apiVersion: "v1", resource: "namespaces", kind: "Namespace" }),
    list({ apiVersion: "v1", resource: "services", kind: "Service" }, { labelSelector: exporterLabel }),
    // Only whether the server knows the kind.
    list({ ...prometheusRules, kind: "PrometheusRule" }, { fieldSelector: "metadata.name=kube-ipv6", namespace }),
  ]);
  const config = await cluster.get({ apiVersion: "v1", resource: "configmaps" }, "kubeadm-config", {
    namespace: "kube-system",
  });
  const kubeadm = named(config.ok ? { ok: true, value: [config.value] } : config, "ConfigMap");
  const api = await cluster.get({ apiVersion: "v1", resource: "services" }, "kubernetes", { namespace: "default" });
  const own =
    api.ok && services.ok
      ? { ok: true as const, value: [...services.value, { ...api.value, kind: "Service" }] }
      : services;
  const notAsked = refused("unsupported", "not asked");
  const inventory = { nodes, services: own, pods, serviceCIDRs, ipPools, daemonSets: notAsked, configMaps: [] };
  const summary = summarize(inventory);
  const families = familiesOfShape(shapeOf(summary));
  if (families.length === 0) return notCertain(summary);
  const policies = await readPolicies(cluster, { namespace, ...(signal ? { signal } : {}) });
  const version = await cluster.version(signal);
  const found = exporterOf(objects(exporters));
  const dns = dnsOf(objects(services), objects(pods));
  const schedulable = nodes.ok ? nodes.value.filter(takesPods).length : undefined;
  return {
    from: `context "${cluster.context}"`,
    families,
    ...(schedulable === undefined ? {} : { nodes: schedulable }),
    ...(version.ok ? { kubernetes: version.value.minor } : {}),
    objects: [...policies.objects, ...(policies.objects.length > 0 ? objects(namespaces) : [])],
    ...(policies.engine ? { engine: policies.engine } : {}),
    ...(namespaces.ok ? { namespaces: namespaces.value.map(({ metadata }) => metadata.name) } : {}),
    ...(dns ? { dns } : {}),
    operator: operator.ok,
    ...(found ? { exporter: found } : {}),
    plan: planOf([nodes, serviceCIDRs, ipPools, kubeadm].flatMap(objects)),
    unread: [...unread, ...policies.unread.map(({ what, refusal }) => `${what}: ${refusal.message}`)],
  };
}

const prometheusRules = { apiVersion: "monitoring.coreos.com/v1", resource: "prometheusrules" };
/** As the community's chart and the operator's manifests label it. */
const exporterLabel = "app.kubernetes.io/name in (prometheus-blackbox-exporter,blackbox-exporter)";

function named(answer: Answer<readonly KubeObject[]>, kind: string): Answer<readonly KubeObject[]> {
  return answer.ok ? { ok: true, value: answer.value.map((object) => ({ ...object, kind })) } : answer;
}

/** Nobody guesses: tests for a family that is not there would fail for ever, and without one nothing would be seen of it. */
function notCertain({ label, services, pods }: Summary): string {
  return `which families the cluster serves is not certain (${label}; Services: ${services.why}; pods: ${pods.why})`;
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function takesPods({ spec }: KubeObject): boolean {
  const taints = (spec?.taints ?? []) as readonly { readonly effect?: unknown }[];
  return (
    spec?.unschedulable !== true && !taints.some(({ effect }) => effect === "NoSchedule" || effect === "NoExecute")
  );
}

function dnsOf(services: readonly KubeObject[], pods: readonly KubeObject[]): Basis["dns"] {
  const service = services.find(
    ({ metadata, spec }) => metadata.labels?.["k8s-app"] === "kube-dns" && spec?.clusterIP !== "None",
  );
  if (!service) return undefined;
  const selector = Object.entries(mapping(mapping(service.spec).selector));
  const behind = pods.filter(
    ({ metadata }) => selector.length > 0 && selector.every(([key, value]) => metadata.labels?.[key] === value),
  );
  const found = podsOf(behind);
  return { addresses: clusterIPs(service), pods: found, port: portBehind(service, found[0]) };
}

/** The port of a pod that answers for port 53 of its Service, which may name it. */
function portBehind({ spec }: KubeObject, pod: PodEndpoint | undefined): number {
  const ports = (spec?.ports ?? []) as readonly { readonly port?: unknown; readonly targetPort?: unknown }[];
  const target = ports.find(({ port }) => port === 53)?.targetPort;
  if (typeof target === "number") return target;
  return pod?.containerPorts?.find(({ name }) => name === target)?.containerPort ?? 53;
}

function exporterOf(services: readonly KubeObject[]): Exporter | undefined {
  const [service] = services;
  if (!service) return undefined;
  const { name, namespace = "" } = service.metadata;
  const ports = (service.spec?.ports ?? []) as readonly { readonly port?: unknown }[];
  const port = ports.some((one) => one.port === 9115) ? 9115 : (ports[0]?.port ?? 9115);
  const labels = Object.fromEntries(
    Object.entries(mapping(mapping(service.spec).selector)).flatMap(([key, value]) => {
      const text = string(value);
      return text === undefined ? [] : [[key, text]];
    }),
  );
  return { at: `${name}.${namespace}.svc:${port}`, namespace, labels };
}

/** A prefix for each of many nodes is no plan; what they are cut from is. */
const mostPrefixes = 32;

function planOf(given: readonly KubeObject[]): Record<string, readonly string[]> {
  const { ranges } = rangesOf(given);
  const of = (...kinds: readonly string[]) => [
    ...new Set(ranges.filter(({ kind }) => kinds.includes(kind)).map(({ range }) => range)),
  ];
  const whole = of("nodes", "pool");
  const pods = whole.length > 0 ? whole : of("node");
  return { services: of("services"), ...(pods.length <= mostPrefixes ? { pods } : {}) };
}
