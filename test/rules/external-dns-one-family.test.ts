import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("external-dns-one-family");

reports("an IPv6 target of a Service that prefers both, and records of the wrong type")`
  apiVersion: v1
  kind: Service
  metadata:
    annotations:
      external-dns.alpha.kubernetes.io/target: "2001:db8::7"
      #                                        ^^^^^^^^^^^^^ replaces both addresses of the Service: an AAAA record and no A; add the other one
  spec: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}
  ---
  apiVersion: externaldns.k8s.io/v1alpha1
  kind: DNSEndpoint
  spec:
    endpoints:
      - dnsName: a.example.org
        recordType: A
        targets: [198.51.100.7, "2001:db8::7"]
        #                       ^^^^^^^^^^^^^ an A record cannot hold 2001:db8::7: write a record of type AAAA
`;

accepts("both, a name, a Service of one family, records that fit")`
  apiVersion: v1
  kind: Service
  metadata: {annotations: {external-dns.alpha.kubernetes.io/target: "198.51.100.7, 2001:db8::7"}}
  spec: {ipFamilyPolicy: RequireDualStack}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {external-dns.alpha.kubernetes.io/target: lb.example.org}}
  spec: {ipFamilyPolicy: RequireDualStack}
  ---
  apiVersion: v1
  kind: Service
  metadata: {annotations: {external-dns.alpha.kubernetes.io/target: 198.51.100.7}}
  spec: {type: LoadBalancer}
  ---
  apiVersion: externaldns.k8s.io/v1alpha1
  kind: DNSEndpoint
  spec: {endpoints: [{dnsName: a, recordType: AAAA, targets: ["2001:db8::7"]}, {dnsName: b, recordType: CNAME, targets: [a]}]}
`;

reports("records of one type, in arguments and in values", { cluster: "dual-v4" })`
  kind: Deployment
  spec:
    template:
      spec:
        containers:
          - image: registry.k8s.io/external-dns/external-dns:v0.18.0
            args: [--source=service, --managed-record-types=A, --managed-record-types=CNAME]
            #                        ^^^^^^^^^^^^^^^^^^^^^^^^ no AAAA records are published of what has IPv6: add AAAA, or leave it out
---
  managedRecordTypes: [A, CNAME]
  #                    ^ no AAAA records are published of what has IPv6: add AAAA, or leave it out
  extraArgs: [--exclude-record-types=AAAA]
  #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ no AAAA records are published of what has IPv6: add AAAA, or leave it out
`;

accepts("records of both types, and those of a cluster that nobody knows", { cluster: "unknown" })`
  managedRecordTypes: [A, CNAME]
`;

reports("an Ingress of a cluster of both families", { cluster: "dual-v4" })`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
    annotations: {external-dns.alpha.kubernetes.io/target: 198.18.0.5}
    #                                                      ^^^^^^^^^^ an A record and no AAAA: nobody comes over IPv6; add the IPv6 address if there is one
  spec: {}
`;

accepts("a name, both families, and a cluster nobody knows", { cluster: "dual-v4" })`
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
    annotations: {external-dns.alpha.kubernetes.io/target: "198.18.0.5,2606:4700::5"}
  ---
  apiVersion: networking.k8s.io/v1
  kind: Ingress
  metadata:
    name: web
    annotations: {external-dns.alpha.kubernetes.io/target: edge.example.org}
`;

reports("targets of one family for everything", { cluster: "dual-v4" })`
  kind: Deployment
  spec:
    template:
      spec:
        containers: [{name: external-dns, image: external-dns, args: [--default-targets=198.18.0.1, --source=ingress]}]
        #                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ only IPv4 targets are published: add those of IPv6, or nobody comes over it
`;
