import assert from "node:assert/strict";
import { test } from "node:test";
import { mostHeld } from "#core/lint/room.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { LaterDocument } from "#core/manifest/later-document.ts";
import { rules } from "#core/rules/index.ts";

/** A Service of a given length, which nobody parses here. */
function large(length: number): readonly LaterDocument[] {
  return [new LaterDocument("kind: Service\n#".padEnd(length, "x"), false)];
}

test("files beside others are held up to a limit, and one by itself is held whatever its size", () => {
  const workspace = new Workspace(rules);
  assert.equal(workspace.hasRoom(large(mostHeld + 1)), true);
  workspace.open("a.yaml", large(mostHeld - 100));
  assert.equal(workspace.hasRoom(large(100)), true);
  assert.equal(workspace.hasRoom(large(101)), false);
  // Opened again it counts once.
  workspace.open("a.yaml", large(mostHeld - 200));
  assert.equal(workspace.hasRoom(large(200)), true);
  workspace.close("a.yaml");
  assert.equal(workspace.hasRoom(large(mostHeld)), true);
  workspace.open("b.yaml", large(mostHeld));
  workspace.clear();
  assert.equal(workspace.hasRoom(large(mostHeld + 1)), true);
});
