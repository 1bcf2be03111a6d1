import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePrefix } from "#core/addresses/address.ts";
import { completionsAt } from "#core/editor/completion.ts";
import { parseDocument } from "#core/manifest/document.ts";

const ula = parsePrefix("fd12:3456:789a::/48");

/** What is offered at the place marked with ‸. */
function offered(marked: string): readonly string[] {
  assert.ok(ula);
  const prefixes = [{ text: "fd12:1::/56", what: "pods" }];
  return completionsAt(parseDocument(marked.replace("‸", "")), marked.indexOf("‸"), prefixes, ula).map(
    ({ label }) => label,
  );
}

const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];
const flux = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a}\nspec:\n  values:\n";
const k3s = "apiVersion: helm.cattle.io/v1\nkind: HelmChartConfig\nspec:\n  valuesContent: |-\n";
const patch = "kind: Kustomization\npatches:\n  - patch: |-\n      kind: Service\n      spec:\n";

const cases: readonly (readonly [title: string, marked: string, wanted: readonly string[]])[] = [
  ["a policy in a release's values", `${flux}    service:\n      ipFamilyPolicy: ‸\n`, policies],
  [
    "a policy half-typed in a text of values",
    `${k3s}    controller:\n      service:\n        ipFamilyPolicy: Re‸\n`,
    policies,
  ],
  ["a policy in a patch", `${patch}        ipFamilyPolicy: ‸\n`, policies],
  ["families in a text of values", `${k3s}    service:\n      ipFamilies: [‸]\n`, ["IPv4", "IPv6"]],
  [
    "Envoy Gateway's words",
    "apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: EnvoyProxy\nspec:\n  ipFamily: ‸\n",
    ["IPv4", "IPv6", "DualStack"],
  ],
  ["kind's words", "kind: Cluster\nnetworking:\n  ipFamily: ‸\n", ["ipv4", "ipv6", "dual"]],
  ["Ceph's words in its chart", `${flux}    cephClusterSpec:\n      network:\n        ipFamily: ‸\n`, ["IPv4", "IPv6"]],
  [
    "prefixes of the plan in Cluster API",
    "kind: Cluster\nspec:\n  clusterNetwork:\n    pods:\n      cidrBlocks:\n        - ‸\n",
    ["fd12:1::/56", "0.0.0.0/0", "::/0"],
  ],
  ["nothing for another key", `${flux}    service:\n      type: ‸\n`, []],
];

for (const [title, marked, wanted] of cases)
  test(`completion offers ${title}`, () => assert.deepEqual(offered(marked), wanted));
