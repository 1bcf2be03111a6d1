import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, it } from "node:test";
import type { Recording } from "#core/cluster/recording.ts";
import { type Demo, diagnoseDemo } from "#core/diagnosis/demo.ts";
import { drawn, wholeTree } from "#test/client/outline.ts";

const demo: Demo = JSON.parse(readFileSync(path.join(import.meta.dirname, "../../demo/cluster.json"), "utf8"));

describe("the demo cluster", () => {
  // A probe that asks otherwise than before finds no answer in the recording: `node test/demo/record.ts` makes it anew.
  it("still answers what a diagnosis asks", async () => {
    const { first, families, notLooked } = await diagnoseDemo(demo);
    assert.equal(first?.cause, "forwarding-off");
    assert.ok(families.IPv6.fails.length > 0);
    assert.deepEqual(families.IPv4.fails, []);
    assert.deepEqual(
      notLooked.filter(({ why }) => /recording/.test(why)),
      [],
    );
  });

  it("was recorded for everything that the tree shows, every row opened", async () => {
    const refused = async (recording: Recording) =>
      (await drawn(recording, wholeTree)).split("\n").filter((line) => line.endsWith("! Not served by this cluster"));
    assert.deepEqual(await refused(demo.recording), [], "run `node test/demo/record.ts`");
    const lists = demo.recording.lists.filter(({ type }) => type.resource !== "endpointslices");
    assert.ok((await refused({ ...demo.recording, lists })).length > 0, "what lies deep in the tree is missed");
  });

  it("holds no secret and no path of the machine it was made on", () => {
    assert.doesNotMatch(JSON.stringify(demo), /BEGIN [A-Z ]*PRIVATE KEY|Bearer |\/root\/|\/tmp\//);
  });
});
