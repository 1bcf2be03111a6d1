import type { KubeObject, ObjectMeta } from "../cluster/cluster.ts";
import { preloads } from "./containers.ts";
import { keepConfig, notKept } from "./keep-config.ts";
import { takesQueries } from "./mesh.ts";

/** What an observation keeps of an object: never environment values, arguments or data that could be a secret. */
export function keepPod(pod: KubeObject): KubeObject {
  const { spec = {}, status = {} } = pod;
  const sidecars = (spec.initContainers ?? []).map(keepContainer).filter(({ env }: Json) => env);
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: keepMeta(
      pod.metadata,
      /^(kubectl\.kubernetes\.io\/default-container$|cni\.projectcalico\.org\/|ambient\.istio\.io\/redirection$)/,
    ),
    spec: {
      nodeName: spec.nodeName,
      ...(spec.hostNetwork ? { hostNetwork: true } : {}),
      ...(spec.dnsPolicy && spec.dnsPolicy !== "ClusterFirst" ? { dnsPolicy: spec.dnsPolicy } : {}),
      ...(spec.dnsConfig?.nameservers ? { dnsConfig: { nameservers: spec.dnsConfig.nameservers } } : {}),
      ...(spec.resources?.limits ? { resources: { limits: spec.resources.limits } } : {}),
      containers: (spec.containers ?? []).map(keepContainer),
      ...(sidecars.length > 0 ? { initContainers: sidecars } : {}),
    },
    status: {
      phase: status.phase,
      ...(status.reason ? { reason: status.reason } : {}),
      ...(status.message ? { message: status.message } : {}),
      conditions: (status.conditions ?? [])
        .filter(({ type }: Json) => /^(Ready|PodScheduled)$/.test(type))
        .map(keepCondition),
      ...(status.initContainerStatuses ? { initContainerStatuses: status.initContainerStatuses.map(keepStatus) } : {}),
      podIPs: status.podIPs ?? (status.podIP ? [{ ip: status.podIP }] : []),
      containerStatuses: [...(status.containerStatuses ?? []), ...(status.ephemeralContainerStatuses ?? [])].map(
        keepStatus,
      ),
    },
  };
}

export function keepNode(node: KubeObject): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: keepMeta(node.metadata, /projectcalico\.org|flannel|provided-node-ip|cilium/),
    spec: { podCIDRs: node.spec?.podCIDRs ?? (node.spec?.podCIDR ? [node.spec.podCIDR] : []) },
    status: {
      addresses: node.status?.addresses ?? [],
      conditions: (node.status?.conditions ?? []).filter(({ type }: Json) => type === "Ready").map(keepCondition),
      nodeInfo: { kernelVersion: node.status?.nodeInfo?.kernelVersion },
    },
  };
}

/** Services, EndpointSlices, policies, Namespaces and custom resources: all but the bookkeeping. */
export function keepSpec(object: KubeObject): KubeObject {
  const { metadata, apiVersion, kind, ...rest } = object;
  return {
    ...(apiVersion ? { apiVersion } : {}),
    ...(kind ? { kind } : {}),
    metadata: keepMeta(metadata, /^$/),
    ...rest,
  };
}

/** A ConfigMap's settings of the network; its other keys stay without their values. */
export function keepConfigMap({ metadata, data }: KubeObject): KubeObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: keepMeta(metadata, /^$/), data: keepConfig(data) };
}

/** A DaemonSet's images and the settings that decide about IPv6, by name. */
export function keepDaemonSet(set: KubeObject): KubeObject {
  const spec = set.spec?.template?.spec ?? {};
  const containers = (spec.containers ?? []).map((container: Json) => ({
    name: container.name,
    image: container.image,
    env: (container.env ?? []).filter(({ name }: Json) => settings.test(name)).map(keepVariable),
  }));
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: keepMeta(set.metadata, /^$/),
    spec: { template: { spec: { hostNetwork: spec.hostNetwork === true, containers } } },
    ...(set.status?.desiredNumberScheduled === undefined
      ? {}
      : { status: { desiredNumberScheduled: set.status.desiredNumberScheduled } }),
  };
}

/** What comes from a ConfigMap or Secret is set, to something that is not known here. */
function keepVariable({ name, value, valueFrom }: Json): Json {
  return { name, value: valueFrom ? notKept : typeof value === "string" ? value : "" };
}

/** Settings that decide about IPv6 and cannot be secrets. */
const settings =
  /^(FELIX_IPV6SUPPORT|IP6?|IP6?_AUTODETECTION_METHOD|CALICO_(IPV[46]POOL_[A-Z0-9_]+|NETWORKING_BACKEND|ROUTER_ID)|ENABLE_IPv[46]|ENABLE_PREFIX_DELEGATION|USE_POD_CIDR)$/;

// biome-ignore lint/suspicious/noExplicitAny: parts of objects of the API server
type Json = any;

function keepMeta(metadata: ObjectMeta, annotations: RegExp): ObjectMeta {
  const kept = Object.entries(metadata.annotations ?? {}).filter(([name]) => annotations.test(name));
  return {
    name: metadata.name,
    ...(metadata.namespace ? { namespace: metadata.namespace } : {}),
    ...(metadata.creationTimestamp ? { creationTimestamp: metadata.creationTimestamp } : {}),
    ...(metadata.deletionTimestamp ? { deletionTimestamp: metadata.deletionTimestamp } : {}),
    ...(metadata.labels ? { labels: metadata.labels } : {}),
    ...(kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {}),
    ...(metadata.ownerReferences
      ? { ownerReferences: metadata.ownerReferences.map(({ kind, name }) => ({ kind, name })) }
      : {}),
  };
}

function keepContainer({ name, image, ports, resources, env, command, args }: Json): Json {
  const limits = resources?.limits;
  const words = [...(command ?? []), ...(args ?? []), ...(env ?? []).map(({ value }: Json) => value)].map(String);
  const switches = (env ?? []).filter(({ name: variable }: Json) => variable === takesQueries);
  const agent = preloads(env) ? [{ name: "NODE_OPTIONS", value: "--require" }] : [];
  const kept = [...switches.map(keepVariable), ...agent];
  const flags = [...new Set(words.flatMap((word) => word.match(familyFlags) ?? []))];
  return {
    name,
    image,
    ...(ports ? { ports } : {}),
    ...(limits ? { resources: { limits } } : {}),
    ...(flags.length > 0 ? { args: flags } : {}),
    ...(kept.length > 0 ? { env: kept } : {}),
  };
}

/** Of arguments and environment what decides about families of the Java machine, and cannot be a secret. */
const familyFlags = /-Djava\.net\.prefer(?:IPv4Stack|IPv6Addresses)=\w+/g;

function keepStatus({ name, state, ready, restartCount, lastState }: Json): Json {
  const last = lastState?.terminated ? { lastState: keepState(lastState) } : {};
  return { name, ready: ready === true, state: keepState(state ?? {}), restartCount, ...last };
}

/** Why a container does not run is what a person asks first. */
function keepState({ running, waiting, terminated }: Json): Json {
  if (running) return { running: {} };
  if (waiting) return { waiting: { reason: waiting.reason, message: waiting.message } };
  return terminated ? { terminated: { reason: terminated.reason, exitCode: terminated.exitCode } } : {};
}

function keepCondition({ type, status, reason, message }: Json): Json {
  return { type, status, ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
}
