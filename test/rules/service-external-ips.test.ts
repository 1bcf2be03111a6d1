import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("service-external-ips");

reports("the field, and an address of a family that the Service lacks")`
  kind: Service
  spec:
    ipFamilies: [IPv4]
    externalIPs: ["fd12::20", 10.1.2.3]
   #^^^^^^^^^^^ spec.externalIPs is deprecated and may no longer be implemented; use a LoadBalancer or Gateway
    #             ^^^^^^^^^^ kube-proxy leaves this address out: the Service has no IPv6; add the family or remove it
`;

reports("only the lacking family before 1.36", { kubernetes: 35 })`
  kind: Service
  spec:
    ipFamilyPolicy: SingleStack
    ipFamilies: [IPv6]
    externalIPs: [10.1.2.3]
    #             ^^^^^^^^ kube-proxy leaves this address out: the Service has no IPv4; add the family or remove it
`;

reports("IPv6 for a Service that says nothing, where nobody knows the cluster", { kubernetes: 35 })`
  kind: Service
  spec:
    externalIPs: [10.1.2.3, "fd12::20"]
    #                       ^^^^^^^^^^ kube-proxy leaves this address out: the Service has no IPv6; add the family or remove it
`;

accepts("both families of a dual-stack Service, and an empty list", { kubernetes: 35 })`
  kind: Service
  spec: {ipFamilyPolicy: RequireDualStack, externalIPs: [10.1.2.3, "fd12::20"]}
  ---
  kind: Service
  spec: {ipFamilyPolicy: PreferDualStack, externalIPs: ["fd12::20"]}
  ---
  kind: Service
  spec: {ipFamilies: [IPv4], externalIPs: []}
`;

accepts("what is refused for another reason, and an IPv4 address written as IPv6", {
  kubernetes: 35,
  cluster: "dual-v4",
})`
  kind: Service
  spec: {externalIPs: ["::1", "fe80::1", "ff0e::1", "::ffff:10.1.2.3"]}
`;

reports("IPv6 for a Service that gets IPv4 only", { kubernetes: 35, cluster: "dual-v4" })`
  kind: Service
  spec:
    externalIPs: ["fd12::20"]
    #             ^^^^^^^^^^ kube-proxy leaves this address out: the Service has no IPv6; add the family or remove it
`;

accepts("IPv6 where a file says that the cluster is IPv6 only", { kubernetes: 35 })`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: "fd12:3456:789b::/108"}
  ---
  kind: Service
  spec: {externalIPs: ["fd12::20"]}
`;

accepts("what a chart hands on")`
  kind: Service
  spec:
    {{- if .Values.service.externalIPs }}
    externalIPs:
      {{- range $ip := .Values.service.externalIPs }}
      - {{ $ip }}
      {{- end }}
    {{- end }}
    selector: {app: web}
`;
