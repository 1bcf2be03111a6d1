import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { readKubeconfig } from "#cluster/kubeconfig.ts";

const secret = "s3cr3t-token-of-somebody";
const whole = `apiVersion: v1
kind: Config
current-context: lab
clusters:
  - name: lab
    cluster: { server: "https://[2001:db8::1]:6443", certificate-authority-data: Zm9v }
users:
  - name: me
    user: { token: ${secret}, exec: { apiVersion: client.authentication.k8s.io/v1, command: x, args: [1, y] } }
contexts:
  - name: lab
    context: { cluster: lab, user: me, namespace: shop }
`;
const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
after(() => rmSync(folder, { recursive: true }));
const pieces = fc.constantFrom(
  "- ",
  ": ",
  "{",
  "}",
  "[",
  "]",
  "\n",
  "  ",
  '"',
  "'",
  "|",
  "&a ",
  "*a",
  "!!binary ",
  "null",
  "\u0000",
  "\ud800",
  "%",
  "---\n",
  "<<: ",
);

describe("a kubeconfig that is cut off, or mixed with something else,", () => {
  it("is read, or refused with what to do, and never quoted", async () => {
    const path = join(folder, "config");
    const texts = fc.oneof(
      fc.nat(whole.length).map((at) => whole.slice(0, at)),
      fc
        .tuple(fc.nat(whole.length), fc.array(fc.oneof(pieces, fc.string()), { maxLength: 4 }), fc.nat(20))
        .map(([at, into, away]) => whole.slice(0, at) + into.join("") + whole.slice(at + away)),
      fc.json(),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        writeFileSync(path, text);
        const answer = await readKubeconfig({ path });
        if (answer.ok) return;
        assert.notEqual(answer.refusal.message, "");
        assert.doesNotMatch(JSON.stringify(answer.refusal), new RegExp(secret.slice(0, 8)));
      }),
      { numRuns: 300 },
    );
  });
});
