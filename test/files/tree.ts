import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

/** A pool of addresses that no other file has, so that who was read can be told by it. */
export function pool(range: string): string {
  return `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: pool}\nspec: {addresses: ["${range}"]}\n`;
}

/** A folder with everything in it that a stranger's repository can hold. `inside` are the ranges of the files that are to be read. */
export async function nastyTree(test: TestContext) {
  const top = mkdtempSync(join(tmpdir(), "kube-ipv6-nasty-"));
  test.after(() => rmSync(top, { recursive: true, force: true }));
  const root = join(top, "repository");
  const at = (path: string) => join(root, path);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), text);
  };
  const inside: string[] = [];
  const files = ["a.yaml", "b.yml", "sub/c.yaml", "sub/deep/d.yaml", "vendor/e.yaml", ".hidden/f.yaml", "g ü.yaml"];
  for (const [index, name] of files.entries()) {
    inside.push(`fd01:${index + 1}::/64`);
    write(name, pool(`fd01:${index + 1}::/64`));
  }
  const outside = [
    "../outside/x.yaml",
    "../outside/sub/y.yaml",
    "node_modules/m.yaml",
    ".git/g.yaml",
    ".terraform/t.yaml",
    "go/vendor/k8s.io/v.yaml",
  ];
  for (const [index, name] of outside.entries()) write(name, pool(`fd02:${index + 1}::/64`));
  write("excluded/e.yaml", pool("fd03::/64"));
  write(".kube-ipv6.yaml", "exclude: [excluded/**]\n");
  write("go/vendor/modules.txt", "# k8s.io/apimachinery v0.34.0\n");
  write("notes.txt", pool("fd04::/64"));
  for (const [name, target] of [
    ["self", "."],
    ["sub/self", "."],
    ["sub/up", "../.."],
    ["sub/out", "../../outside"],
    ["sub/link.yaml", "../../outside/x.yaml"],
    ["twice.yaml", "a.yaml"],
    ["dangling.yaml", "nowhere.yaml"],
    ["circle.yaml", "circle.yaml"],
    ["zero.yaml", "/dev/zero"],
    ["sub/kustomization.yaml", "/dev/zero"],
  ] as const)
    symlinkSync(target, at(name));
  execFileSync("mkfifo", [at("pipe.yaml"), at("kustomization.yaml"), at("sub/.kube-ipv6.yaml"), at("Corefile")]);
  const socket = createServer().listen(at("socket.yaml"));
  await new Promise((ready) => socket.once("listening", ready));
  test.after(() => socket.close());
  // Sparse: they take no room on disk.
  write("huge.yaml", "");
  truncateSync(at("huge.yaml"), 500_000_000);
  write("sub/deep/.kube-ipv6.yaml", "");
  truncateSync(at("sub/deep/.kube-ipv6.yaml"), 500_000_000);
  write("binary.yaml", "\0\0");
  mkdirSync(at("folder.yaml"));
  write("folder.yaml/h.yaml", pool("fd01:100::/64"));
  inside.push("fd01:100::/64");
  return { top, root, inside: inside.sort() };
}
