import { isDeepStrictEqual } from "node:util";
import { type Any, type ApiObject, object, ownedBy, suffix } from "../objects/object.ts";
import { familyOf } from "./addresses.ts";
import { findResource, type Resource } from "./resources.ts";
import { matchesSelector } from "./selectors.ts";
import type { Store } from "./store.ts";

const services = findResource("", "v1", "services") as Resource;
const pods = findResource("", "v1", "pods") as Resource;
const slices = findResource("discovery.k8s.io", "v1", "endpointslices") as Resource;
const managed = { "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io" };

/** The endpoint slice controller: one slice per Service and family, made, changed and removed as Services and Pods are. */
export function reconcileSlices(store: Store): void {
  const wanted = new Map(
    store
      .list(services)
      .flatMap((service) => slicesOf(store, service))
      .map((slice) => [keyOf(slice), slice]),
  );
  for (const slice of store.list(slices)) {
    if (!slice.metadata.labels?.["endpointslice.kubernetes.io/managed-by"]) continue;
    const next = wanted.get(keyOf(slice));
    wanted.delete(keyOf(slice));
    if (!next) store.delete(slices, slice);
    else if (!isDeepStrictEqual([slice.endpoints, slice.ports], [next.endpoints, next.ports]))
      store.put(slices, { ...slice, endpoints: next.endpoints, ports: next.ports });
  }
  for (const slice of wanted.values()) store.put(slices, slice);
}

function keyOf(slice: ApiObject): string {
  return `${slice.metadata.namespace}/${slice.metadata.name}`;
}

function slicesOf(store: Store, service: ApiObject): ApiObject[] {
  const { selector, ipFamilies = [], ports = [] } = service.spec;
  if (!selector || service.spec.type === "ExternalName") return [];
  const { name, namespace = "" } = service.metadata;
  const chosen = store
    .list(pods, namespace)
    .filter((pod) => matchesSelector({ matchLabels: selector }, pod.metadata.labels) && pod.status?.podIPs);
  return ipFamilies.map((family: string) =>
    object(
      "discovery.k8s.io/v1",
      "EndpointSlice",
      {
        name: `${name}-${suffix(`${namespace}/${name}/${family}`)}`,
        generateName: `${name}-`,
        namespace,
        generation: 1,
        labels: { ...service.metadata.labels, ...managed, "kubernetes.io/service-name": name },
        ownerReferences: [ownedBy(service)],
      },
      {
        addressType: family,
        endpoints: chosen.flatMap((pod) => endpoint(pod, family)),
        ports: ports.map((port: Any) => ({
          name: port.name ?? "",
          protocol: port.protocol,
          port: targetPort(port, chosen[0]),
        })),
      },
    ),
  );
}

function endpoint(pod: ApiObject, family: string): Any[] {
  const ip = pod.status.podIPs.map((each: Any) => each.ip).find((each: string) => familyOf(each) === family);
  if (!ip) return [];
  const ready = (pod.status.conditions ?? []).some((each: Any) => each.type === "Ready" && each.status === "True");
  const { namespace, name, uid } = pod.metadata;
  return [
    {
      addresses: [ip],
      conditions: { ready, serving: ready, terminating: false },
      nodeName: pod.spec.nodeName,
      targetRef: { kind: "Pod", namespace, name, uid },
    },
  ];
}

/** A named targetPort is the number the pod's containers give that name. */
function targetPort(port: Any, pod: ApiObject | undefined): number {
  if (typeof port.targetPort === "number") return port.targetPort;
  const all: Any[] = (pod?.spec.containers ?? []).flatMap((container: Any) => container.ports ?? []);
  return all.find((each) => each.name === port.targetPort)?.containerPort ?? port.port;
}
