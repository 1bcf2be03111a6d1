import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { runOf } from "#core/compare/compare.ts";

const documents = {
  readiness: {
    kind: "kube-ipv6 readiness",
    workloads: [
      {
        workload: "Deployment shop/web",
        class: "IPv4-only",
        blocks: [{ kind: "listen", what: "0.0.0.0", where: "args" }],
      },
    ],
  },
  services: {
    kind: "kube-ipv6 services",
    services: [{ service: "shop/web", differences: [{ kind: "endpoints", family: "IPv6", what: "none over IPv6" }] }],
  },
  parity: {
    kind: "kube-ipv6 parity",
    differences: [
      { open: "IPv6", direction: "egress", workloads: ["Deployment shop/web"], rule: { policy: "x", text: "y" } },
    ],
  },
  diagnosis: {
    symptoms: [{ from: "pod a", to: "pod b", family: "IPv6", failed: true, text: "", outcome: "timeout" }],
    causes: [{ id: "forwarding-off", verdict: "proven" }],
  },
  plan: {
    roots: [],
    overlaps: [{ first: { text: "fd00::/8", kind: "pods" }, second: { range: "fd00::/16", kind: "services" } }],
  },
};

const odd = fc.constantFrom<unknown>(null, -1, "x", [], {}, [null], true, [{}], { toString: 1, valueOf: 1 });

/** The same with one value of it, somewhere, in the place of another. */
function changed(value: unknown, where: readonly number[], into: unknown): unknown {
  const [first, ...rest] = where;
  if (first === undefined || typeof value !== "object" || value === null) return into;
  const keys = Object.keys(value);
  const key = keys[first % keys.length];
  if (key === undefined) return into;
  const inside = changed((value as Record<string, unknown>)[key], rest, into);
  return Array.isArray(value) ? value.with(Number(key), inside) : { ...value, [key]: inside };
}

describe("a run that is compared, changed or cut off,", () => {
  it("is refused with a sentence, or read", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(documents)),
        fc.array(fc.nat(9), { maxLength: 5 }),
        odd,
        (whole, where, into) => {
          const run = runOf(JSON.stringify(changed(whole, where, into)));
          if (typeof run === "string") assert.match(run, /^(is|was) \w/);
          else for (const [key, says] of run.bad) assert.ok(key !== "" && says !== "");
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("is no run without what is bad in it", () => {
    for (const [name, whole] of Object.entries(documents)) {
      const first = runOf(JSON.stringify(whole));
      assert.ok(typeof first !== "string" && first.bad.size > 0, name);
      for (const [key, value] of Object.entries(whole))
        if (Array.isArray(value) && value.length > 0)
          for (const into of [{}, "none", [null], [{}], [[]]])
            assert.equal(typeof runOf(JSON.stringify({ ...whole, [key]: into })), "string", `${name}.${key}`);
      const text = JSON.stringify(whole);
      for (let at = 0; at < text.length; at++) assert.equal(typeof runOf(text.slice(0, at)), "string");
    }
  });
});
