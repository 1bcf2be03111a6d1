import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, it } from "node:test";
import { objectOf } from "#client/object/named.ts";
import { History } from "#client/report/history.ts";
import { diagnosisOf, historyRows } from "#client/report/rows.ts";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import { outline } from "./outline.ts";

const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-history-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const diagnosis = await diagnoseDemo(
  JSON.parse(readFileSync(path.join(import.meta.dirname, "../../demo/cluster.json"), "utf8")),
);
const history = (name: string, changed = () => {}) => new History(path.join(folder, name), changed);

it("a diagnosis is kept, listed by another window, and judged anew when it is opened", async () => {
  let changes = 0;
  const own = history("kept", () => changes++);
  const { id } = await own.add(diagnosis);
  assert.equal(changes, 1);
  const [entry] = await history("kept").list();
  assert.deepEqual(entry?.causes, ["IPv6 forwarding is off on the node"]);
  const opened = await history("kept").open(id);
  assert.deepEqual(opened.verdicts, diagnosis.verdicts);
  assert.equal(opened.took, diagnosis.took);
});

it("only their user can read what is kept", async () => {
  await history("private").add(diagnosis);
  const files = readdirSync(path.join(folder, "private"));
  for (const file of files) assert.equal(statSync(path.join(folder, "private", file)).mode & 0o077, 0);
});

it("the same recording is there once, and of many only the latest are kept", async () => {
  const own = history("many");
  for (let at = 0; at < 33; at++) await own.add({ ...diagnosis, startedAt: at });
  const latest = await own.add({ ...diagnosis, startedAt: 32 });
  const entries = await own.list();
  assert.equal(entries.length, 30);
  assert.equal(entries[0]?.id, latest.id);
  assert.deepEqual(new Set(entries.map(({ startedAt }) => startedAt)).size, 30);
});

it("what was diagnosed last in a context is told, each subject once", async () => {
  const own = history("subjects");
  const to = { kind: "node", name: "n2" } as const;
  for (const [startedAt, subject] of [
    [1, {}],
    [2, { to }],
    [3, {}],
  ] as const)
    await own.add({ ...diagnosis, startedAt, subject });
  await own.add({ ...diagnosis, context: "other" });
  assert.deepEqual(await own.subjects("demo"), [{}, { to }]);
});

it("its row says subject, families, time and context, and leads to it", async () => {
  const own = history("rows");
  const { id } = await own.add({ ...diagnosis, subject: { to: { kind: "node", name: "n2" } } });
  const [row, ...others] = historyRows(await own.list());
  assert.match(outline(row ? [row] : []), /^! to node n2 {2}IPv6 fails, IPv4 works · .* · demo$/);
  assert.equal(row && diagnosisOf(row), id);
  assert.deepEqual(others, []);
});

it("a place in a report is an object of the cluster, and nothing else is", () => {
  assert.equal(objectOf("node n1")?.resource, "nodes");
  assert.equal(objectOf("Service default/web")?.namespace, "default");
  for (const none of ["between node a and node b", "pod x", "pod a/b/c", "command:x", "node ../x y"])
    assert.equal(objectOf(none), undefined, none);
});
