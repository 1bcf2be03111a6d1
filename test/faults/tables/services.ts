import { by, type Faults, from, kubeProxy, merge, named, neighbour, paths, service, shell } from "../case.ts";
import { singleStack } from "./filters.ts";

export const balanced = (spec: object, ...ips: readonly string[]) => [
  merge(paths.web, { spec: { type: "LoadBalancer", ...spec } }),
  merge(`${paths.web}/status`, { status: { loadBalancer: { ingress: ips.map((ip) => ({ ip, ipMode: "Proxy" })) } } }),
];
const unready = (pod: string) =>
  merge(`${paths.pods}/${pod}/status`, { status: { conditions: [{ type: "Ready", status: "False" }] } });
const kubernetes = { from, to: { kind: "service", namespace: "default", name: "kubernetes" } } as const;
const slice = (addressType: string, address: string) => ({
  create: paths.slices,
  body: {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: `db-${addressType.toLowerCase()}`, labels: { "kubernetes.io/service-name": "db" } },
    addressType,
    endpoints: [{ addresses: [address], conditions: { ready: true }, nodeName: "n2" }],
    ports: [{ name: "", protocol: "TCP", port: 8080 }],
  },
});
/** As kube-proxy left them, when the endpoint has moved on since. */
const staleRules = {
  iptables:
    "ip6tables-save -t nat | sed -E 's/\\[fd00:10:244:[12]::11\\]:8080/[fd00:10:244:2::77]:8080/' | ip6tables-restore",
  nftables:
    "{ echo delete table ip6 kube-proxy; nft list table ip6 kube-proxy | sed -E 's/\\[fd00:10:244:[12]::11\\]:8080/[fd00:10:244:2::77]:8080/'; } > /tmp/stale.$$; nft -f /tmp/stale.$$; rm /tmp/stale.$$",
};
export const noRules = {
  iptables: by("n1", "ip6tables -t nat -F KUBE-SERVICES"),
  nftables: by("n1", "nft delete table ip6 kube-proxy"),
};
const saidBy = (says: string) => ({ log: "kube-proxy@n1", says });

