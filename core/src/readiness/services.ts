/** What Services say of a workload, and of the names it asks for. */

import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { PodEndpoint } from "../policy/model.ts";
import { isMapping, list, mapping, number, own, string, strings } from "../policy/read.ts";
import { asText } from "../text/as-text.ts";
import type { Workload } from "./workloads.ts";

export interface ServiceOf {
  readonly name: string;
  readonly namespace: string;
  readonly object: KubeObject;
  /** Undefined where it is not said and the cluster decides. */
  readonly families: readonly string[] | undefined;
}

/** The Services among the objects. */
export function servicesIn(objects: readonly KubeObject[]): readonly ServiceOf[] {
  return objects.flatMap((object) => {
    if (object.kind !== "Service") return [];
    const { name, namespace = "default" } = object.metadata;
    return [{ name, namespace, object, families: familiesOf(object) }];
  });
}

/** By its clusterIPs, else by ipFamilies; a manifest that leaves both out gets what the cluster serves first. */
function familiesOf({ spec }: KubeObject): readonly string[] | undefined {
  const { clusterIPs, ipFamilies, ipFamilyPolicy } = mapping(spec);
  const addresses = strings(clusterIPs).flatMap(({ text }) => familyOf(text) ?? []);
  if (addresses.length > 0) return addresses;
  const written = strings(ipFamilies).map(({ text }) => text);
  if (written.length === 2 || (written.length === 1 && !/DualStack/.test(asText(ipFamilyPolicy)))) return written;
  return /DualStack/.test(asText(ipFamilyPolicy)) ? ["IPv4", "IPv6"] : undefined;
}

/** Those whose selector picks the workload's pods. */
export function selecting(services: readonly ServiceOf[], { namespace, labels }: Workload): readonly ServiceOf[] {
  return services.filter(({ namespace: home, object }) => {
    const selector = mapping(object.spec).selector;
    if (home !== namespace || !isMapping(selector)) return false;
    const wanted = Object.entries(selector);
    return wanted.length > 0 && wanted.every(([key, value]) => own(labels, key) === value);
  });
}

/** The ports of the pod that its Services, else its containers, name. */
export function targetPorts(services: readonly ServiceOf[], pod: PodEndpoint): readonly number[] {
  const declared = pod.containerPorts ?? [];
  const targets = services.flatMap(({ object }) =>
    list(mapping(object.spec).ports).flatMap((entry) => {
      const { protocol = "TCP", port, targetPort = port } = mapping(entry);
      if (protocol !== "TCP") return [];
      return number(targetPort) ?? declared.find(({ name }) => name === targetPort)?.containerPort ?? [];
    }),
  );
  const own_ = declared
    .filter(({ protocol }) => (protocol ?? "TCP") === "TCP")
    .map(({ containerPort }) => containerPort);
  return [...new Set(services.length > 0 ? targets : own_)];
}

/** The Service that a name stands for in a namespace: `db`, `db.shop`, `db.shop.svc`, with the cluster's domain behind it or not. */
export function serviceNamed(services: readonly ServiceOf[], name: string, from: string): ServiceOf | undefined {
  const [service, namespace = from, svc] = name.split(".");
  if (svc !== undefined && svc !== "svc") return undefined;
  return services.find((one) => one.name === service && one.namespace === namespace);
}

/** What an ExternalName Service stands for. */
export function externalName({ object }: ServiceOf): string | undefined {
  const { type, externalName: name } = mapping(object.spec);
  return type === "ExternalName" ? string(name)?.toLowerCase().replace(/\.$/, "") : undefined;
}
