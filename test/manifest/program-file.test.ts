import assert from "node:assert/strict";
import { test } from "node:test";
import { mendAll } from "#core/lint/fix-all.ts";
import { Prefilter } from "#core/lint/prefilter.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { isManifest } from "#core/manifest/program-file.ts";
import { rules } from "#core/rules/index.ts";

const conflist = `{"cniVersion": "1.0.0", "name": "a", "plugins": [
  {"type": "bridge", "ipam": {"type": "host-local", "ranges": [[
    {"subnet": "fd00::/64", "gateway": "fd01::1"}]]}}]}
`;
const corefile = ".:53 {\n    kubernetes cluster.local in-addr.arpa\n    forward . fd00::1:53\n}\n";

function said(name: string, text: string): string[] {
  const workspace = new Workspace(rules);
  workspace.open(name, text);
  const all = (): string[] =>
    workspace
      .check(name)
      .flatMap(({ document, findings }) =>
        findings.map(({ path, codes, start, end }) => `${codes} ${path} ${document.text.slice(start, end)}`.trim()),
      );
  const found = all();
  // The same from the bytes of a file in a folder, and after an edit that brings everything in anew.
  workspace.open(name, new Prefilter(rules).documents(Buffer.from(text), { name }) ?? "");
  assert.deepEqual(all(), found);
  workspace.change(name, { start: { line: 0, character: 0 }, end: { line: 0, character: 1 }, text: text.slice(0, 1) });
  assert.deepEqual(all(), found);
  return found;
}

test("programs' own files are read as they are inside ConfigMaps", () => {
  assert.deepEqual(said("/w/Corefile", corefile), ["DNS001  in-addr.arpa", "DNS003  fd00::1:53"]);
  assert.deepEqual(said("/w/cni/net.d/10-a.conflist", conflist), [
    'CNI003 plugins[0].ipam.ranges[0][0].gateway "fd01::1"',
  ]);
  assert.deepEqual(
    said("/w/net-conf.json", '{"EnableIPv6": true, "Backend": {"Type": "vxlan"}}\n')[0]?.slice(0, 6),
    "FLN001",
  );
  assert.deepEqual(said("/w/nginx.conf", "server {\n  listen fd00::1:80;\n}\n"), ["ARG009  fd00::1:80"]);
});

test("what a CNI plugin could not read is said of a file of its own, once", () => {
  assert.deepEqual(said("/w/a.conflist", '{"type": "bridge",\n}\n'), ['CNI007  {"type": "bridge",']);
});

test("lines that end as on Windows are underlined and mended where they stand", () => {
  const windows = corefile.replaceAll("\n", "\r\n");
  assert.deepEqual(said("/w/Corefile", windows), ["DNS001  in-addr.arpa", "DNS003  fd00::1:53"]);
  const workspace = new Workspace(rules);
  workspace.open("/w/Corefile", windows);
  const wanted = { spelling: true, rules: new Set(["corefile-reverse-zones", "corefile-forward"]) };
  const after = mendAll(workspace, ["/w/Corefile"], wanted).get("/w/Corefile")?.text;
  assert.equal(after, windows.replace("in-addr.arpa", "in-addr.arpa ip6.arpa").replace("fd00::1:53", "[fd00::1]:53"));
});

test("three dashes in a program's file begin no document", () => {
  assert.deepEqual(said("/w/Corefile", `# a\n---\n${corefile}`), said("/w/Corefile", corefile));
});

test("templates of such files, and other files, are left alone", () => {
  assert.deepEqual(said("/w/Corefile.j2", corefile.replace("fd00::1", "{{ dns }}")), []);
  assert.deepEqual(said("/w/Corefile.yaml", corefile), []);
  assert.deepEqual(said("/w/Corefile", ""), []);
  assert.deepEqual(said("/w/notes.md", corefile), []);
});

test("folders are searched for manifests and for files whose names say what they are", () => {
  const names = [
    "a.yaml",
    "b.yml",
    "x/Corefile",
    "10-a.conflist",
    "x\\net-conf.json",
    "nginx.conf",
    "Corefile.bak",
    "a.json",
    "install.sh",
    "inventory/hosts.ini",
    "php.ini",
  ];
  const wanted = [
    "a.yaml",
    "b.yml",
    "x/Corefile",
    "10-a.conflist",
    "x\\net-conf.json",
    "install.sh",
    "inventory/hosts.ini",
  ];
  assert.deepEqual(names.filter(isManifest), wanted);
});
