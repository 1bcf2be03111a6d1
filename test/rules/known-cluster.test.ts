import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rules } from "#core/rules/index.ts";
import { findingsOf, load, settingOf } from "#test/support/testing.ts";

/** What a text looks like that names a family, be it as one of two. */
const names = {
  IPv4: /\d+\.\d+\.\d+\.\d+|ipv4|v4only|in-addr|dual-?stack|both families/i,
  IPv6: /[0-9a-f]{1,4}:[0-9a-f]{1,4}:|::|ipv6|ip6|inet6|v6only|dual-?stack|both families/i,
} as const;

/** Messages that ask for a family, not those that only name one. */
const asks = /\b(?:add|allow|name|write|listen|answers|lets|comes)\b/;

/** The facts behind these stand in the file: addresses of one family, MTUs and settings that are of IPv6 alone, two ranges. */
const aboutWhatIsThere = new Set([
  ...["cilium-icmp", "controller-manager-service-range", "ipv6-mtu", "metallb-aggregation", "network-policy-pod-range"],
  ...["ping-size", "service-headless-default", "kubeadm-subnets", "kube-proxy-cluster-cidr"],
]);

/** Whoever says that a cluster has one family, and writes of that family alone, is not asked for the other. */
describe("nobody is asked for a family that the cluster has not", () => {
  for (const [cluster, lacking] of [
    ["v4", "IPv6"],
    ["v6", "IPv4"],
  ] as const)
    for (const { id, rule } of rules.filter(
      ({ id, rule }) => !aboutWhatIsThere.has(id) && !names[lacking].test(rule.example.bad),
    ))
      it(`${id} on ${cluster}`, () => {
        const found = findingsOf(rule, id, rule.example.bad, { ...settingOf(rule.example), cluster });
        const texts = found.flatMap(({ message, fixes }) => [
          // What listens on the other family alone has to be told so.
          message.replace(/IPv4 only.*/, ""),
          ...fixes.flatMap(({ title, edits }) => [title, ...edits.map(({ text }) => text)]),
        ]);
        assert.deepEqual(
          texts.filter((text) => names[lacking].test(text) && asks.test(text)),
          [],
        );
      });
});

/** Pods of both families beside Services of one: each pod is reached over IPv6 by its own address. */
describe("a family that pods have and Services lack is asked for where pods are reached", () => {
  const plan = (pods: string) =>
    `kind: ClusterConfiguration\napiVersion: kubeadm.k8s.io/v1beta4\nnetworking:\n  podSubnet: ${pods}\n  serviceSubnet: 10.96.0.0/16\n`;
  const policy =
    "kind: NetworkPolicy\nspec:\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - ipBlock: {cidr: 0.0.0.0/0}\n";
  for (const [pods, count] of [
    ["10.244.0.0/16,fd12:3456:789a::/48", 1],
    ["10.244.0.0/16", 0],
  ] as const)
    it(`podSubnet: ${pods}`, async () => {
      const id = "network-policy-ipv4-any";
      const rule = await load(id);
      const text = `${plan(pods)}---\n${policy}`;
      assert.equal(findingsOf(rule, id, text, settingOf(rule.example)).length, count);
    });
});
