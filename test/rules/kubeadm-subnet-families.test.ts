import assert from "node:assert/strict";
import { it } from "node:test";
import { findingsOf, load, testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("kubeadm-subnet-families");

reports("IPv6 pods under the default serviceSubnet")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: fd00::/56
    #          ^^^^^^^^^ pods have IPv6, Services only 10.96.0.0/12; set serviceSubnet
`;

reports("Services of a family that pods lack")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16
    #          ^^^^^^^^^^^^^ Services have IPv6, pods do not; add an IPv6 prefix to podSubnet
    serviceSubnet: 10.96.0.0/12,fd00:3::/112
`;

reports("no family that both have, without a guess at which is meant")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16
    serviceSubnet: fd00:3::/112
    #              ^^^^^^^^^^^^ pods have IPv4 and Services IPv6: no Service gets an endpoint; give both the same
`;

fixes("by a range of the pods' own /48 that nothing else has")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
    serviceSubnet: 10.96.0.0/12
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: taken}
  spec: {addresses: ["fd12:3456:789a:ffff::/112"]}
`.to`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking:
    podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
    serviceSubnet: 10.96.0.0/12,fd12:3456:789a:fffe::/112
  ---
  apiVersion: metallb.io/v1beta1
  kind: IPAddressPool
  metadata: {name: taken}
  spec: {addresses: ["fd12:3456:789a:ffff::/112"]}
`;

accepts("the same families, the default for IPv4, and no podSubnet")`
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: "fd00::/56,10.0.0.0/16", serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {podSubnet: 10.244.0.0/16}
---
  apiVersion: kubeadm.k8s.io/v1beta4
  kind: ClusterConfiguration
  networking: {serviceSubnet: "10.96.0.0/12,fd00:3::/112"}
`;

it("kubeadm-subnet-families tells one family against two from one against another", async () => {
  const rule = await load("kubeadm-subnet-families");
  const codesOf = (podSubnet: string, serviceSubnet: string) => {
    const text = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: ${podSubnet}
  serviceSubnet: ${serviceSubnet}
`;
    return findingsOf(rule, "kubeadm-subnet-families", text, {}).flatMap(({ codes }) => codes);
  };
  assert.deepEqual(codesOf("fd00::/56", "10.96.0.0/12"), ["X002"]);
  assert.deepEqual(codesOf("fd00::/56", "10.96.0.0/12,fd00:3::/112"), ["KADM010"]);
  assert.deepEqual(codesOf("fd00::/56,10.0.0.0/16", "10.96.0.0/12"), ["KADM010"]);
  assert.deepEqual(codesOf("fd00::/56", "fd00:3::/112"), []);
});