/** Of Services, what carries them out, and what stands in front of them. */
export const serviceFaults: Faults = {
  "service-single-stack": {
    what: "nobody asked for two families",
    on: ["dual"],
    make: [singleStack],
    subject: service,
  },
  "kube-proxy-no-ipv6-rules": { what: "its rules are gone", make: ({ proxy }) => noRules[proxy], subject: service },
  "service-endpoint-gone": {
    what: "the rules lead to an address of before",
    make: ({ proxy }) => [shell("n1", staleRules[proxy])],
    subject: service,
  },
  "ip6tables-missing": {
    what: "kube-proxy said so when it started",
    on: ["iptables"],
    make: [
      saidBy('W1 server.go:1] "No iptables support for family" ipFamily="IPv6"\nI1 listening'),
      ...noRules.iptables,
    ],
    subject: service,
  },
  "ip6tables-restore-fails": {
    what: "one rule is refused, and all others with it",
    on: ["iptables", "dual"],
    make: [
      saidBy(
        "E1 proxier.go:1] Failed to execute iptables-restore: exit status 2 (ip6tables-restore v1.8.9 (nf_tables): Couldn't load target `KUBE-MARK-DROP')",
      ),
      ...noRules.iptables,
    ],
    subject: service,
  },
  "no-ready-ipv6-endpoints": [
    {
      what: "the pods behind it have IPv4 alone",
      on: ["dual"],
      lab: { only: { "n1-p1": "IPv4", "n2-p1": "IPv4" } },
      make: [],
      subject: { ...service, from: neighbour },
    },
    { what: "no pod is ready", make: [unready("n1-p1"), unready("n2-p1")], subject: service },
  ],
  "endpoint-not-on-interface": {
    what: "a slice that somebody wrote by hand",
    make: ({ families }) => [
      {
        create: paths.services,
        body: {
          apiVersion: "v1",
          kind: "Service",
          metadata: { name: "db" },
          spec: { ipFamilyPolicy: "PreferDualStack", ports: [{ port: 80, protocol: "TCP", targetPort: 8080 }] },
        },
      },
      slice("IPv6", "2001:db8:18::177"),
      ...(families === "dual" ? [slice("IPv4", "10.244.2.11")] : []),
    ],
    subject: { from, to: { kind: "service", namespace: "default", name: "db" } },
  },
  "traffic-policy-local": {
    what: "the pod on this node has IPv4 alone",
    on: ["dual"],
    lab: { only: { "n1-p1": "IPv4" } },
    make: [merge(paths.web, { spec: { internalTrafficPolicy: "Local" } })],
    subject: { ...service, from: neighbour },
    notices: ["last-endpoint-of-family"],
  },
  "node-port-families": {
    what: "nodePortAddresses has the nodes' IPv4 prefix alone",
    on: ["dual"],
    make: ({ proxy }) => [
      kubeProxy(`mode: ${proxy}\nnodePortAddresses: ["172.18.0.0/16"]`),
      merge(paths.web, { spec: { type: "NodePort" } }),
    ],
    subject: service,
  },
  "hairpin-off": {
    what: "a pod that is alone behind its own Service",
    on: ["bridge", "vxlan6"],
    make: [
      { remove: `${paths.pods}/n2-p1` },
      ...by("n1", ...["veth1", "veth2", "vethdns"].map((port) => `bridge link set dev ${port} hairpin off`)),
    ],
    subject: service,
  },
  "load-balancer-without-ipv6": {
    what: "the cloud gave IPv4 alone",
    on: ["dual"],
    make: balanced({}, "172.18.1.1"),
    subject: service,
  },
  "load-balancer-not-answered": [
    { what: "nobody announces its address", on: ["ipv6"], make: balanced({}, "2001:db8:18::240"), subject: service },
    {
      what: "nobody announces its addresses, of either family",
      on: ["dual"],
      make: balanced({}, "172.18.1.240", "2001:db8:18::240"),
      subject: service,
    },
  ],
  "front-door-single-stack": {
    what: "an Ingress whose controller has IPv4 alone",
    on: ["dual"],
    make: [
      {
        create: paths.services,
        body: {
          apiVersion: "v1",
          kind: "Service",
          metadata: { name: "ingress-nginx" },
          spec: {
            type: "LoadBalancer",
            ipFamilyPolicy: "SingleStack",
            selector: { app: "web" },
            ports: [{ port: 80, protocol: "TCP", targetPort: 8080 }],
          },
        },
      },
      merge(`${paths.services}/ingress-nginx/status`, {
        status: { loadBalancer: { ingress: [{ ip: "172.18.1.200" }] } },
      }),
      {
        create: "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
        body: {
          apiVersion: "networking.k8s.io/v1",
          kind: "Ingress",
          metadata: { name: "shop" },
          spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
        },
      },
      merge("/apis/networking.k8s.io/v1/namespaces/default/ingresses/shop/status", {
        status: { loadBalancer: { ingress: [{ ip: "172.18.1.200" }] } },
      }),
      ...by(
        "n2",
        "ip addr add 172.18.1.200/32 dev eth0",
        "iptables -t nat -A PREROUTING -d 172.18.1.200 -p tcp --dport 80 -j DNAT --to-destination 10.244.2.11:8080",
      ),
    ],
    subject: { from, to: { kind: "front", what: "Ingress", namespace: "default", name: "shop" } },
  },
  "api-service-dual-by-hand": {
    what: "somebody patched it",
    on: ["dual"],
    make: [merge(`${paths.services}/kubernetes`, { spec: { ipFamilyPolicy: "PreferDualStack" } })],
    subject: kubernetes,
  },
  "api-service-other-family": {
    what: "a pod that has IPv6 alone, in a cluster whose first family is IPv4",
    on: ["dual"],
    lab: { only: { "n1-p1": "IPv6" } },
    make: [],
    subject: kubernetes,
  },
  "last-endpoint-of-family": {
    what: "the other pod behind it has IPv4 alone",
    on: ["dual"],
    lab: { only: { "n2-p1": "IPv4" } },
    make: [],
    subject: service,
    verdict: "latent",
    // The pod itself, which has none.
    fails: true,
  },
  "service-range-inside-pod-range": {
    what: "the address of a Service is on the pods' own link",
    on: ["bridge", "vxlan6", "dual"],
    lab: {
      objects: {
        "ServiceCIDR/kubernetes": { spec: { cidrs: ["10.96.0.0/16", "fd00:10:244:1::/112"] } },
        "Service/web": { spec: { clusterIPs: ["10.96.0.80", "fd00:10:244:1::80"] } },
      },
    },
    make: [],
    subject: service,
  },
  "dns-without-endpoints": {
    what: "CoreDNS does not run",
    make: [{ remove: `${paths.systemPods}/coredns-7d764666f9-x2k8q` }],
    subject: named("example.test"),
  },
};
