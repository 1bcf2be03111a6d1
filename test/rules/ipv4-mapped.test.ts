import assert from "node:assert/strict";
import { it } from "node:test";
import { findingsOf, load, testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("ipv4-mapped");

reports("an IPv4 address in IPv6 dress")`
  kind: Pod
  spec:
    dnsConfig:
      nameservers: ["::ffff:1.1.1.1"]
      #             ^^^^^^^^^^^^^^^^ 💡 must not be an IPv4-mapped IPv6 address; write 1.1.1.1
`;

reports("a prefix that holds more than IPv4, without a fix")`
  kind: NetworkPolicy
  apiVersion: networking.k8s.io/v1
  spec:
    egress:
      - to:
          - ipBlock: {cidr: "::ffff:0:0/90"}
          #                 ^^^^^^^^^^^^^^^ must not have an IPv4-mapped IPv6 address
`;

accepts("NAT64, which only looks like it")`
  kind: Pod
  spec:
    dnsConfig:
      nameservers: ["64:ff9b::808:808"]
`;

fixes("a prefix by taking 96 from its length")`
  kind: NetworkPolicy
  apiVersion: networking.k8s.io/v1
  spec:
    egress:
      - to:
          - ipBlock: {cidr: "::ffff:10.0.0.0/104"}
`.to`
  kind: NetworkPolicy
  apiVersion: networking.k8s.io/v1
  spec:
    egress:
      - to:
          - ipBlock: {cidr: "10.0.0.0/8"}
`;

accepts("a field whose own rule refuses them")`
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec: {egress: [{to: [{networks: ["::ffff:10.0.0.0/104"]}]}]}
  ---
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec: {addresses: [{value: "::ffff:10.0.0.5"}]}
`;

reports("an exception from an IPv6 block, which has no IPv4 form")`
  apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    ingress:
      - from: [{ipBlock: {cidr: "::/0", except: ["::ffff:0:0/96"]}}]
      #                                          ^^^^^^^^^^^^^^^ must not have an IPv4-mapped IPv6 address; write 0.0.0.0/0
`;

it("ipv4-mapped refuses prefixes from Kubernetes 1.36 on, and warns of addresses that others read and of plans", async () => {
  const rule = await load("ipv4-mapped");
  const text = `
apiVersion: projectcalico.org/v3
kind: IPPool
spec: {cidr: "::ffff:10.0.0.0/104"}
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
spec: {addresses: ["::ffff:192.168.50.0/120"]}
---
apiVersion: metallb.io/v1beta2
kind: BGPPeer
spec: {peerAddress: "::ffff:192.168.50.1"}
---
addressing: {old: "::ffff:10.0.0.0/104"}
`;
  const severities = (kubernetes: number) =>
    findingsOf(rule, "ipv4-mapped", text, { kubernetes }).map(({ severity }) => severity);
  assert.deepEqual(severities(36), ["error", "error", "warning", "warning"]);
  assert.deepEqual(severities(35), ["warning", "warning", "warning", "warning"]);
});

reports("a range once")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - ::ffff:192.168.50.10-::ffff:192.168.50.20
      # ^^^^^^^^^^^^^^^^^^^^ 💡 must not be an IPv4-mapped IPv6 address; write 192.168.50.10
`;
