import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { withBytes, withBytesInSteps } from "#files/lent.ts";
import { asManifest } from "#files/open.ts";

test("bytes that were lent hold until they are given back, whoever reads meanwhile", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-lent-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const [first, second] = ["a".repeat(100), "b".repeat(5_000_000)];
  const [a, b] = [join(folder, "a"), join(folder, "b")];
  writeFileSync(a, first);
  writeFileSync(b, second);
  const text = (bytes: Buffer) => bytes.toString();

  const nested = withBytes(a, asManifest, (bytes) => {
    const inner = withBytes(b, asManifest, text);
    return [text(bytes), inner];
  });
  assert.deepEqual(nested, [first, second]);

  const steps = withBytesInSteps(a, asManifest, function* (bytes) {
    yield;
    return text(bytes);
  });
  steps.next();
  assert.equal(withBytes(b, asManifest, text), second);
  steps.next();
  assert.equal(withBytes(b, asManifest, text), second);
  assert.equal(steps.next().value, first);

  // What is given up gives back, and what throws as well.
  withBytesInSteps(a, asManifest, function* () {
    yield;
  }).return(undefined as never);
  assert.throws(() =>
    withBytes(a, asManifest, () => {
      throw new Error("no");
    }),
  );
  assert.equal(withBytes(a, asManifest, text), first);
});
