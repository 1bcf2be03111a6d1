import type { Any, ApiObject } from "../objects/object.ts";

type Column = [name: string, priority: 0 | 1, cell: (object: ApiObject) => Any];

const name: Column = ["Name", 0, (each) => each.metadata.name];
const age: Column = ["Age", 0, (each) => duration(each.metadata.creationTimestamp)];
const none = "<none>";

/** The columns the API server prints per kind, those of `-o wide` with priority 1. */
const columns: Record<string, Column[]> = {
  Pod: [
    name,
    ["Ready", 0, (pod) => `${statuses(pod).filter((each) => each.ready).length}/${pod.spec.containers?.length ?? 0}`],
    ["Status", 0, (pod) => pod.status?.reason ?? pod.status?.phase ?? ""],
    ["Restarts", 0, (pod) => `${statuses(pod).reduce((sum, each) => sum + each.restartCount, 0)}`],
    age,
    ["IP", 1, (pod) => pod.status?.podIP ?? none],
    ["Node", 1, (pod) => pod.spec.nodeName ?? none],
    ["Nominated Node", 1, () => none],
    ["Readiness Gates", 1, () => none],
  ],
  Node: [
    name,
    [
      "Status",
      0,
      (node) =>
        node.status?.conditions?.some((each: Any) => each.type === "Ready" && each.status === "True")
          ? "Ready"
          : "NotReady",
    ],
    ["Roles", 0, roles],
    age,
    ["Version", 0, (node) => node.status?.nodeInfo?.kubeletVersion ?? ""],
    [
      "Internal-IP",
      1,
      (node) => node.status?.addresses?.find((each: Any) => each.type === "InternalIP")?.address ?? none,
    ],
    ["External-IP", 1, () => none],
    ["OS-Image", 1, (node) => node.status?.nodeInfo?.osImage ?? ""],
    ["Kernel-Version", 1, (node) => `${node.status?.nodeInfo?.kernelVersion} (${node.status?.nodeInfo?.architecture})`],
    ["Container-Runtime", 1, (node) => node.status?.nodeInfo?.containerRuntimeVersion ?? ""],
  ],
  Service: [
    name,
    ["Type", 0, (service) => service.spec.type],
    ["Cluster-IP", 0, (service) => service.spec.clusterIP ?? none],
    ["External-IP", 0, (service) => service.spec.externalName ?? service.spec.externalIPs?.join(",") ?? none],
    [
      "Port(s)",
      0,
      (service) =>
        (service.spec.ports ?? [])
          .map((each: Any) => `${each.port}${each.nodePort ? `:${each.nodePort}` : ""}/${each.protocol}`)
          .join(",") || none,
    ],
    age,
    ["Selector", 1, (service) => pairs(service.spec.selector)],
  ],
  EndpointSlice: [
    name,
    ["AddressType", 0, (slice) => slice.addressType],
    ["Ports", 0, (slice) => some((slice.ports ?? []).map((each: Any) => each.port))],
    ["Endpoints", 0, (slice) => some((slice.endpoints ?? []).flatMap((each: Any) => each.addresses))],
    age,
  ],
  NetworkPolicy: [name, ["Pod-Selector", 0, (policy) => pairs(policy.spec?.podSelector?.matchLabels)], age],
  ConfigMap: [name, ["Data", 0, (map) => Object.keys(map.data ?? {}).length], age],
  Namespace: [name, ["Status", 0, (namespace) => namespace.status?.phase], age],
  Deployment: [
    name,
    ["Ready", 0, (each) => `${each.status?.readyReplicas ?? 0}/${each.spec.replicas}`],
    ["Up-to-date", 0, (each) => each.status?.updatedReplicas ?? 0],
    ["Available", 0, (each) => each.status?.availableReplicas ?? 0],
    age,
  ],
  DaemonSet: [
    name,
    ["Desired", 0, (each) => each.status?.desiredNumberScheduled ?? 0],
    ["Current", 0, (each) => each.status?.currentNumberScheduled ?? 0],
    ["Ready", 0, (each) => each.status?.numberReady ?? 0],
    ["Up-to-date", 0, (each) => each.status?.updatedNumberScheduled ?? 0],
    ["Available", 0, (each) => each.status?.numberAvailable ?? 0],
    ["Node Selector", 0, () => none],
    age,
  ],
  ServiceCIDR: [name, ["CIDRs", 0, (each) => each.spec.cidrs.join(",")], age],
  Event: [
    ["Last Seen", 0, (event) => duration(event.lastTimestamp)],
    ["Type", 0, (event) => event.type],
    ["Reason", 0, (event) => event.reason],
    ["Object", 0, (event) => `${event.involvedObject.kind.toLowerCase()}/${event.involvedObject.name}`],
    ["Message", 0, (event) => event.message],
  ],
};

/** Whether a client asked for what `kubectl get` prints; kinds without columns of their own get their name and age. */
export function wantsTable(accept: string | undefined): boolean {
  return /as=Table/.test((accept ?? "").split(",")[0] ?? "");
}

/** A meta.k8s.io/v1 Table of objects, each row with its object's metadata, or the whole object where asked. */
export function tableOf(kind: string, objects: readonly ApiObject[], metadata: Any, query: URLSearchParams): Any {
  const chosen = columns[kind] ?? [name, age];
  const include = query.get("includeObject") ?? "Metadata";
  const rows = objects.map((each) => ({ cells: chosen.map(([, , cell]) => cell(each)), ...embedded(each, include) }));
  const columnDefinitions = chosen.map(([title, priority]) => ({
    name: title,
    type: "string",
    format: title === "Name" ? "name" : "",
    description: "",
    priority,
  }));
  return { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata, columnDefinitions, rows };
}

function embedded(object: ApiObject, include: string): Any {
  if (include === "None") return { object: null };
  if (include === "Object") return { object };
  return { object: { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: object.metadata } };
}

function statuses(pod: ApiObject): Any[] {
  return pod.status?.containerStatuses ?? [];
}

function roles(node: ApiObject): string {
  const found = Object.keys(node.metadata.labels ?? {}).flatMap(
    (label) => /^node-role\.kubernetes\.io\/(.+)$/.exec(label)?.[1] ?? [],
  );
  return found.join(",") || none;
}

function pairs(labels: Record<string, string> | undefined): string {
  return some(Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`));
}

/** At most three of a list, as the API server's printers do. */
function some(list: readonly unknown[]): string {
  if (list.length === 0) return none;
  return list.slice(0, 3).join(",") + (list.length > 3 ? ` + ${list.length - 3} more...` : "");
}

/** How long ago a time was, in the two largest units kubectl uses. */
function duration(time: string | undefined): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time ?? "")) / 1000));
  if (Number.isNaN(seconds)) return "<unknown>";
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
