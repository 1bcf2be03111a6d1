import assert from "node:assert/strict";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { replaceText } from "#files/replace.ts";
import { folder, here } from "./cli.ts";

const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, ipv6]
  selector: {app: web}
`;
const mended = service.replace("ipv6", "IPv6");
const lint = (cwd: string, ...paths: string[]) => here(["lint", "--fix", "--quiet", ...paths], { cwd });

describe("--fix writes a file as a whole or not at all", () => {
  test("its mode and owner stay, and nothing else is left in the folder", async (t) => {
    const cwd = folder(t, { "web.yaml": service, "other.yaml": service });
    chmodSync(join(cwd, "web.yaml"), 0o640);
    // A file that was written in place would have kept its inode: whoever reads it meanwhile would see half of it.
    const before = statSync(join(cwd, "web.yaml"));
    if (process.getuid?.() === 0) chownSync(join(cwd, "web.yaml"), 12345, 12345);
    assert.equal((await lint(cwd, ".")).code, 0);
    const after = statSync(join(cwd, "web.yaml"));
    assert.equal(after.mode & 0o7777, 0o640);
    if (process.getuid?.() === 0) assert.deepEqual([after.uid, after.gid], [12345, 12345]);
    assert.notEqual(after.ino, before.ino);
    assert.equal(readFileSync(join(cwd, "web.yaml"), "utf8"), mended);
    assert.deepEqual(readdirSync(cwd).sort(), ["other.yaml", "web.yaml"]);
  });

  test("a link that somebody named stays a link, and what it leads to is mended", async (t) => {
    const cwd = folder(t, { "real/web.yaml": service });
    symlinkSync("real/web.yaml", join(cwd, "link.yaml"));
    assert.equal((await lint(cwd, "link.yaml")).code, 0);
    assert.equal(lstatSync(join(cwd, "link.yaml")).isSymbolicLink(), true);
    assert.equal(readlinkSync(join(cwd, "link.yaml")), "real/web.yaml");
    assert.equal(readFileSync(join(cwd, "real/web.yaml"), "utf8"), mended);
  });

  test("another name of the same file, elsewhere, keeps the text it had", async (t) => {
    const cwd = folder(t, { "in/web.yaml": service, "out/x": "" });
    linkSync(join(cwd, "in/web.yaml"), join(cwd, "out/web.yaml"));
    await lint(cwd, "in");
    assert.equal(readFileSync(join(cwd, "in/web.yaml"), "utf8"), mended);
    assert.equal(readFileSync(join(cwd, "out/web.yaml"), "utf8"), service);
  });

  for (const [what, bytes] of Object.entries({
    "a letter in Latin-1": Buffer.from("# caf\xe9\n", "latin1"),
    "half of a surrogate pair": Buffer.concat([Buffer.from("# "), Buffer.from([0xed, 0xa0, 0xbd]), Buffer.from("\n")]),
    "a letter that was cut off": Buffer.concat([Buffer.from("# "), Buffer.from([0xe2, 0x82]), Buffer.from("\n")]),
    "a longer spelling than there is need for": Buffer.concat([Buffer.from("# "), Buffer.from([0xc0, 0xaf, 0x0a])]),
  }))
    test(`what is no UTF-8 stays as it is to the last byte: ${what}`, async (t) => {
      const cwd = folder(t, { "ok.yaml": service });
      for (const [name, all] of [
        ["head.yaml", [bytes, Buffer.from(service)]],
        ["tail.yaml", [Buffer.from(service), bytes]],
        ["other.yaml", [bytes, Buffer.from("---\n"), Buffer.from(service)]],
      ] as const)
        writeFileSync(join(cwd, name), Buffer.concat(all));
      const before = ["head.yaml", "tail.yaml", "other.yaml"].map((name) => readFileSync(join(cwd, name)));
      const { code, err, out } = await lint(cwd, ".");
      assert.deepEqual(
        ["head.yaml", "tail.yaml", "other.yaml"].map((name) => readFileSync(join(cwd, name))),
        before,
      );
      assert.equal(readFileSync(join(cwd, "ok.yaml"), "utf8"), mended);
      assert.match(err, /tail\.yaml was not mended: it holds bytes that are not UTF-8/);
      assert.match(out, /tail\.yaml:6/);
      assert.equal(code, 3);
    });

  test("a byte order mark, both kinds of line ends and an end without one stay", async (t) => {
    const text = `\ufeff${service.replace("kind: Service\n", "kind: Service\r\n")}# end: ü, 😀`;
    const cwd = folder(t, { "web.yaml": text });
    await lint(cwd, "web.yaml");
    assert.equal(readFileSync(join(cwd, "web.yaml"), "utf8"), text.replace("ipv6", "IPv6"));
  });

  test("what has changed since it was read is not overwritten, nor is a text written that has no bytes", async (t) => {
    const cwd = folder(t, { "a.yaml": "now\n" });
    const path = join(cwd, "a.yaml");
    assert.match(String(replaceText(path, "before\n", "after\n")), /changed since it was read/);
    assert.match(String(replaceText(path, "now\n", "\ud83d\n")), /could not be written in UTF-8/);
    assert.match(String(replaceText(join(cwd, "gone.yaml"), "", "x")), /no such file/);
    assert.equal(readFileSync(path, "utf8"), "now\n");
    assert.equal(replaceText(path, "now\n", "after\n"), undefined);
    assert.equal(readFileSync(path, "utf8"), "after\n");
    assert.deepEqual(readdirSync(cwd), ["a.yaml"]);
  });
});

test("a baseline that cannot be written is a sentence", async (t) => {
  const cwd = folder(t, { "web.yaml": service });
  for (const path of ["nowhere/x.json", "web.yaml/x.json", "."]) {
    const { code, err, out } = await here(["lint", "--write-baseline", path, "web.yaml"], { cwd });
    assert.equal(code, 3);
    assert.match(err, /^kube-ipv6: --write-baseline .*: (there is no such|it is a folder)/m);
    assert.doesNotMatch(err, /\n {4}at /);
    assert.match(out, /web\.yaml:6/);
  }
});

test("a baseline that is none is said before anything is mended", async (t) => {
  const cwd = folder(t, { "web.yaml": service, "none.json": "{}" });
  for (const baseline of ["none.json", "missing.json"]) {
    const { code, err } = await here(["lint", "--fix", "--baseline", baseline, "web.yaml"], { cwd });
    assert.equal(code, 2);
    assert.match(err, /--baseline (none|missing)\.json: /);
    assert.equal(readFileSync(join(cwd, "web.yaml"), "utf8"), service);
  }
});
