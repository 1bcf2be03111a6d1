import assert from "node:assert/strict";
import { it } from "node:test";
import { findingsOf, load, testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("leading-zeros");

reports("zeros that libc takes for octal")`
  kind: Service
  spec:
    clusterIP: 10.096.0.10
    #          ^^^^^^^^^^^ 💡 must not have leading 0s; use 10.96.0.10 if that is meant, libc reads them as octal
    loadBalancerSourceRanges:
      - "fd12::/048"
      # ^^^^^^^^^^^^ 💡 must not have leading 0s in IP or prefix length; use fd12::/48 if that is meant
`;

accepts("zeros inside an octet, and hex groups, which are no octal anywhere")`
  kind: Service
  spec:
    clusterIP: 10.100.0.10
    externalIPs: ["fd12::0010"]
`;

fixes("by decimal text, since the API server reads it so")`
  kind: Pod
  spec:
    hostAliases:
      - ip: 010.020.000.020
`.to`
  kind: Pod
  spec:
    hostAliases:
      - ip: 10.20.0.20
`;

accepts("a field whose own rule refuses them")`
  apiVersion: policy.networking.k8s.io/v1alpha2
  kind: ClusterNetworkPolicy
  spec: {egress: [{to: [{networks: ["010.0.0.0/8"]}]}]}
  ---
  apiVersion: gateway.networking.k8s.io/v1
  kind: Gateway
  spec: {addresses: [{value: "010.0.0.5"}]}
`;

reports("what was there before, which an update may leave, as a warning", {
  old: "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {clusterIP: 010.96.0.7, externalIPs: [010.0.0.1]}\n",
})`
  apiVersion: v1
  kind: Service
  metadata: {name: web}
  spec:
    clusterIP: 010.96.0.7
    #          ^^^^^^^^^^ must not have leading 0s; use 10.96.0.7 if that is meant, libc reads them as octal
    externalIPs: [010.0.0.2, 010.0.0.1]
    #             ^^^^^^^^^ 💡 must not have leading 0s; use 10.0.0.2 if that is meant, libc reads them as octal
    #                        ^^^^^^^^^ 💡 must not have leading 0s; use 10.0.0.1 if that is meant, libc reads them as octal
`;

accepts("an annotation that is not read beside the field, and what is said of the status, which is thrown away")`
  apiVersion: v1
  kind: Service
  metadata: {annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: 010.0.0.0/8}}
  spec: {loadBalancerSourceRanges: [10.0.0.0/8]}
  status: {loadBalancer: {ingress: [{ip: 010.0.0.9}]}}
`;

it("leading-zeros warns of what an update leaves, and refuses what it brings", async () => {
  const service = (ips: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {externalIPs: [${ips}]}\n`;
  const said = findingsOf(await load("leading-zeros"), "leading-zeros", service("010.0.0.2, 010.0.0.1"), {
    old: service("010.0.0.1"),
  });
  assert.deepEqual(
    said.map(({ severity }) => severity),
    ["error", "warning"],
  );
});

const readByGo = `
apiVersion: projectcalico.org/v3
kind: IPPool
spec: {cidr: 010.244.0.0/16}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
spec: {nets: [010.0.0.0/8]}
---
apiVersion: operator.tigera.io/v1
kind: Installation
spec: {calicoNetwork: {ipPools: [{cidr: 010.244.0.0/16}]}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cilium-config}
data: {cluster-pool-ipv4-cidr: 010.244.0.0/16}
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
spec: {egress: [{toCIDR: [010.0.0.0/8]}]}
---
apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
spec: {config: '{"type":"bridge","ipam":{"type":"host-local","subnet":"10.245.0.0/24","gateway":"10.245.0.01"}}'}
---
apiVersion: v1
kind: ConfigMap
data: {net-conf.json: '{"Network": "010.244.0.0/16"}'}
---
apiVersion: metallb.io/v1beta2
kind: BGPPeer
spec: {peerAddress: 10.0.0.01}
---
apiVersion: v1
kind: Service
metadata: {annotations: {metallb.io/loadBalancerIPs: 192.168.050.5}}
`;

const severitiesOf = async (text: string, kubernetes: number) =>
  findingsOf(await load("leading-zeros"), "leading-zeros", text, { kubernetes }).map(({ severity }) => severity);

it("leading-zeros refuses what programs read as Go itself does, in every version of Kubernetes", async () => {
  for (const kubernetes of [30, 36])
    assert.deepEqual(await severitiesOf(readByGo, kubernetes), Array<string>(9).fill("error"));
});

it("leading-zeros warns of a length, and of what Kubernetes' own programs read", async () => {
  const length = "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nspec: {egress: [{toCIDR: [10.0.0.0/08]}]}\n";
  const kubeadm =
    "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {podSubnet: 010.244.0.0/16}\n";
  assert.deepEqual(await severitiesOf(`${length}---\n${kubeadm}`, 36), ["warning", "warning"]);
});

reports("a range once, and two entries twice")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - 192.168.050.10-192.168.050.20
      # ^^^^^^^^^^^^^^ 💡 must not have leading 0s; use 192.168.50.10 if that is meant, libc reads them as octal
      - 192.168.51.10-192.168.051.20
      #               ^^^^^^^^^^^^^^ 💡 must not have leading 0s; use 192.168.51.20 if that is meant, libc reads them as octal
`;

fixes("both ends of a range, one after the other")`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - 192.168.050.10-192.168.050.20
`.to`
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  spec:
    addresses:
      - 192.168.50.10-192.168.50.20
`;
