import assert from "node:assert/strict";
import { test } from "node:test";
import { Prefilter } from "#core/lint/prefilter.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";

/** What is said of a values file, from its bytes as the command line reads it, and from its text as the editor does. */
function said(text: string): readonly (readonly [severity: string, path: string, code: string | undefined])[] {
  const [read, typed] = [new Prefilter(rules).documents(Buffer.from(text)) ?? "", text].map((content) => {
    const workspace = new Workspace(rules);
    workspace.open("values.yaml", content);
    return workspace.check("values.yaml").flatMap(({ findings }) => findings);
  });
  assert.deepEqual(read, typed);
  return (read ?? []).map(({ severity, path, codes }) => [severity, path, codes[0]] as const);
}

test("a Service's fields in the values of a chart are judged like the Service that the chart makes of them", () => {
  const text = `controller:
  kind: DaemonSet
  service:
    ipFamilyPolicy: SingleStack
    ipFamilies: [IPv6, IPv4]
    clusterIP: ""
    externalIPs: []
    loadBalancerSourceRanges: ["fd12::1/48"]
coredns:
  dnsService: {ipFamilies: [ipv6], type: ClusterIP}
`;
  assert.deepEqual(said(text), [
    ["error", "controller.service.ipFamilyPolicy", "SVC005"],
    ["warning", "controller.service.loadBalancerSourceRanges", "SVC023"],
    ["error", "controller.service.loadBalancerSourceRanges[0]", "IP006"],
    ["error", "coredns.dnsService.ipFamilies[0]", "SVC001"],
  ]);
});

test("so is the Installation of tigera-operator's", () => {
  const text = `installation:
  enabled: true
  calicoNetwork:
    ipPools:
      - cidr: fd12:3456:789a::/64
        encapsulation: IPIPCrossSubnet
`;
  assert.deepEqual(said(text), [["error", "installation.calicoNetwork.ipPools[0].encapsulation", "TIG001"]]);
});

test("and the prefixes in Cilium's, alone or below its name", () => {
  const text = `ipv6NativeRoutingCIDR: 10.0.0.0/8
ipam: {operator: {clusterPoolIPv6PodCIDRList: ["fd12:3456:789a::/129"]}}
cilium: {ipv4NativeRoutingCIDR: "fd12::/48"}
`;
  assert.deepEqual(said(text), [
    ["error", "ipv6NativeRoutingCIDR", "CIL003"],
    ["error", "ipam.operator.clusterPoolIPv6PodCIDRList[0]", "IP005"],
    ["error", "cilium.ipv4NativeRoutingCIDR", "CIL003"],
  ]);
});

test("what a chart's defaults leave empty, what only looks like a Service, and what is left out says nothing", () => {
  assert.deepEqual(
    said(`empty: {service: {clusterIP: "", ipFamilyPolicy: "", ipFamilies: [], externalIPs: [], loadBalancerIP: null}}
web: {service: {type: LoadBalancer, ipFamilyPolicy: PreferDualStack}}
db: {service: {clusterIP: None, ipFamilies: [IPv6, IPv4], ipFamilyPolicy: RequireDualStack}}
installation: {calicoNetwork: {bgp: Enabled}}
services: {web: {image: nginx}}
service: {ipDualStack: {enabled: no, ipFamilies: [IPv6, IPv4], ipFamilyPolicy: SingleStack}}
webhook: {create: false, service: {ipFamilies: [ipv6]}}
gateway: {service: {type: None, ipFamilies: [ipv6]}}
read: {service: {type: ClusterIP, ipFamilies: [IPv4], clusterIP: nil, loadBalancerSourceRanges: [10.0.0.0/8]}}
matrix: {ipFamilies: [ipv4, dual]}
stack: {service: {ipFamilyPolicy: !Ref Policy, ipFamilies: !reference [.x, y]}}
`),
    [],
  );
});

test("an operator's own settings are judged where its object holds a file, too", () => {
  const text = `apiVersion: rabbitmq.com/v1beta1
kind: RabbitmqCluster
metadata: {name: r}
spec:
  rabbitmq: {additionalConfig: "log.console = true"}
  override: {service: {spec: {ipFamilyPolicy: dual}}}
`;
  assert.deepEqual(said(text), [["error", "spec.override.service.spec.ipFamilyPolicy", "SVC004"]]);
});
