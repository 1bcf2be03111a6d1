import assert from "node:assert/strict";
import { test } from "node:test";
import { hoverAt } from "#core/editor/hover/hover.ts";
import { topics } from "#core/editor/hover/topics/index.ts";
import { parseDocument } from "#core/manifest/document.ts";

/** The hover at the place marked with ‸. */
function hover(marked: string): string {
  return hoverAt(parseDocument(marked.replace("‸", "")), marked.indexOf("‸"))?.text ?? "";
}

const plans: readonly (readonly [title: string, marked: string, says: RegExp])[] = [
  [
    "kubeadm",
    "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking:\n  podSu‸bnet: 10.244.0.0/16,fd12:1::/64\n",
    /`10\.244\.0\.0\/16`: 256 nodes, each with a \/24\.\s+`fd12:1::\/64`: one node, which gets all of it \(\/64\)/,
  ],
  [
    "a length of the same file",
    "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking: {podSub‸net: 'fd12:1::/48'}\ncontrollerManager:\n  extraArgs: [{name: node-cidr-mask-size-ipv6, value: '80'}]\n",
    /refused: it is more than 16 bits shorter than a node's \/80/,
  ],
  ["k3s", "cluster-ci‸dr: fd12:1::/56\nservice-cidr: fd12:2::/112\n", /256 nodes, each with a \/64/],
  [
    "k3s, too small",
    "cluster-cid‸r: fd12:1::/112\nservice-cidr: fd12:2::/112\n",
    /no node fits, since each gets a \/64/,
  ],
  [
    "k0s",
    "apiVersion: k0s.k0sproject.io/v1beta1\nkind: ClusterConfig\nspec:\n  network:\n    dualStack: {enabled: true, IPv6podCI‸DR: fd12::/108}\n",
    /512 nodes, each with a \/117/,
  ],
  ["Services", "cluster-cidr: fd12:1::/56\nservice-ci‸dr: fd12:2::/48\n", /refused, the shortest length is \/64/],
  [
    "Cluster API",
    "apiVersion: cluster.x-k8s.io/v1beta1\nkind: Cluster\nspec:\n  clusterNetwork:\n    pods:\n      cidrBlocks: [10.1.0.0/16, 'fd12:‸:/60']\n",
    /16 nodes, each with a \/64/,
  ],
  ["Talos", "cluster:\n  network:\n    podSubnets:\n      - fd12:‸:/62\n", /4 nodes, each with a \/64/],
  [
    "Cluster API's kubeadm",
    "apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: KubeadmControlPlane\nspec:\n  kubeadmConfigSpec:\n    clusterConfiguration:\n      networking: {podSubn‸et: 'fd12::/64'}\n",
    /one node, which gets all of it/,
  ],
  [
    "Calico",
    "apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: a}\nspec:\n  cid‸r: fd12::/116\n",
    /64 blocks of 64 addresses \(\/122\)/,
  ],
  [
    "MetalLB",
    "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nspec:\n  addresses:\n    - 10.1.0.10-10.1.0.‸19\n",
    /10 IPv4 addresses\. The pool has IPv4 alone/,
  ],
  [
    "MetalLB, both",
    "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nspec:\n  addresses:\n    - 10.1.0.10-10.1.0.‸19\n    - fd12::/120\n",
    /The pool has both families/,
  ],
  [
    "Cilium's values",
    "kubeProxyReplacement: true\nipam:\n  operator:\n    clusterPoolIPv6PodCIDRList: ['fd12:‸:/112']\n",
    /256 nodes, each with a \/120/,
  ],
  [
    "Cilium in a release",
    "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n    routingMode: native\n    ipv6: {enab‸led: true}\n",
    /Off by default: pods have IPv4 alone/,
  ],
  [
    "cilium-config",
    "kind: ConfigMap\nmetadata: {name: cilium-config}\ndata:\n  enable-ip‸v6: 'true'\n",
    /Off by default/,
  ],
];

for (const [title, marked, says] of plans)
  test(`a field of a plan says what it does and what follows from its value: ${title}`, () =>
    assert.match(hover(marked), says));

test("values of other charts and other ConfigMaps are not taken for Cilium's", () => {
  assert.equal(hover("ipv6:\n  enab‸led: true\nreplicas: 1\n"), "");
  assert.equal(hover("kind: ConfigMap\nmetadata: {name: app}\ndata:\n  enable-ip‸v6: 'true'\n"), "");
});

test("no field is described twice, and each says where it stands", () => {
  const keys = topics.flatMap(({ topic }) =>
    topic.flatMap(({ kinds, path }) => kinds.map((kind) => `${kind} ${path}`)),
  );
  assert.deepEqual(keys, [...new Set(keys)]);
  for (const { topic } of topics) for (const { source } of topic) assert.match(source, /^https:\/\//);
});
