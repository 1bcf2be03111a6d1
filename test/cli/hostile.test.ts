import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { nastyTree } from "../files/tree.ts";
import { cli, folder, here, main } from "./cli.ts";

const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, ipv6]
  selector: {app: web}
`;
const found = (out: string) =>
  (JSON.parse(out) as { file: string; severity: string }[])
    .filter(({ severity }) => severity === "error")
    .map(({ file }) => file);

test("a stranger's repository: each file once, a sentence for what is none, and the end", async (t) => {
  const { root } = await nastyTree(t);
  writeFileSync(join(root, "sub/web.yaml"), service);
  const { code, out, err } = await here(["lint", "--format", "json", "--quiet", "."], { cwd: root });
  assert.deepEqual(found(out), ["sub/web.yaml"]);
  assert.equal(code, 3);
  for (const sentence of [
    /^kube-ipv6: pipe\.yaml was not looked at: it is a pipe/m,
    /^kube-ipv6: Corefile was not looked at: it is a pipe/m,
    /^kube-ipv6: socket\.yaml was not looked at: it is a socket/m,
    /^kube-ipv6: zero\.yaml was not looked at: it is a link/m,
    /^kube-ipv6: sub\/link\.yaml was not looked at: it is a link/m,
    /^kube-ipv6: sub\/up was not followed: it is a link to a folder elsewhere/m,
    /^kube-ipv6: huge\.yaml was not looked at: a manifest of more than 20 MB/m,
    /^kube-ipv6: binary\.yaml was not looked at: it is a binary file/m,
    /repository\/kustomization\.yaml: it is a pipe/m,
    /repository\/sub\/kustomization\.yaml: it is a link that leads out of the repository/m,
    /repository\/sub\/\.kube-ipv6\.yaml: it is a pipe/m,
    /repository\/sub\/deep\/\.kube-ipv6\.yaml: a file of settings of more than 1 MB/m,
  ])
    assert.match(err, sentence);
  assert.doesNotMatch(err, /twice|dangling|circle|^kube-ipv6: self|node_modules|excluded/m);
});

describe("what is named by itself ends as well", () => {
  for (const [what, make] of Object.entries<(path: string) => void>({
    "a pipe that nobody writes to": (path) => execFileSync("mkfifo", [path]),
    "a link to /dev/zero": (path) => symlinkSync("/dev/zero", path),
    "a link in a circle": (path) => symlinkSync(path, path),
    "a file of 500 MB": (path) => {
      writeFileSync(path, "");
      truncateSync(path, 500_000_000);
    },
  }))
    for (const name of ["x.yaml", ".kube-ipv6.yaml", "kustomization.yaml"])
      test(`${what} called ${name}`, (t) => {
        const cwd = folder(t, { "web.yaml": service });
        make(join(cwd, name));
        const { code, out, err } = cli(["lint", "--format", "json", "--quiet", name, "web.yaml"], { cwd });
        assert.deepEqual(found(out), ["web.yaml"]);
        assert.equal(code, 3);
        assert.match(err, new RegExp(`${name.replaceAll(".", "\\.")}.* (?:it is|its|a .* of more than)`));
      });
});

test("links below a folder: nothing is written through one, and a link to a folder around is walked once", async (t) => {
  const cwd = folder(t, { "in/web.yaml": service, "out/web.yaml": service });
  symlinkSync(".", join(cwd, "in/one"));
  symlinkSync(".", join(cwd, "in/two"));
  const { out, code } = await here(["lint", "--format", "json", "--quiet", "in"], { cwd });
  assert.deepEqual(found(out), ["in/web.yaml"]);
  assert.equal(code, 1);
  symlinkSync("../out/web.yaml", join(cwd, "in/link.yaml"));
  await here(["lint", "--fix", "in"], { cwd });
  assert.equal(readFileSync(join(cwd, "out/web.yaml"), "utf8"), service);
  assert.notEqual(readFileSync(join(cwd, "in/web.yaml"), "utf8"), service);
});

test("a file that is given twice, by itself and with its folder, is judged once", async (t) => {
  const cwd = folder(t, { "a/web.yaml": service });
  assert.deepEqual(found((await here(["lint", "--format", "json", ".", "a", "a/web.yaml"], { cwd })).out), [
    "a/web.yaml",
  ]);
});

describe("settings above", () => {
  const off = "exclude: ['**']\n";
  const run = async (cwd: string, path = ".") => found((await here(["lint", "--format", "json", path], { cwd })).out);

  test("of the repository's folder do not count, those in it do", async (t) => {
    const cwd = folder(t, { ".kube-ipv6.yaml": off, "repository/sub/web.yaml": service });
    mkdirSync(join(cwd, "repository/.git"));
    assert.deepEqual(await run(join(cwd, "repository/sub")), ["web.yaml"]);
    assert.deepEqual(await run(join(cwd, "repository"), "sub/web.yaml"), ["sub/web.yaml"]);
    writeFileSync(join(cwd, "repository/.kube-ipv6.yaml"), off);
    assert.deepEqual(await run(join(cwd, "repository/sub")), []);
  });

  test("of what was given do not count where there is no repository", async (t) => {
    const cwd = folder(t, { ".kube-ipv6.yaml": off, "given/sub/web.yaml": service });
    assert.deepEqual(await run(join(cwd, "given")), ["sub/web.yaml"]);
    assert.deepEqual(await run(cwd), []);
  });

  test("are read through a link as long as it stays in the repository", async (t) => {
    const cwd = folder(t, { "outside.yaml": off, "repository/inside.yaml": off, "repository/sub/web.yaml": service });
    mkdirSync(join(cwd, "repository/.git"));
    const link = join(cwd, "repository/sub/.kube-ipv6.yaml");
    symlinkSync("../../outside.yaml", link);
    assert.deepEqual(await run(join(cwd, "repository/sub")), ["web.yaml"]);
    rmSync(link);
    symlinkSync("../inside.yaml", link);
    assert.deepEqual(await run(join(cwd, "repository/sub")), []);
  });
});

test("a template that helm's output names is looked for where it was rendered only", (t) => {
  const cwd = folder(t, { "chart/x.txt": "" });
  execFileSync("mkfifo", [join(cwd, "fifo")]);
  for (const source of ["fifo", "/dev/zero", "../../../../dev/zero"]) {
    const { out } = cli(["lint", "--format", "json", "--quiet", "-"], {
      cwd,
      input: `---\n# Source: ${source}\n${service}`,
    });
    assert.deepEqual(found(out), [source]);
  }
});

test("a reader that goes away changes nothing about the exit code", (t) => {
  const cwd = folder(t, { "many.yaml": `${service}---\n`.repeat(2_000) });
  for (const [format, code] of [
    ["json", 1],
    ["text", 1],
  ] as const) {
    const script = 'set -o pipefail; "$0" "$1" lint --format "$2" . | head -c 1 >/dev/null';
    const { status } = spawnSync("bash", ["-c", script, process.execPath, main, format], { cwd });
    assert.equal(status, code);
  }
});
