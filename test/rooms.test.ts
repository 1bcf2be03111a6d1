import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, type TestContext, test } from "node:test";
import { describeNames, namesIn, products } from "../scripts/names.ts";
import { describeRooms, roomsOf } from "../scripts/rooms.ts";

const top = path.resolve(import.meta.dirname, "..");

describe("the rooms of core", () => {
  test("nothing lies loose, and no room imports one that stands above it", (t) => {
    const rooms = roomsOf(path.join(top, "core/src"));
    t.diagnostic(describeRooms(rooms));
    assert.ok(rooms.floors.flat().length > 15, "the import lines were read");
    assert.ok(rooms.arrows.includes("rules -> lint"), "the import lines were read");
    assert.deepEqual(rooms.loose, []);
    assert.deepEqual(rooms.back, []);
  });

  test("a circle of rooms is seen, types included, and so is a loose file", (t) => {
    const { back, loose } = roomsOf(
      planted(t, {
        "loose.ts": "export const a = 1;\n",
        "rules/a.ts": 'import type { Lint } from "../lint/lint.ts";\nexport type A = Lint;\n',
        "lint/lint.ts": 'import type { A } from "../rules/a.ts";\nexport type Lint = A | 1;\n',
      }),
    );
    assert.deepEqual(loose, ["loose.ts"]);
    assert.deepEqual([...back].sort(), ["lint -> rules (lint/lint.ts)", "rules -> lint (rules/a.ts)"]);
  });

  test("the linter refuses a circle of files that only types make, but in manifest", (t) => {
    const circle = {
      "core/src/NAME/a.ts": 'import type { B } from "./b.ts";\n\nexport interface A {\n  b: B;\n}\n',
      "core/src/NAME/b.ts": 'import type { A } from "./a.ts";\n\nexport interface B {\n  a: A;\n}\n',
    };
    const files = ["lint", "manifest"].flatMap((room) =>
      Object.entries(circle).map(([name, text]) => [name.replace("NAME", room), text] as const),
    );
    const folder = planted(t, Object.fromEntries(files));
    copyFileSync(path.join(top, "biome.json"), path.join(folder, "biome.json"));
    const biome = path.join(top, "node_modules/.bin/biome");
    const { stdout, stderr, status } = spawnSync(biome, ["lint", "--colors=off", "--vcs-enabled=false", "core"], {
      cwd: folder,
      encoding: "utf8",
    });
    const refused = [...`${stdout}${stderr}`.matchAll(/^(\S+\.ts):\d+:\d+ lint\/suspicious\/noImportCycles/gm)];
    assert.deepEqual(refused.map(([, file]) => file).sort(), ["core/src/lint/a.ts", "core/src/lint/b.ts"], stderr);
    assert.notEqual(status, 0);
  });
});

describe("exported names", () => {
  test("each means one thing", (t) => {
    const names = namesIn(top);
    t.diagnostic(describeNames(names));
    assert.ok(names.count > 1000, "the declarations were read");
    assert.deepEqual(names.several, []);
  });

  test("one that two files declare is seen; what every file of a folder is by its file's name is one thing", (t) => {
    const own = products.map((product) => [`${product}/src/own.ts`, `export const ${product} = 1;\n`] as const);
    const { several } = namesIn(
      planted(t, {
        ...Object.fromEntries(own),
        "core/src/rules/a.ts": "export const rule = 1;\nexport type A = 1;\n",
        "core/src/rules/b.ts": "export const rule = 1;\nexport interface A {}\n",
        "cli/src/b.ts": "export async function* own() {}\nexport function a() {}\n",
        "client/src/b.ts": "export class own {}\nfunction a() {}\n",
      }),
    );
    assert.deepEqual(several, ["A: core/src/rules/a.ts, core/src/rules/b.ts", "own: client/src/b.ts, cli/src/b.ts"]);
  });
});

function planted(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-rooms-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}
