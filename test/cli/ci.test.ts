import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { parse } from "yaml";
import { bundled, root } from "../support/bundled.ts";
import { folder, here } from "./cli.ts";

const web = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, ipv6]
`;

describe("docs/ci.md shows what is printed", () => {
  const page = readFileSync(join(root, "docs/ci.md"), "utf8");
  const examples = [...page.matchAll(/```console\n\$ (.*)\n([\s\S]*?)```/g)];
  for (const [, command = "", output] of examples)
    test(command, (t) => {
      const cwd = folder(t, { "web.yaml": web });
      const script = `kube-ipv6() { '${process.execPath}' '${bundled("cli.cjs")}' "$@"; }; ${command}`;
      const { stdout, stderr } = spawnSync("bash", ["-c", script], { cwd, encoding: "utf8" });
      assert.equal(stdout, output, stderr);
    });
  test("each format is shown", () => assert.ok(examples.length >= 7));
});

test("GitLab's report: a fingerprint each, the same after lines were added above, and what was not judged", async (t) => {
  const two = `${web.replace("[IPv4, ipv6]", "[ipv4, ipv6]")}---\n${web.replace("[IPv4, ipv6]", "[ipv4, ipv6]")}`;
  const cwd = folder(t, { "web.yaml": two, "moved.yaml": `# one line more\n${two}`, "broken.yaml": "a: [\n" });
  const report = async (...paths: string[]) => {
    const { out } = await here(["lint", "--format", "gitlab", ...paths], { cwd });
    return JSON.parse(out) as {
      fingerprint: string;
      check_name: string;
      severity: string;
      location: { path: string; lines: { begin: number } };
    }[];
  };
  const found = await report("web.yaml");
  assert.ok(found.length >= 4);
  assert.equal(new Set(found.map(({ fingerprint }) => fingerprint)).size, found.length);
  writeFileSync(join(cwd, "web.yaml"), `# one line more\n${two}`);
  const moved = await report("./web.yaml");
  assert.deepEqual(
    moved.map(({ location }) => location.lines.begin),
    found.map(({ location }) => location.lines.begin + 1),
  );
  assert.ok(moved.every(({ location }) => location.path === "web.yaml"));
  const again = await report("web.yaml");
  assert.deepEqual(
    again.map(({ fingerprint }) => fingerprint),
    found.map(({ fingerprint }) => fingerprint),
  );
  const missed = await report("broken.yaml", "missing.yaml");
  assert.deepEqual(
    missed.map(({ check_name, severity, location }) => [check_name, severity, location.path]),
    [
      ["not-judged", "critical", "missing.yaml"],
      ["not-judged", "critical", "broken.yaml"],
    ],
  );
});

test("the problem matcher of a task reads what lint prints", async (t) => {
  const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [matcher] = contributes.problemMatchers;
  const [place, code] = matcher.pattern.map(({ regexp }: { regexp: string }) => new RegExp(regexp));
  const cwd = folder(t, { "a b/web:1.yaml": web });
  const lines = (await here(["lint", "."], { cwd })).out.trimEnd().split("\n");
  assert.equal(lines.length, 2);
  const [, file, line, column, severity, message] = place.exec(lines[0]) ?? [];
  assert.deepEqual([file, line, column, severity], ["a b/web:1.yaml", "7", "22", "error"]);
  assert.match(message, /^Unsupported value/);
  assert.equal(code.exec(lines[1])?.[1], "service-ip-families");
});

describe("the action for GitHub", () => {
  const { runs, inputs } = parse(readFileSync(join(root, "action.yml"), "utf8"));
  const steps: { run?: string; env?: Record<string, string>; id?: string }[] = runs.steps;

  test("puts nothing that others wrote into a script", () => {
    for (const { run } of steps) assert.doesNotMatch(run ?? "", /\$\{\{/);
  });

  for (const [what, given, code, sarif] of [
    ["findings", { paths: "a b.yaml\n$(touch hacked)" }, 3, 1],
    ["findings below fail-on", { paths: "hint.yaml", "fail-on": "error" }, 0, 1],
    ["a baseline", { paths: "a b.yaml", baseline: "known.json" }, 0, 0],
    ["wrong usage", { paths: "a b.yaml", kubernetes: "new" }, 2, undefined],
  ] as const)
    test(`runs as it stands: ${what}`, (t) => {
      const cwd = prepared(t);
      const env: Record<string, string> = {
        PATH: `${join(cwd, "bin")}:${process.env.PATH}`,
        GITHUB_OUTPUT: join(cwd, "output"),
        HOME: cwd,
      };
      const values: Record<string, string> = Object.fromEntries(
        Object.entries<{ default: string }>(inputs).map(([name, { default: byDefault }]) => [name, byDefault]),
      );
      Object.assign(values, given);
      const lint = steps.find(({ id }) => id === "lint");
      for (const [name, value] of Object.entries(lint?.env ?? {}))
        env[name] = value.replace(/\$\{\{ inputs\.([a-z-]+) \}\}/, (_, input) => values[input] ?? "");
      const script = ["--noprofile", "--norc", "-eo", "pipefail", "-c", lint?.run ?? ""];
      const { status, stdout, stderr } = spawnSync("bash", script, { cwd, env, encoding: "utf8" });
      assert.equal(status, 0, stderr);
      assert.equal(readFileSync(join(cwd, "output"), "utf8"), `exit-code=${code}\n`);
      if (sarif !== undefined) {
        const [run] = JSON.parse(readFileSync(join(cwd, "kube-ipv6.sarif"), "utf8")).runs;
        assert.equal(run.results.length, sarif);
        assert.equal(
          stdout.split("\n").filter((line) => /^::(?:error|notice) file=(?:a b|hint)/.test(line)).length,
          sarif,
        );
      }
      const last = steps.at(-1);
      assert.equal(spawnSync("bash", ["-c", last?.run ?? ""], { env: { CODE: String(code) } }).status, code);
    });
});

/** A folder with manifests, and an npx that starts what is built. */
function prepared(t: TestContext): string {
  const cwd = folder(t, {
    "a b.yaml": web,
    "hint.yaml": web.replace("ipv6]", "IPv6]"),
    "known.json": JSON.stringify({
      version: 1,
      findings: ["a b.yaml | Service | web | spec.ipFamilies[1] | service-ip-families"],
    }),
  });
  mkdirSync(join(cwd, "bin"));
  writeFileSync(
    join(cwd, "bin/npx"),
    `#!/bin/sh\n[ "$1" = --yes ] && [ "$2" = kube-ipv6@latest ] || exit 9\nshift 2\nexec '${process.execPath}' '${bundled("cli.cjs")}' "$@"\n`,
  );
  chmodSync(join(cwd, "bin/npx"), 0o755);
  return cwd;
}

test("the container file takes what npm packs, and starts what that installs", () => {
  const file = readFileSync(join(root, "Containerfile"), "utf8");
  const { name, bin, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  assert.ok(file.includes(`COPY ${name}-*.tgz `));
  const [, entry] = /^ENTRYPOINT \["(.*)"\]$/m.exec(file) ?? [];
  assert.ok(entry && bin[entry]);
  const [, node] = /^FROM docker\.io\/library\/node:(\d+)-alpine$/m.exec(file) ?? [];
  assert.ok(Number(node) > Number.parseInt(engines.node.replace(">=", ""), 10));
  assert.match(file, /^USER node$/m);
});
