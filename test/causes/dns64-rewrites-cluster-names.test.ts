import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("dns64-rewrites-cluster-names");

describe("dns64-rewrites-cluster-names", () => {
  it("is proven where a Service's name is a translator's address, and that is not reached", () => {
    const { status, because } = judge("dns64-rewrites-cluster-names", given);
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /stands for 10\.96\.0\.80; the Service has fd00:10:96::80; .* dns64 64:ff9b::\/96 with translate_all/,
    );
  });

  it("is only possible where nothing fails of it", () => {
    assert.equal(judge("dns64-rewrites-cluster-names", { ...given, dials: [{ outcome: "ok" }] }).status, "possible");
  });

  it("is not where the name is the Service's own address, or one outside", () => {
    const own = [{ outcome: "ok", text: "fd00:10:96::80" }] as const;
    assert.equal(judge("dns64-rewrites-cluster-names", { ...given, lookups: own }).status, "excluded");
    const outside = [{ outcome: "ok", text: "64:ff9b::a60:50", name: "four.example.org" }] as const;
    assert.equal(judge("dns64-rewrites-cluster-names", { ...given, lookups: outside }).status, "excluded");
  });

  variants("dns64-rewrites-cluster-names", given, {
    "another server of the Corefile has dns64 than the one that answers the name": [
      {
        "config-map coredns": {
          data: {
            Corefile:
              "cluster.local:53 {\n  kubernetes cluster.local\n}\n.:53 {\n  dns64 {\n    translate_all\n  }\n}\n",
          },
        },
      },
      "possible",
    ],
    "the Corefile may not be read": [{ "config-map coredns": nobody }, "possible"],
  });
});
