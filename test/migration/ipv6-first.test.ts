import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { migrationOf } from "#core/migration/migration.ts";
import { migrationToCommands, migrationToMarkdown } from "#core/report/migration.ts";

function service(name: string, spec: object, metadata: object = {}): KubeObject {
  const whole = { name, namespace: "shop", resourceVersion: "7", uid: "u", ...metadata };
  return { apiVersion: "v1", kind: "Service", metadata: whole, spec: { selector: { app: name }, ...spec } };
}

const both = { ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "PreferDualStack" };
const addresses = { clusterIP: "10.96.0.7", clusterIPs: ["10.96.0.7", "fd00:10:96::7"] };

function plan(...objects: KubeObject[]) {
  return migrationOf({ objects, differences: [], workloads: [] }, "ipv6-first");
}

describe("IPv6 first", () => {
  test("a Service is made anew by one command, with both its addresses the other way round, and back", () => {
    const annotations = { "kubectl.kubernetes.io/last-applied-configuration": "{}", owner: "it's ours" };
    const ports = [{ port: 80, nodePort: 30080 }];
    const migration = plan(service("web", { ...both, ...addresses, ports }, { annotations }));
    const [task] = migration.phases[0]?.tasks ?? [];
    assert.deepEqual(task?.commands, [["kubectl", "-n", "shop", "replace", "--force", "-f", "-"]]);
    assert.ok(task.interrupts);
    const made = JSON.parse(task.input ?? "");
    assert.deepEqual(made.metadata, { name: "web", namespace: "shop", annotations: { owner: "it's ours" } });
    assert.deepEqual(
      [made.spec.clusterIP, made.spec.clusterIPs, made.spec.ipFamilies, made.spec.ports],
      ["fd00:10:96::7", ["fd00:10:96::7", "10.96.0.7"], ["IPv6", "IPv4"], ports],
    );
    const back = JSON.parse(task.undoInput ?? "");
    assert.deepEqual([back.spec.clusterIPs, back.spec.ipFamilies], [addresses.clusterIPs, both.ipFamilies]);
    const line = migrationToCommands(migration)
      .split("\n")
      .find((text) => text.startsWith("printf"));
    assert.match(line ?? "", /^printf %s '\{.*it'\\''s ours.*\}' \| kubectl -n shop replace --force -f -$/);
    assert.match(migrationToMarkdown(migration), /- run `printf %s '\{.*` *\n/);
  });

  test("the order of a headless one is changed as it is, which the recorded server takes", () => {
    const [task] = plan(service("peers", { ...both, clusterIP: "None", clusterIPs: ["None"] })).phases[0]?.tasks ?? [];
    assert.deepEqual(task?.commands.flat().at(-1), '{"spec":{"ipFamilies":["IPv6","IPv4"]}}');
    assert.deepEqual(task?.undo?.at(-1), '{"spec":{"ipFamilies":["IPv4","IPv6"]}}');
    assert.equal(task?.interrupts, undefined);
  });

  test("what would lose an address outside, or is made by somebody else, is left", () => {
    const ownerReferences = [{ apiVersion: "v1", kind: "Shop", name: "one", uid: "1", controller: true }];
    const { phases, refused } = plan(
      service("door", { ...both, ...addresses, type: "LoadBalancer" }),
      service("made", { ...both, ...addresses }, { ownerReferences }),
    );
    assert.deepEqual(
      phases.map(({ title }) => title),
      ["See whether it holds"],
    );
    assert.deepEqual(
      refused.map(({ object, why }) => [object, why.slice(0, 46)]),
      [
        ["Service shop/door", "to make it anew is to delete its load balancer"],
        ["Service shop/made", "Shop one makes it: say there which family is f"],
      ],
    );
  });

  test("a Service of one family gets its second address first, and is planned again with it", () => {
    const { phases } = plan(
      service("web", { ipFamilies: ["IPv4"], clusterIP: "10.96.0.7", clusterIPs: ["10.96.0.7"] }),
    );
    assert.deepEqual(
      phases.map(({ title, tasks }) => [title, tasks[0]?.commands.length]),
      [
        ["Services get their second address", 1],
        ["IPv6 becomes the first family", 0],
        ["See whether it holds", 4],
      ],
    );
  });

  test("where IPv6 is first already there is nothing to do", () => {
    const { phases } = plan(service("web", { ...both, ipFamilies: ["IPv6", "IPv4"] }));
    assert.equal(phases.length, 1);
  });
});
