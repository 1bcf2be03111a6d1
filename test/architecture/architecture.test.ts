import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, type TestContext, test } from "node:test";
import { folder } from "#test/cli/cli.ts";

const top = path.resolve(import.meta.dirname, "../..");
const page = readFileSync(path.join(top, "docs/architecture.md"), "utf8");

/** What the page names in backticks and has a path: a file, or a folder with "/" at its end. */
const named = /`([\w.-]+(?:\/[\w.-]+)*(?:\.(?:ts|md|json)|\/))`/g;

describe("docs/architecture.md", () => {
  test("names files and folders that there are", () => {
    const names = [...page.matchAll(named)].map(([, name = ""]) => name);
    assert.ok(names.length > 60, "the names were read");
    assert.deepEqual(
      names.filter((name) => placeOf(name) === undefined),
      [],
    );
    assert.equal(placeOf("lint/no-such-file.ts"), undefined);
  });

  test("says what every room of core is for", () => {
    const rooms = readdirSync(path.join(top, "core/src"));
    const told = [...page.matchAll(/^\| ((?:`[a-z-]+` )+)\|/gm)].flatMap(
      ([, names = ""]) => names.match(/[a-z-]+/g) ?? [],
    );
    assert.deepEqual(told.sort(), rooms.sort());
  });

  test("goes the way of a manifest in the order of the files", (t) => {
    const folders = { "web.yaml": manifest };
    const args = ["cli/src/main.ts", "lint", folder(t, folders)];
    holds("the text of one manifest", visits(t, "cli/src/files.ts", args), [
      "server/src/session.ts",
      "server/src/to-lsp.ts",
    ]);
  });

  // The containers are this machine, and read as one of Linux.
  const skip = process.platform === "linux" ? false : "containers are Linux";
  test("goes the way of a dial in the order of the files", { skip }, (t) => {
    holds("one dial", visits(t, "core/src/diagnosis/diagnosis.ts", ["test/architecture/dial.ts"]), [
      "cli/src/commands/diagnose.ts",
      "client/src/diagnosing/diagnose.ts",
      // Somebody named the source, and nobody agreed to more.
      "core/src/diagnosis/choose-source.ts",
      "core/src/diagnosis/beyond.ts",
    ]);
  });
});

/** A walk of the page names what is visited in that order, and besides only what lies on other ways. */
function holds(title: string, visited: readonly string[], elsewhere: readonly string[]): void {
  const [, text = ""] = page.split(`## A walk: ${title}\n`);
  const walk = [...(text.split("\n## ")[0] ?? "").matchAll(named)].map(([, name = ""]) => placeOf(name) ?? name);
  const stations = walk.filter((name) => name.endsWith(".ts"));
  assert.ok(stations.length > 10, "the walk was read");
  assert.deepEqual(
    stations.filter((name) => !visited.includes(name)),
    elsewhere,
  );
  const onTheWay = stations.filter((name) => visited.includes(name));
  assert.deepEqual(
    onTheWay,
    visited.filter((name) => onTheWay.includes(name)),
  );
}

function placeOf(name: string): string | undefined {
  return [name, `core/src/${name}`, `client/src/tree/${name}`].find((place) => existsSync(path.join(top, place)));
}

/** The files in the order in which a program first visits them. */
function visits(t: TestContext, from: string, args: readonly string[]): readonly string[] {
  const target = path.join(folder(t, {}), "visits.json");
  const env = { ...process.env, KUBE_IPV6_VISITS: target, KUBE_IPV6_FROM: from };
  const preload = path.join(import.meta.dirname, "visits.ts");
  const { stderr } = spawnSync(process.execPath, ["--import", preload, ...args], { cwd: top, env, encoding: "utf8" });
  assert.ok(existsSync(target), stderr);
  return JSON.parse(readFileSync(target, "utf8"));
}

/** What wraps another text up twice, and a comment to the linter. */
const manifest = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: web
spec:
  values:
    service:
      ipFamilyPolicy: preferDualStack # kube-ipv6-disable-line host-bits -- so that there is a comment
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  service.yaml: |
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      clusterIP: FD00::1
      ipFamilies: [IPv6]
`;
