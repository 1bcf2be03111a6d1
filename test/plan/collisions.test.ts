import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ranges } from "#core/facts/ranges.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { buildPlan, placedPrefixes } from "#core/plan/plan.ts";
import { rule } from "#core/rules/overlapping-ranges.ts";
import { callsOf } from "#test/support/calls.ts";

const cluster = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  serviceSubnet: fd00:3::/112
`;

const pool = (name: string, cidr: string) => `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: ${name}
spec:
  cidr: ${cidr}
`;

function open(files: Readonly<Record<string, string>>): Workspace {
  const workspace = new Workspace([{ id: "overlapping-ranges", rule }]);
  for (const [name, text] of Object.entries(files)) workspace.open(name, text);
  return workspace;
}

function reported(workspace: Workspace): string[] {
  return [...workspace.files].flatMap((name) =>
    workspace.check(name).flatMap(({ findings }) => findings.map(({ path }) => `${name} ${path}`)),
  );
}

describe("ranges that collide across files", () => {
  it("are reported in the file that is not the cluster's configuration, whichever is opened first", () => {
    const inside = pool("a", "fd00:3::/120");
    assert.deepEqual(reported(open({ "k/cluster.yaml": cluster, "k/pool.yaml": inside })), ["k/pool.yaml spec.cidr"]);
    assert.deepEqual(reported(open({ "k/a-pool.yaml": inside, "k/cluster.yaml": cluster })), [
      "k/a-pool.yaml spec.cidr",
    ]);
  });

  it("say nothing where two configurations lie side by side, or two pools in files of their own", () => {
    const inside = pool("a", "fd00:3::/120");
    assert.deepEqual(reported(open({ "k/1.yaml": cluster, "k/2.yaml": cluster, "k/pool.yaml": inside })), []);
    assert.deepEqual(reported(open({ "k/1.yaml": inside, "k/2.yaml": pool("b", "fd00:3::/121") })), []);
    assert.deepEqual(reported(open({ "a/cluster.yaml": cluster, "b/pool.yaml": inside })), []);
  });

  it("go away when the other one is edited", () => {
    const workspace = open({ "k/pools.yaml": `${pool("a", "fd00:1::/64")}---\n${pool("b", "fd00:1::/80")}` });
    assert.deepEqual(reported(workspace), ["k/pools.yaml spec.cidr"]);
    workspace.change("k/pools.yaml", {
      start: { line: 5, character: 8 },
      end: { line: 5, character: 19 },
      text: "fd00:2::/64",
    });
    assert.deepEqual(reported(workspace), []);
  });

  it("are found among thousands of ranges without comparing each with each", () => {
    const node = (index: number) => `kind: Node
apiVersion: v1
metadata: {name: n${index}}
spec: {podCIDRs: ["fd00:1:0:${index.toString(16)}::/64"]}
`;
    const work = (count: number) => {
      const nodes = Array.from({ length: count }, (_, index) => node(index));
      const text = [...nodes, node(count - 1).replace(`n${count - 1}`, "twin")].join("---\n");
      return callsOf(() => assert.deepEqual(reported(open({ "nodes.yaml": text })), ["nodes.yaml spec.podCIDRs[0]"]));
    };
    const [half, whole] = [work(1500), work(3000)];
    assert.ok(half > 1500, `${half}`);
    // Each with each would be four times as much.
    assert.ok(whole < 2.5 * half, `${half} calls for half of them, ${whole} for all`);
  });
});

describe("the plan of a workspace", () => {
  it("is made of what the resources say", () => {
    const workspace = open({ "k/cluster.yaml": cluster, "k/pool.yaml": pool("a", "10.0.0.0/16") });
    const { roots } = buildPlan(placedPrefixes(workspace.all("k/cluster.yaml", ranges)));
    assert.deepEqual(
      roots.flatMap(({ entries }) => entries.map(({ kind, role, file, path }) => [kind, role, file, path])),
      [
        ["IPPool", "pod", "k/pool.yaml", "spec.cidr"],
        ["ClusterConfiguration", "service", "k/cluster.yaml", "networking.serviceSubnet"],
      ],
    );
  });
});
