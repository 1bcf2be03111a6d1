import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { PublishDiagnosticsParams } from "vscode-languageserver-protocol/node";
import { type Client, withClient } from "./client.ts";

const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, ipv6]
  selector: {app: web}
`;
const rule = "service-ip-families";

interface Shown {
  readonly type: number;
  readonly message: string;
}

/** MB that a process had at most; Linux counts them. */
function peak({ process: { pid } }: Client): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

describe("settings that are none, beside a manifest in the editor", () => {
  for (const name of [".kube-ipv6.yaml", "kustomization.yaml"])
    for (const [what, make, sentence] of [
      [
        "a link to /dev/zero",
        (path: string) => symlinkSync("/dev/zero", path),
        /a link that leads out of the repository/,
      ],
      ["a pipe", (path: string) => execFileSync("mkfifo", [path]), /it is a pipe/],
      ["a folder", (path: string) => mkdirSync(path), /it is a folder/],
      [
        "a file of 500 MB",
        (path: string) => {
          writeFileSync(path, "");
          truncateSync(path, 500_000_000);
        },
        /of more than 1 MB/,
      ],
    ] as const)
      test(`${name} as ${what}`, async (t) => {
        const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-hostile-"));
        t.after(() => rmSync(folder, { recursive: true }));
        writeFileSync(join(folder, "web.yaml"), service);
        make(join(folder, name));
        const root = pathToFileURL(folder).href;
        const shown: Shown[] = [];
        await withClient(
          async (client) => {
            const uri = `${root}/web.yaml`;
            const said = await client.open(uri, service);
            assert.ok(said.some(({ code }) => code === rule));
            // What is shown was sent before the answer to a later question.
            await client.hover(uri, { line: 0, character: 0 });
            assert.deepEqual(
              shown.map(({ message }) => sentence.test(message) && message.includes(join(folder, name))),
              [true],
            );
            await client.change(uri, `${service}# more\n`);
            await client.hover(uri, { line: 0, character: 0 });
            assert.equal(shown.length, 1, "it is said once");
            assert.ok(peak(client) < 300, `${peak(client)} MB`);
          },
          { workspaceFolders: [{ uri: root, name: "hostile" }] },
          (client) =>
            client.connection.onNotification("window/showMessage", (params: Shown) => void shown.push(params)),
        );
      });
});

test("patterns that keep others busy for ever are shown in the settings, and the others hold", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-globs-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const globs = ["{1..9999999}", "{a,b}".repeat(16), "+(+(+(+(+(*))))).yml", "*(*a)*(*a)", "[".repeat(5_000)];
  const config = `exclude: ${JSON.stringify([...globs, "skip/**"])}\n`;
  writeFileSync(join(folder, ".kube-ipv6.yaml"), config);
  const root = pathToFileURL(folder).href;
  await withClient(
    async (client) => {
      assert.ok((await client.open(`${root}/web.yaml`, service)).some(({ code }) => code === rule));
      assert.deepEqual(await client.open(`${root}/skip/web.yaml`, service), []);
      const said = await client.open(`${root}/.kube-ipv6.yaml`, config);
      assert.equal(
        said.filter(({ message }) => /\*, \*\* and \? only|longer than 1000/.test(String(message))).length,
        globs.length,
      );
    },
    { workspaceFolders: [{ uri: root, name: "globs" }] },
  );
});

describe("a program's own file is judged by what is in it now", () => {
  const conf = JSON.stringify({
    cniVersion: "1.0.0",
    name: "x",
    plugins: [{ type: "bridge", ipam: { type: "host-local", ranges: [[{ subnet: "fd00:10:244::1/64" }]] } }],
  });
  for (const [name, text] of [
    ["10-a.conflist", conf],
    ["Corefile", ". {\n  kubernetes cluster.local in-addr.arpa\n}\n"],
    ["net-conf.json", '{"EnableIPv6": true, "EnableIPv4": false}\n'],
    ["nginx.conf", "server { listen fd00::1:80; }\n"],
  ] as const)
    test(name, async () => {
      await withClient(async (client) => {
        const codes = async (uri: string, version: number) =>
          (await client.about(uri, (params) => params.version === version)).map(({ code }) => code);
        const opened = (await client.open(`untitled:whole/${name}`, text)).map(({ code }) => code);
        assert.ok(opened.length > 0);

        const uri = `untitled:empty/${name}`;
        assert.deepEqual(await client.open(uri, ""), []);
        const start = { line: 0, character: 0 };
        const pasted = await client.change(uri, text, { start, end: start });
        assert.deepEqual(await codes(uri, pasted), opened);
        const emptied = await client.change(uri, "");
        assert.deepEqual(await codes(uri, emptied), []);
        // As somebody types: one character after the other.
        let version = emptied;
        const typed = text.split("");
        let position = { ...start };
        for (const char of typed) {
          version = await client.change(uri, char, { start: position, end: position });
          position =
            char === "\n"
              ? { line: position.line + 1, character: 0 }
              : { line: position.line, character: position.character + 1 };
        }
        // What does not change is not said again.
        const same = ({ version: at = 0, diagnostics }: PublishDiagnosticsParams) =>
          at > emptied &&
          at <= version &&
          isDeepStrictEqual(
            opened,
            diagnostics.map(({ code }) => code),
          );
        await client.about(uri, same);
      });
    });
});
