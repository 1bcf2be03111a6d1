import { object } from "../objects/object.ts";
import { familyOf } from "./addresses.ts";
import { findResource, type Resource } from "./resources.ts";
import type { Store } from "./store.ts";

const services = findResource("", "v1", "services") as Resource;
const addresses = findResource("networking.k8s.io", "v1", "ipaddresses") as Resource;

/** Keeps one IPAddress per clusterIP, as the allocator of the API server does. */
export function reconcileAddresses(store: Store): void {
  const wanted = new Map<string, { group: string; resource: string; name: string; namespace: string }>();
  for (const { metadata, spec } of store.list(services))
    for (const ip of (spec.clusterIPs ?? []) as string[])
      if (ip !== "None")
        wanted.set(ip, { group: "", resource: "services", name: metadata.name, namespace: metadata.namespace ?? "" });
  for (const each of store.list(addresses)) if (!wanted.delete(each.metadata.name)) store.delete(addresses, each);
  for (const [name, parentRef] of wanted) {
    const labels = {
      "ipaddress.kubernetes.io/ip-family": `${familyOf(name)}`,
      "ipaddress.kubernetes.io/managed-by": "ipallocator.k8s.io",
    };
    store.put(addresses, object("networking.k8s.io/v1", "IPAddress", { name, labels }, { spec: { parentRef } }));
  }
}
