import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { parse } from "yaml";
import { bundled, root } from "../support/bundled.ts";
import { folder } from "./cli.ts";

/** A folder for the PATH with what npm puts there. */
function installed(t: TestContext): string {
  const home = folder(t, { "web.yaml": "a: 1\n" });
  mkdirSync(join(home, "bin"));
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { bin: Record<string, string> };
  for (const [name, file] of Object.entries(bin)) {
    const path = bundled(file.replace("dist/", ""));
    chmodSync(path, 0o755);
    symlinkSync(path, join(home, "bin", name));
  }
  return home;
}

function runIn(home: string, program: string, args: readonly string[]) {
  const env = {
    ...process.env,
    HOME: home,
    PATH: `${join(home, "bin")}:${join(root, "node_modules/.bin")}:${process.env.PATH}`,
  };
  return spawnSync(program, args, { cwd: home, env, encoding: "utf8" });
}

const has = (program: string) => spawnSync(program, ["--version"]).error === undefined;

test("the plugin is the same program under kubectl's name, and answers kubectl's completion", (t) => {
  const home = installed(t);
  assert.match(runIn(home, "kubectl-ipv6", ["diagnose", "--demo", "-o", "json"]).stdout, /"forwarding-off"/);
  assert.equal(runIn(home, "kubectl-ipv6", ["--version"]).stdout, runIn(home, "kube-ipv6", ["--version"]).stdout);
  assert.equal(runIn(home, "kubectl_complete-ipv6", ["rbac", "--access", "e"]).stdout, "exec\t\nephemeral\t\n:4\n");
  assert.equal(runIn(home, "kubectl_complete-ipv6", ["lint", "--help", ""]).stdout, ":0\n", "help is not meant");
});

describe("completion in the shells themselves", () => {
  const typed: readonly [string, readonly string[], RegExp][] = [
    [
      "bash",
      [
        "--norc",
        "-c",
        `source <(kube-ipv6 completion bash)
COMP_WORDS=(kube-ipv6 rbac --access e); COMP_CWORD=3; _kube_ipv6; echo "\${COMPREPLY[@]}"; complete -p kubectl-ipv6`,
      ],
      /^exec ephemeral\ncomplete -o default -F _kube_ipv6 kubectl-ipv6\n$/,
    ],
    [
      "fish",
      ["--no-config", "-c", "kube-ipv6 completion fish | source; complete -C 'kube-ipv6 rbac --access e'"],
      /^ephemeral\nexec\n$/,
    ],
    [
      "zsh",
      [
        "-f",
        "-c",
        `compdef() { echo "compdef $*" }
_describe() { print -l -- "\${(@P)4}" }
eval "$(kube-ipv6 completion zsh)"
words=(kube-ipv6 rbac --access e); CURRENT=4; _kube_ipv6`,
      ],
      /^compdef _kube_ipv6 kube-ipv6 kubectl-ipv6\nexec:\nephemeral:\n$/,
    ],
  ];
  for (const [shell, args, says] of typed)
    test(shell, { skip: has(shell) ? false : `${shell} is not installed` }, (t) => {
      const { stdout, stderr } = runIn(installed(t), shell, args);
      assert.match(stdout, says, stderr);
    });
});

test("the manifest for krew names what is in the archive", (t) => {
  const home = folder(t, {});
  const packed = spawnSync("npm", ["pack", "--ignore-scripts", "--pack-destination", home, root], {
    cwd: home,
    encoding: "utf8",
  });
  const archive = join(home, packed.stdout.trim().split("\n").at(-1) ?? "");
  const made = spawnSync(process.execPath, [join(root, "scripts/krew.mjs"), archive], { encoding: "utf8" });
  const { metadata, spec } = parse(made.stdout);
  assert.equal(metadata.name, "ipv6");
  assert.ok(spec.shortDescription.length <= 50 && !spec.shortDescription.endsWith("."));
  const names = spawnSync("tar", ["tf", archive], { encoding: "utf8" }).stdout.split("\n");
  const [platform] = spec.platforms;
  assert.match(platform.sha256, /^[0-9a-f]{64}$/);
  for (const { from } of platform.files)
    assert.ok(
      names.some((name) => (from.endsWith("*") ? name.startsWith(from.slice(0, -1)) : name === from)),
      from,
    );
  assert.ok(names.includes(`package/${platform.bin}`));
});

test("what k9s is told are options that there are", () => {
  const { plugins } = parse(readFileSync(join(root, "contrib/k9s-plugins.yaml"), "utf8"));
  for (const { args, command, shortCut, scopes, description } of Object.values<Record<string, string[] | string>>(
    plugins,
  )) {
    assert.ok(command === "kubectl" && shortCut && scopes && description);
    const filled = (args as string[]).map((arg) =>
      arg.replace("$NAMESPACE", "shop").replace("$NAME", "web").replace("$CONTEXT", "x"),
    );
    const { status, stderr } = spawnSync(
      process.execPath,
      [bundled("cli.cjs"), ...filled.slice(1).map((arg) => arg.replace("$KUBECONFIG", "/nonexistent"))],
      { encoding: "utf8" },
    );
    assert.equal(status, 3, stderr);
    assert.match(stderr, /kubeconfig/i);
  }
});
