import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  resourceAt,
  subjectOfNamespace,
  subjectOfResource,
  subjectOfRow,
  subjectsBetween,
  titleOf,
} from "#client/diagnosing/subject.ts";
import type { Menu, ObjectRef } from "#client/tree/row.ts";
import { recordedCluster } from "#core/cluster/recording.ts";
import { realRecording } from "./outline.ts";

const cluster = recordedCluster(realRecording());

describe("what a diagnosis from the tree is about", () => {
  const subject = (menu: Menu, object?: Partial<ObjectRef>) => {
    const ref = { apiVersion: "v1", resource: "x", kind: "X", name: "web", ...object };
    return subjectOfRow({ id: "r", label: "web", menu, ...(object === undefined ? {} : { object: ref }) });
  };

  it("is a pod as the source, a Service or a node as the target, else the whole cluster", () => {
    assert.deepEqual(subject("pod", { namespace: "lab" }), { from: { namespace: "lab", name: "web" } });
    assert.deepEqual(subject("service", { namespace: "lab" }), {
      to: { kind: "service", namespace: "lab", name: "web" },
    });
    assert.deepEqual(subject("node", { name: "n1" }), { to: { kind: "node", name: "n1" } });
    assert.deepEqual(subject("current-context"), {});
  });

  it("is an address as the target, and of a namespace one of its running pods as the source", async () => {
    const row = { id: "a", label: "fd00::1", menu: "address" } as const;
    assert.deepEqual(subjectOfRow(row), { to: { kind: "address", address: "fd00::1" } });
    const { from } = await subjectOfNamespace("lab", cluster);
    assert.equal(from?.namespace, "lab");
    await assert.rejects(subjectOfNamespace("kube-public", cluster), /nothing can be dialled from it/);
  });

  it("is between two rows from a pod to the other, and either way between two pods", () => {
    const row = (menu: Menu, name: string) => ({
      id: name,
      label: name,
      menu,
      object: { apiVersion: "v1", resource: "x", kind: "X", namespace: "lab", name },
    });
    const between = (...rows: Parameters<typeof subjectsBetween>[0]) =>
      subjectsBetween(rows).map(({ from, to }) => `${from?.name} > ${to?.kind} ${to && "name" in to ? to.name : ""}`);
    assert.deepEqual(between(row("service", "web"), row("pod", "a")), ["a > service web"]);
    assert.deepEqual(between(row("pod", "a"), row("pod", "b")), ["a > pod b", "b > pod a"]);
    assert.deepEqual(between(row("node", "n"), row("service", "web")), []);
    assert.deepEqual(between(row("pod", "a")), []);
  });
});

describe("what a diagnosis from a manifest is about", () => {
  const at = async (text: string, line = 0) => {
    const resource = resourceAt(text, { line, character: 0 });
    assert.ok(resource);
    return { title: titleOf(resource, "lab"), subject: await subjectOfResource(resource, cluster, "lab") };
  };

  it("is the object the cursor is in, in the namespace of the context if it names none", async () => {
    const text = "kind: Pod\nmetadata: {name: a, namespace: x}\n---\nkind: Service\nmetadata:\n  name: web\n";
    assert.deepEqual(await at(text), { title: "Pod x/a", subject: { from: { namespace: "x", name: "a" } } });
    const service = { kind: "service", namespace: "lab", name: "web" };
    assert.deepEqual(await at(text, 4), { title: "Service lab/web", subject: { to: service } });
  });

  it("is a running pod of a workload", async () => {
    const { subject } = await at(
      "kind: Deployment\nmetadata: {name: web}\nspec: {template: {metadata: {labels: {app: web}}}}\n",
    );
    assert.match(subject.from?.name ?? "", /^web-/);
  });

  it("is a sentence if no pod of the workload runs", async () => {
    const text = "kind: Deployment\nmetadata: {name: gone}\nspec: {template: {metadata: {labels: {app: gone}}}}\n";
    await assert.rejects(at(text), /^Error: No pod of Deployment lab\/gone is running in context real\.$/);
  });

  it("is nothing for an object that no packet goes to", async () => {
    const resource = resourceAt("kind: ConfigMap\nmetadata: {name: a}\n", { line: 0, character: 0 });
    assert.ok(resource);
    assert.equal(titleOf(resource, "lab"), undefined);
    assert.equal(resourceAt("", { line: 0, character: 0 }), undefined);
  });
});
