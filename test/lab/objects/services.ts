import { dnsNames } from "../options.ts";
import { type Addresses, kubeDns, type LabPlan } from "../plan.ts";
import { type Any, type ApiObject, object } from "./object.ts";

/** The Services a lab starts with: the API server's, the cluster DNS's, and `web` in front of the first pod of every node. */
export function serviceObjects(plan: LabPlan): ApiObject[] {
  const first = plan.families.slice(0, 1);
  const kubernetes = { IPv4: "10.96.0.1", IPv6: "fd00:10:96::1" };
  const web = { IPv4: "10.96.0.80", IPv6: "fd00:10:96::80" };
  const dnsPorts = [
    { name: "dns", port: 53, protocol: "UDP", targetPort: 53 },
    { name: "dns-tcp", port: 53, protocol: "TCP", targetPort: 53 },
  ];
  const https = [{ name: "https", port: 443, protocol: "TCP", targetPort: 6443 }];
  const http = [{ name: "http", port: 80, protocol: "TCP", targetPort: 8080 }];
  const dns = dnsNames(plan.options);
  return [
    service("default", "kubernetes", first, kubernetes, https, undefined, {
      component: "apiserver",
      provider: "kubernetes",
    }),
    service(
      dns.namespace,
      dns.service,
      plan.families,
      kubeDns,
      dnsPorts,
      { "k8s-app": "kube-dns" },
      { "k8s-app": "kube-dns", "kubernetes.io/name": "CoreDNS" },
    ),
    service("default", "web", plan.families, web, http, { app: "web" }, { app: "web" }),
    ...kubernetesSlices(plan),
  ];
}

function service(
  namespace: string,
  name: string,
  families: LabPlan["families"],
  vips: Required<Addresses>,
  ports: Any[],
  selector: Record<string, string> | undefined,
  labels: Record<string, string>,
): ApiObject {
  const clusterIPs = families.map((family) => vips[family]);
  return object(
    "v1",
    "Service",
    { name, namespace, labels },
    {
      spec: {
        ports,
        ...(selector ? { selector } : {}),
        clusterIP: clusterIPs[0],
        clusterIPs,
        type: "ClusterIP",
        sessionAffinity: "None",
        ipFamilies: families,
        ipFamilyPolicy: families.length === 2 ? "RequireDualStack" : "SingleStack",
        internalTrafficPolicy: "Cluster",
      },
      status: { loadBalancer: {} },
    },
  );
}

/** The API server keeps the slice of its own Service itself, in one family only. */
function kubernetesSlices(plan: LabPlan): ApiObject[] {
  const family = plan.families[0] ?? "IPv6";
  const address = plan.nodes[0]?.addresses[family];
  return [
    object(
      "discovery.k8s.io/v1",
      "EndpointSlice",
      { name: "kubernetes", namespace: "default", labels: { "kubernetes.io/service-name": "kubernetes" } },
      {
        addressType: family,
        endpoints: [{ addresses: [address], conditions: { ready: true } }],
        ports: [{ name: "https", protocol: "TCP", port: 6443 }],
      },
    ),
  ];
}
