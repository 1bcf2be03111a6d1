import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, serviceObject } from "./case.ts";

const web = serviceObject("web", {
  ipFamilies: ["IPv4", "IPv6"],
  clusterIPs: ["10.96.0.80", "fd00:10:96::80"],
  selector: { app: "b" },
});
const corefile = ".:53 {\n    template IN AAAA . {\n    }\n}";
const asked = {
  services: [web],
  lookups: ["no-record"],
  seen: {
    services: [web],
    "config-map coredns": { data: { Corefile: corefile } },
    "service kube-dns": { spec: { clusterIPs: ["10.96.0.10"] } },
  },
} as const;

describe("no-aaaa", () => {
  it("the Service has an address that DNS does not tell, and the Corefile says why", () => {
    const { status, because } = judge("no-aaaa", { ...asked, lookupsA: ["ok"] });
    assert.equal(status, "proven", because);
    assert.match(because, /template IN AAAA/);
  });
  it("blames no template that is for other names", () => {
    const told = (Corefile: string, server = "10.96.0.10") => {
      const [lookups, lookupsA] = (["no-record", "ok"] as const).map((outcome) => [{ outcome, text: outcome, server }]);
      const { because, fix, mend } = judge("no-aaaa", {
        ...asked,
        lookups: lookups ?? [],
        lookupsA: lookupsA ?? [],
        seen: { ...asked.seen, "config-map coredns": { data: { Corefile } } },
      });
      return mend !== undefined || /Corefile says/.test(because) || /Remove/.test(fix ?? "");
    };
    assert.ok(told(corefile));
    assert.equal(told(corefile, "169.254.20.10"), false, "a cache on the node answers");
    assert.ok(told(".:53 {\n  kubernetes cluster.local\n  template ANY AAAA {\n    match .*\n  }\n}\n"));
    for (const other of [
      ".:53 {\n  template IN AAAA dead.example.org {\n  }\n}\n",
      ".:53 {\n  template IN AAAA {\n    match ^dead\n  }\n}\n",
      "cluster.local:53 {\n  kubernetes cluster.local\n}\n.:53 {\n  template IN AAAA . {\n  }\n}\n",
      ".:53 {\n  # template IN AAAA . {\n  template IN A . {\n  }\n}\n",
    ])
      assert.equal(told(other), false, other);
  });
  it("is not it, or not known, without the A record of the same name", () => {
    assert.equal(judge("no-aaaa", { ...asked, lookupsA: ["name-error"] }).status, "excluded", "the name is not known");
    assert.equal(judge("no-aaaa", asked).status, "unknown", "nobody asked for an A record");
    assert.equal(judge("no-aaaa", { ...asked, lookupsA: ["not-looked"] }).status, "unknown");
  });
});
