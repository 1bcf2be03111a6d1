import assert from "node:assert/strict";
import { it } from "node:test";
import { findingsOf, load, testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("not-canonical");

reports("upper case, zeros and a long form")`
  kind: Service
  spec:
    clusterIP: FD00:10:96::10
    #          ^^^^^^^^^^^^^^ 💡 IPv6 address should be in RFC 5952 canonical format ("fd00:10:96::10")
    externalIPs:
      - "fd12:0:0:0:0:0:0:9"
      # ^^^^^^^^^^^^^^^^^^^^ 💡 IPv6 address should be in RFC 5952 canonical format ("fd12::9")
    loadBalancerSourceRanges:
      - "fd12:3456:0::/48"
      # ^^^^^^^^^^^^^^^^^^ 💡 IPv6 CIDR value should be in RFC 5952 canonical format ("fd12:3456::/48")
`;

accepts("canonical text, one zero group, and what other rules report")`
  kind: Service
  spec:
    clusterIP: fd00:10:96::10
    externalIPs: ["fd12:1:2:0:3:4:5:6", "::ffff:10.0.0.1", "::10.20.30.40"]
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv6
  endpoints: [{addresses: ["FD12::5"]}]
`;

fixes("the spelling and nothing else")`
  kind: Service
  spec: {clusterIP: 'fd00:0010:0096:0::10', type: ClusterIP} # canonical now
`.to`
  kind: Service
  spec: {clusterIP: 'fd00:10:96::10', type: ClusterIP} # canonical now
`;

reports("fields with a rule of their own, and a pool")`
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec:
    addresses:
      - value: FD12::5
      #        ^^^^^^^ 💡 the canonical text (RFC 5952) is fd12::5; write it, so that a search finds it
  ---
  apiVersion: projectcalico.org/v3
  kind: BGPPeer
  spec:
    peerIP: "[FD12::5]:179"
    #         ^^^^^^^ 💡 the canonical text (RFC 5952) is fd12::5; write it, so that a search finds it
  ---
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec:
    egress:
      - to:
          - networks:
              - FD12::/48
              # ^^^^^^^^^ 💡 the canonical text (RFC 5952) is fd12::/48; write it, so that a search finds it
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - FD12:3456:789d::/120
      # ^^^^^^^^^^^^^^^^^^^^ 💡 the canonical text (RFC 5952) is fd12:3456:789d::/120; write it, so that a search finds it
`;

accepts("the name of an IPAddress, which has a rule of its own")`
  apiVersion: networking.k8s.io/v1
  kind: IPAddress
  metadata: {name: FD12::5}
`;

accepts("flags and files, whose text nobody compares")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  controllerManager: {extraArgs: {cluster-cidr: "10.244.0.0/16,FD12::/56"}}
  ---
  kind: ConfigMap
  data:
    Corefile: |
      .:53 {
          forward . [FD12::53]:53
      }
`;

it("is a warning where the API server gives one, and a hint in what it does not read", async () => {
  const rule = await load("not-canonical");
  const severities = (text: string) => findingsOf(rule, "not-canonical", text, {}).map(({ severity }) => severity);
  assert.deepEqual(severities("apiVersion: v1\nkind: Service\nspec: {externalIPs: ['FD12::5']}\n"), ["warning"]);
  assert.deepEqual(severities("apiVersion: v1\nkind: Pod\nspec: {containers: [{ports: [{hostIP: 'FD12::5'}]}]}\n"), [
    "information",
  ]);
});

reports("a range once")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - FD12::10-FD12::20
      # ^^^^^^^^ 💡 the canonical text (RFC 5952) is fd12::10; write it, so that a search finds it
`;

reports("the first of an object's hints, with how many there are")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - FD12:3456:789d::/120
      # ^^^^^^^^^^^^^^^^^^^^ 💡 the canonical text (RFC 5952) is fd12:3456:789d::/120; write it, so that a search finds it, and 2 more in this object
      - FD12:3456:789e::/120
      - FD12:3456:789f::/120
`;

fixes("all of an object at once")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec: {addresses: ["FD12:3456:789d::/120", "FD12:3456:789e::/120"]}
`.to`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec: {addresses: ["fd12:3456:789d::/120", "fd12:3456:789e::/120"]}
`;
