import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parityOf } from "#core/parity/parity.ts";
import type { Counterpart } from "#core/parity/places.ts";
import { parityFindings } from "#core/report/parity.ts";
import { objects } from "../policy/support.ts";

const pods = `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {nodeName: n1, containers: []}
status: {podIP: 10.244.1.5, podIPs: [{ip: 10.244.1.5}, {ip: "fd00:244:1::5"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: db, namespace: data, labels: {app: db}}
spec: {nodeName: n2, containers: []}
status: {podIP: 10.244.2.6, podIPs: [{ip: 10.244.2.6}, {ip: "fd00:244:2::6"}]}
---
apiVersion: v1
kind: Node
metadata: {name: n2}
status: {addresses: [{type: InternalIP, address: 192.168.7.2}, {type: InternalIP, address: "fd00:7::2"}]}
`;

const egress = (rules: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress: ${rules}
`;

const global = (kind: string, version: string, spec: string) => `
apiVersion: ${version}
kind: ${kind}
metadata: {name: guard}
spec: ${spec}
`;

/** `IPv6 egress to PEERS: TRAFFIC by PATH, edit: ...` for each difference. */
function told(policies: string, counterparts: readonly Counterpart[] = [], others = pods): string[] {
  const parity = parityOf(objects(`${policies}\n---\n${others}`), { counterparts });
  return parityFindings(parity, [], () => undefined).map(
    ({ open, direction, peers, traffic, rule, edit }) =>
      `${open} ${direction}: ${peers.join(", ")}: ${traffic} by ${rule.path}${edit ? `, ${edit.says}` : ""}`,
  );
}

const ports = "TCP, UDP and SCTP, every port";
const privately = "private and unique local addresses";

describe("where the families differ, and the smallest edit", () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    "private ranges are kept out of IPv4 alone: everything of IPv6 that is private is open": [
      egress(
        '[{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]}}, {ipBlock: {cidr: "::/0"}}]}]',
      ),
      [
        `IPv6 egress: ${privately}, pods of Pod data/db, node n2: ${ports} by spec.egress[0].to[1].ipBlock.cidr, except fc00::/7 as well`,
      ],
    ],
    "an Allow of 0.0.0.0/0 alone leaves IPv6 out": [
      egress("[{to: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}]"),
      [
        `IPv4 egress: the Internet, ${privately}, pods of Pod data/db, node n2: TCP 443 by spec.egress[0].to[0].ipBlock.cidr, add ::/0 beside it`,
      ],
    ],
    "a Deny of 0.0.0.0/0 in a ClusterNetworkPolicy lets IPv6 by": [
      global(
        "ClusterNetworkPolicy",
        "policy.networking.k8s.io/v1alpha2",
        "{tier: Admin, priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [0.0.0.0/0]}]}]}",
      ),
      [
        `IPv6 egress: the Internet, ${privately}, pods of Pod shop/web, pods of Pod data/db, node n2: all traffic by spec.egress[0].to[0].networks[0], add ::/0 beside it`,
      ],
    ],
    "the same of the metadata service in an AdminNetworkPolicy": [
      global(
        "AdminNetworkPolicy",
        "policy.networking.k8s.io/v1alpha1",
        "{priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [169.254.169.254/32]}]}]}",
      ),
      [
        "IPv6 egress: the metadata service: all traffic by spec.egress[0].to[0].networks[0], add fd00:ec2::254/128 beside it",
      ],
    ],
    "a Calico rule needs one of its own for the other family": [
      global(
        "GlobalNetworkPolicy",
        "projectcalico.org/v3",
        "{types: [Egress], egress: [{action: Deny, destination: {nets: [0.0.0.0/0]}}, {action: Allow}]}",
      ),
      [
        `IPv6 egress: the Internet, ${privately}, pods of Pod shop/web, pods of Pod data/db, node n2: all traffic by spec.egress[0].destination.nets[0], add the same rule for the other family behind it`,
      ],
    ],
    "Cilium's world-ipv4 is half of the world": [
      global(
        "CiliumClusterwideNetworkPolicy",
        "cilium.io/v2",
        "{endpointSelector: {}, egressDeny: [{toEntities: [world-ipv4]}], egress: [{toEntities: [all]}]}",
      ),
      [
        `IPv6 egress: the Internet, ${privately}: all traffic by spec.egressDeny[0].toEntities[0], add world-ipv6 beside it`,
      ],
    ],
    "another policy makes up for it": [
      `${egress("[{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]")}---${egress('[{to: [{ipBlock: {cidr: "::/0"}}]}]')}`,
      [],
    ],
    "a site's own prefixes stand for each other by use": [
      egress(
        '[{to: [{ipBlock: {cidr: 10.0.0.0/8}}, {ipBlock: {cidr: "fd00:244::/32"}}, {ipBlock: {cidr: 192.168.0.0/16}}, {ipBlock: {cidr: "fd00:7::/48"}}]}]',
      ),
      [],
    ],
    "a public prefix that nobody named in IPv6 has no counterpart to be offered": [
      egress("[{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}]"),
      [`IPv4 egress: the Internet: ${ports} by spec.egress[0].to[0].ipBlock.cidr`],
    ],
    "what one family's pods are reached by, and their twins are not": [
      egress("[{to: [{ipBlock: {cidr: 10.244.0.0/16}}]}]"),
      [`IPv4 egress: ${privately}, pods of Pod data/db: ${ports} by spec.egress[0].to[0].ipBlock.cidr`],
    ],
    "an entry that stands there with and without exceptions lacks the twin of one of them": [
      egress(
        '[{to: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}, {ipBlock: {cidr: "::/0", except: ["fc00::/7"]}}]}]',
      ),
      [
        `IPv4 egress: ${privately}, pods of Pod data/db, node n2: ${ports} by spec.egress[0].to[0].ipBlock.cidr, add ::/0 beside it`,
      ],
    ],
    "selectors know no family": [egress("[{to: [{podSelector: {}}, {namespaceSelector: {}}]}]"), []],
    "nothing is let through, in either family": [egress("[]"), []],
  };
  for (const [name, [policies, expected]] of Object.entries(cases))
    test(name, () => assert.deepEqual(told(policies), expected));
});

test("what was declared is a counterpart, and offered as the edit", () => {
  const pair = { IPv4: "203.0.113.0/24", IPv6: "2001:db8:7::/48" };
  const [before] = told(egress("[{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}]"), [pair]);
  assert.match(before ?? "", /203\.0\.113\.0\/24 and 2001:db8:7::\/48: .*, add 2001:db8:7::\/48 beside it$/);
  const both = "[{to: [{ipBlock: {cidr: 203.0.113.0/24}}, {ipBlock: {cidr: '2001:db8:7::/48'}}]}]";
  assert.deepEqual(told(egress(both), [pair]), []);
});

test("a wide prefix of IPv6 never hides behind a narrow one of IPv4", () => {
  const internet = egress(
    "[{to: [{ipBlock: {cidr: 203.0.113.0/24}}, {ipBlock: {cidr: '::/0', except: ['2001:db8::/32', 'fc00::/7']}}]}]",
  );
  assert.match(told(internet).join("\n"), /^IPv6 egress: the Internet/m);
  const own = egress("[{to: [{ipBlock: {cidr: 10.0.0.5/32}}, {ipBlock: {cidr: 'fd00::/8'}}]}]");
  assert.match(told(own).join("\n"), /^IPv6 egress: private and unique local addresses/m);
});

test("a policy without pods in the files is judged on a pod that it selects", () => {
  const policy = egress("[{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]").replace(
    "podSelector: {}",
    "podSelector: {matchLabels: {app: web}}",
  );
  const [finding] = parityFindings(parityOf(objects(policy)), [], () => undefined);
  assert.deepEqual(finding?.workloads, ["pods app=web of shop"]);
});

test("pods of one family are counted, and differ in nothing", () => {
  const single = pods.replaceAll(/, \{ip: "[^"]+"\}/g, "");
  const parity = parityOf(objects(`${egress("[{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]")}\n---\n${single}`));
  assert.deepEqual([parity.differences.length, parity.singleStack], [0, 2]);
});

test("what is not known is said, and no difference is made of it", () => {
  const tiered = global(
    "GlobalNetworkPolicy",
    "projectcalico.org/v3",
    "{tier: own, types: [Egress], egress: [{action: Deny, destination: {nets: [0.0.0.0/0]}}]}",
  );
  const parity = parityOf(objects(`${tiered}\n---\n${pods}`));
  assert.equal(parity.differences.length, 0);
  assert.match(parity.unjudged[0]?.because ?? "", /tier own, whose Tier object was not given/);
});

test("what depends on a name fares alike in both families, and is no doubt about them", () => {
  const fqdn = (more: string) =>
    global(
      "CiliumClusterwideNetworkPolicy",
      "cilium.io/v2",
      `{endpointSelector: {}, egress: [{toFQDNs: [{matchName: example.org}]}, {toEntities: [kube-apiserver]}${more}]}`,
    );
  assert.deepEqual(parityOf(objects(`${fqdn("")}\n---\n${pods}`)).unjudged, []);
  const one = parityOf(objects(`${fqdn(", {toCIDR: [0.0.0.0/0]}")}\n---\n${pods}`));
  assert.match(one.unjudged[0]?.because ?? "", /allows by name/);
});
