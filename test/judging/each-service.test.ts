import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Case } from "#core/judging/cause.ts";
import { caseOf, judgeCase, serviceObject } from "#test/causes/case.ts";

const slice = (ready: boolean, nodeName: string) => ({
  metadata: { name: "s" },
  addressType: "IPv6",
  endpoints: [{ addresses: ["fd00:10:244:2::11"], nodeName, conditions: { ready } }],
});

/** Two Services that keep to their node, and are lost over IPv6 alone. */
function two(): Case {
  const spec = { internalTrafficPolicy: "Local", selector: { app: "b" } };
  const cases = ["one", "two"].map((name, index) =>
    caseOf({
      services: [serviceObject(name, { ...spec, clusterIPs: ["10.96.0.8", `fd00:10:96::${index + 1}`] })],
      dials: [
        { outcome: "timeout", ms: 2000, scope: "service" },
        { outcome: "timeout", scope: "service", family: "IPv4" },
      ],
    }),
  );
  const [first] = cases as [Case];
  const own = (one: Case, of: "symptoms" | "failures") =>
    one[of].map((symptom) => ({ ...symptom, id: `${symptom.id} ${one.scene.services[0]?.name}` }));
  return {
    ...first,
    symptoms: cases.flatMap((one) => own(one, "symptoms")),
    failures: cases.flatMap((one) => own(one, "failures")),
  };
}

describe("what is asked of each Service", () => {
  it("is not answered by the first of them", () => {
    const { status, because } = judgeCase("traffic-policy-local", two(), {
      "endpoint-slices one": [slice(true, "n1")],
      "endpoint-slices two": [slice(true, "n2")],
    });
    assert.equal(status, "possible");
    assert.match(because, /Service default\/two/);
  });

  it("is excluded where it is of all", () => {
    const { status, rests = [] } = judgeCase("traffic-policy-local", two(), { "endpoint-slices": [slice(true, "n1")] });
    assert.equal(status, "excluded");
    assert.equal(rests.length, 2);
  });
});
