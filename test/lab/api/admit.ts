import type { Any, ApiObject } from "../objects/object.ts";
import type { Ranges } from "./allocate.ts";
import { refuseInsecure } from "./pod-security.ts";
import { findResource, type Resource } from "./resources.ts";
import { invalid } from "./status.ts";
import type { Store } from "./store.ts";
import { admitServiceCidr, admitSlice } from "./validate-addresses.ts";
import { admitPolicy } from "./validate-policy.ts";
import { admitService } from "./validate-service.ts";

const namespaces = findResource("", "v1", "namespaces") as Resource;

/** What stands between a write and the store: defaults, allocation and the refusals of the kinds this lab cares about. */
export function admit(store: Store, resource: Resource, object: ApiObject, before: ApiObject | undefined): ApiObject {
  if (resource.group === "" && resource.name === "services")
    return admitService(object, before, serviceRanges(store, before));
  if (resource.group === "networking.k8s.io" && resource.name === "networkpolicies") return admitPolicy(object);
  if (resource.group === "discovery.k8s.io") return admitSlice(object);
  if (resource.name === "servicecidrs") return admitServiceCidr(object, before);
  if (resource.name === "pods") {
    const changes = JSON.stringify(object.spec) !== JSON.stringify(before?.spec);
    if (changes) refuseInsecure(object, store.get(namespaces, undefined, object.metadata.namespace ?? ""));
    return admitPod(object, before);
  }
  if (resource.name === "nodes" && before) refuseNewPodCidrs(object, before);
  return object;
}

function serviceRanges(store: Store, before: ApiObject | undefined): Ranges {
  const services = findResource("", "v1", "services") as Resource;
  const cidrs = findResource("networking.k8s.io", "v1", "servicecidrs") as Resource;
  const others = store.list(services).filter((each) => each.metadata.uid !== before?.metadata.uid);
  return {
    cidrs: store
      .list(cidrs)
      .filter((each) => each.metadata.name === "kubernetes")
      .flatMap((each) => each.spec.cidrs),
    taken: new Set(others.flatMap((each) => each.spec.clusterIPs ?? [])),
    nodePorts: new Set(others.flatMap((each) => (each.spec.ports ?? []).flatMap((port: Any) => port.nodePort ?? []))),
  };
}

/** Nothing schedules here: a new pod without a node stays Pending, and of an old one only its metadata, status and images may change. */
function admitPod(pod: ApiObject, before: ApiObject | undefined): ApiObject {
  if (!before) return { ...pod, status: pod.status ?? { phase: "Pending", qosClass: "BestEffort" } };
  const frozen = (each: ApiObject) =>
    JSON.stringify({
      ...each.spec,
      containers: each.spec.containers?.length,
      ephemeralContainers: undefined,
      tolerations: undefined,
    });
  if (frozen(pod) !== frozen(before)) {
    const message =
      "Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";
    throw invalid("Pod", "", pod.metadata.name, [{ field: "spec", reason: "FieldValueForbidden", message }]);
  }
  return pod;
}

function refuseNewPodCidrs(node: ApiObject, before: ApiObject): void {
  if (JSON.stringify(node.spec?.podCIDRs) === JSON.stringify(before.spec?.podCIDRs)) return;
  const message = 'Forbidden: node updates may not change podCIDR except from "" to valid';
  throw invalid("Node", "", node.metadata.name, [{ field: "spec.podCIDRs", reason: "FieldValueForbidden", message }]);
}
