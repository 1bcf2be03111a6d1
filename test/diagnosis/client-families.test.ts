import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { clientFamilies } from "#core/diagnosis/client-families.ts";
import type { Symptom } from "#core/judging/symptom.ts";

const from = { ips: { IPv6: "fd00:10:244:1::11", IPv4: "10.244.1.11" } };
const dial = (family: "IPv6" | "IPv4", host: string | undefined, more: object = {}, flow: object = {}) =>
  ({
    kind: "dial",
    family,
    outcome: "ok",
    failed: false,
    ms: 2,
    flow: { from, to: "web", host, asked: true, target: { kind: "name" }, scope: "outside", ...flow },
    ...more,
  }) as unknown as Symptom;
const silent = { outcome: "timeout", failed: true, ms: 3500 };

describe("which family clients begin with", () => {
  it("is said of a name with both, by resolver and rule", () => {
    const [said, cost] = clientFamilies([dial("IPv6", "fd00:10:96::80"), dial("IPv4", "10.96.0.80")]);
    assert.match(
      said ?? "",
      /to web .*: glibc IPv6 first \(rule 6: .*\); musl and Go IPv4 first \(rule 6: .*\); Java IPv4/,
    );
    assert.equal(cost, undefined, "both work");
  });

  it("says what a dead one costs whom", () => {
    const [, cost] = clientFamilies([dial("IPv6", "fd00:10:96::80", silent), dial("IPv4", "10.96.0.80")]);
    assert.match(cost ?? "", /IPv6 is tried first by glibc, and fails: .* up to 127 s, .*Go loses 0\.3 s/);
    const refused = { outcome: "refused", failed: true, ms: 1040 };
    const [, soon] = clientFamilies([dial("IPv6", "fd00:10:96::80", refused), dial("IPv4", "10.96.0.80")]);
    assert.match(soon ?? "", /costs programs 1\.0 s/);
    const [, hidden] = clientFamilies([dial("IPv6", "2a00:1450::1", silent), dial("IPv4", "198.51.100.1")]);
    assert.match(hidden ?? "", /not noticed at first/);
  });

  it("says nothing of one family, of pods and addresses, or where the pod has one family", () => {
    assert.deepEqual(clientFamilies([dial("IPv6", undefined), dial("IPv4", "10.96.0.80")]), []);
    const pod = { target: { kind: "pod" } };
    assert.deepEqual(clientFamilies([dial("IPv6", "fd00::2", {}, pod), dial("IPv4", "10.0.0.2", {}, pod)]), []);
    const alone = { from: { ips: { IPv6: "fd00::1" } } };
    assert.deepEqual(clientFamilies([dial("IPv6", "fd00::2", {}, alone), dial("IPv4", "10.0.0.2", {}, alone)]), []);
  });
});
