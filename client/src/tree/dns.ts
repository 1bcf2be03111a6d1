import type { KubeObject } from "#core/cluster/cluster.ts";
import { clusterIPs } from "#core/summary/families.ts";
import { l10n } from "../l10n.ts";
import { ipv6First } from "./arrange.ts";
import { listRows } from "./list.ts";
import { note, type Row } from "./row.ts";
import { serviceRow } from "./services.ts";
import { types, type View } from "./view.ts";

const KUBE_SYSTEM = { namespace: "kube-system" };

/** The cluster's DNS service: pods ask the address that stands in their resolv.conf, whatever family they look up. */
export function dnsRow(id: string, view: View): Row {
  const list = view.list(types.services, KUBE_SYSTEM);
  const servers = list.answer?.ok ? list.answer.value.filter(isDns) : [];
  const own = `${id}/dns`;
  return note(own, "DNS", {
    icon: "book",
    description: ipv6First(servers.flatMap(clusterIPs)).join(", "),
    children: () =>
      listRows(own, list, l10n`No Service with the label k8s-app=kube-dns in kube-system`, (services) =>
        services.filter(isDns).map((service) => serviceRow(own, service, view.list(types.endpointSlices, KUBE_SYSTEM))),
      ),
  });
}

/** CoreDNS keeps the label of its predecessor, https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/ */
function isDns({ metadata }: KubeObject): boolean {
  return metadata.labels?.["k8s-app"] === "kube-dns";
}
