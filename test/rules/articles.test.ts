import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { it } from "node:test";
import type { Shape } from "#core/addresses/shape.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";

/**
 * Manifests as articles on IPv6 in Kubernetes show them, and all that has to be said of each: people copy them, and come
 * to the editor with what did not help.
 */
const folder = new URL("../articles/", import.meta.url);

const said: Readonly<Record<string, readonly string[]>> = {
  "two-test-pods.yaml": [],
  "policy-both-families.yaml": [
    "warning IP013 spec.ingress[0].from[0].ipBlock.cidr",
    "warning IP013 spec.egress[0].to[0].ipBlock.cidr",
    "warning NP007 spec.egress[0].to",
  ],
  "coredns-of-kubeadm.yaml": [],
  "service-both-families.yaml": [],
  "pool-without-tunnel.yaml": ["warning CAL008 apiVersion", "warning IP013 spec.cidr"],
  "pool-with-vxlan.yaml": ["warning CAL008 apiVersion", "warning IP013 spec.cidr"],
  "cilium-three-keys.yaml": ["error CIL001 data.ipv6-cluster-alloc-cidr", "warning IP013 data.ipv6-cluster-alloc-cidr"],
  "policy-all-of-ipv6.yaml": [
    "warning NP008 spec.ingress[0].from",
    "warning NP008 spec.egress[0].to",
    "warning NP006 spec.egress",
  ],
  "policy-icmp.yaml": ["error NP001 spec.ingress[0].ports[0].protocol", "error NP001 spec.egress[0].ports[0].protocol"],
  "service-without-selector.yaml": ["warning SVC037 spec.selector"],
  "alert.yaml": [],
  "address-plan.yaml": [
    "warning IP013 addressing",
    "error X001 addressing.reserved_ranges.infrastructure",
    "error X001 addressing.reserved_ranges.applications",
  ],
  "ping-job.yaml": [],
  "calico-policy-in-kubernetes-syntax.yaml": ["error CAL010 spec.selector", "error CAL010 spec.egress[0].to"],
};

/** What is said of a cluster of that shape, where it differs. */
const inCluster: Readonly<Record<string, Readonly<Partial<Record<Shape, readonly string[]>>>>> = {
  // Refused where one of the families that are named is missing.
  "service-both-families.yaml": {
    v4: ["error SVC013 spec.ipFamilies[0]"],
    v6: ["error SVC013 spec.ipFamilies[1]"],
  },
  "service-without-selector.yaml": {
    v4: ["error SVC013 spec.ipFamilies[0]", "warning SVC037 spec.selector"],
    v6: ["error SVC013 spec.ipFamilies[1]", "warning SVC037 spec.selector"],
  },
  // Nobody is asked for IPv6 that the cluster has not.
  "policy-both-families.yaml": {
    v4: ["warning IP013 spec.ingress[0].from[0].ipBlock.cidr", "warning IP013 spec.egress[0].to[0].ipBlock.cidr"],
  },
  // DNS is asked over the primary family.
  "policy-all-of-ipv6.yaml": {
    "dual-v6": ["warning NP008 spec.egress[0].to", "warning NP008 spec.ingress[0].from"],
    v6: [],
  },
};

it("every manifest has its verdict", () => assert.deepEqual(Object.keys(said).sort(), readdirSync(folder).sort()));

for (const [file, expected] of Object.entries(said)) {
  it(`${file} without a word on the cluster`, () => assert.deepEqual(loud(file, "unknown"), [...expected].sort()));
  for (const cluster of ["dual-v4", "dual-v6", "v4", "v6"] as const) {
    const wanted = inCluster[file]?.[cluster] ?? expected;
    it(`${file} for ${cluster}`, () => assert.deepEqual(loud(file, cluster), [...wanted].sort()));
  }
}

it("two versions of one object in a file: the later one replaces the earlier one", () =>
  assert.ok(
    loud("pool-without-tunnel.yaml", "unknown", "pool-with-vxlan.yaml").includes("warning X008 metadata.name"),
  ));

function loud(file: string, cluster: Shape, more?: string): string[] {
  const texts = [file, more ?? []].flat().map((name) => readFileSync(new URL(name, folder), "utf8"));
  const workspace = new Workspace(rules, { cluster, kubernetes: 36 });
  workspace.open(file, texts.join("---\n"));
  return workspace
    .check(file)
    .flatMap(({ findings, crashes }) => {
      assert.deepEqual(crashes, []);
      return findings;
    })
    .filter(({ severity }) => severity !== "information")
    .map(({ severity, codes, path }) => `${severity} ${codes.join("|")} ${path}`)
    .sort();
}
