import assert from "node:assert/strict";
import { test } from "node:test";
import { hoverAt } from "#core/editor/hover/hover.ts";
import { tables } from "#core/literals/address-fields.ts";
import { projectOf } from "#core/literals/projects.ts";
import { parseDocument } from "#core/manifest/document.ts";

/** The hover at the place marked with ‸. */
function hover(marked: string): string {
  return hoverAt(parseDocument(marked.replace("‸", "")), marked.indexOf("‸"))?.text ?? "";
}

test("a field that holds addresses says what its reader takes there, and who that is", () => {
  const proxmox =
    "apiVersion: infrastructure.cluster.x-k8s.io/v1alpha1\nkind: ProxmoxCluster\nspec:\n  ipv6Config:\n    gate‸way: fd12::1\n";
  assert.match(hover(proxmox), /\*\*gateway\*\* One address, without brackets.*\*\*IPv6\*\* alone\..*\(https:/);
  const ranges =
    "apiVersion: cilium.io/v2\nkind: CiliumPodIPPool\nspec:\n  ipv6: {cidrs: ['fd12:‸:/104'], maskSize: 120}\n";
  assert.match(hover(ranges), /\*\*cidrs\*\* A prefix.*Pods get their addresses from it\. Read by Cilium/);
  const list = "apiVersion: kubeovn.io/v1\nkind: Subnet\nspec: {cidrB‸lock: '10.16.0.0/16,fd12::/112'}\n";
  assert.match(hover(list), /Several are parted by commas/);
  const values = "controller:\n  service:\n    loadBalancerSourceRa‸nges: [10.0.0.0/8]\n";
  assert.match(hover(values), /what the chart or the operator makes of it/);
});

test("a neighbour of BGP is asked for no names, and kube-vip's ConfigMap is not Cilium's", () => {
  const cluster =
    "apiVersion: cilium.io/v2\nkind: CiliumBGPClusterConfig\nspec:\n  bgpInstances: [{peers: [{peerAdd‸ress: fd12::1}]}]\n";
  assert.match(hover(cluster), /One address/);
  assert.doesNotMatch(hover(cluster), /Names/);
  const named = (name: string, key: string) =>
    hover(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  ${key}: 10.0.0.0/24\n`);
  assert.match(named("kubevip", "cidr-glo‸bal"), /Read by kube-vip\./);
  assert.match(named("cilium-config", "cluster-pool-ipv4-ci‸dr"), /Read by Cilium\./);
});

test("a switch of families says what it does", () => {
  const proxy = "apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: EnvoyProxy\nspec: {ipFam‸ily: IPv6}\n";
  assert.match(hover(proxy), /`DualStack`/);
  const ceph = "apiVersion: ceph.rook.io/v1\nkind: CephCluster\nspec: {network: {ipFa‸mily: IPv6}}\n";
  assert.match(hover(ceph), /the first family of its pods/);
  const nginx = "controller:\n  config: {disable-ip‸v6: 'true'}\n";
  assert.match(hover(nginx), /nobody is answered/);
});

test("everybody's fields have somebody who reads them", () => {
  for (const path of tables)
    for (const kind of path.kinds) assert.match(projectOf(path, kind).source, /^https:\/\//, `${kind} ${path.path}`);
});

test("a field is in the table as its schema has it", () => {
  const known = (kind: string, group: string) =>
    new Set(
      tables
        .filter(({ kinds, groups }) => kinds.includes(kind) && (groups?.includes(group) ?? true))
        .map(({ path }) => path),
    );
  const network = known("UserDefinedNetwork", "k8s.ovn.org");
  assert.ok(network.has("spec.layer2.defaultGatewayIPs[]") && !network.has("spec.localnet.subnets[]"));
  assert.ok(known("ClusterUserDefinedNetwork", "k8s.ovn.org").has("spec.network.localnet.excludeSubnets[]"));
  assert.ok(known("VTEP", "k8s.ovn.org").has("spec.cidrs[]"));
  const seed = known("Seed", "core.gardener.cloud");
  assert.ok(seed.has("spec.networks.blockCIDRs[]") && !seed.has("spec.networks.shootDefaults.nodes"));
  assert.ok(known("Garden", "operator.gardener.cloud").has("spec.runtimeCluster.networking.pods[]"));
  assert.ok(known("CiliumEgressGatewayPolicy", "cilium.io").has("spec.egressGateways[].egressIP"));
  assert.ok(known("KubeOneCluster", "kubeone.k8c.io").has("controlPlane.hosts[].ipv6Addresses[]"));
  assert.ok(known("TalhelperConfig", "").has("nodes[].networkInterfaces[].addresses[]"));
});
