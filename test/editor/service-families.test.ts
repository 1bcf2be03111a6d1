import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { Shape } from "#core/addresses/shape.ts";
import { familiesTable, serviceFamilies } from "#core/kinds/service-families.ts";
import { parseDocument } from "#core/manifest/document.ts";

interface Case {
  readonly file: string;
  readonly lint: readonly unknown[];
  readonly expectByCluster?: "same" | Readonly<Record<string, "valid" | "invalid">>;
}

const folder = new URL("../cases/", import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(new URL("cases.json", folder), "utf8"));

function families(spec: string, shape: Exclude<Shape, "unknown">): string {
  const [service] = parseDocument(`apiVersion: v1\nkind: Service\nspec:\n${spec.replace(/^/gm, "  ")}`).resources;
  const got = service && serviceFamilies(service, shape);
  return got === undefined ? "none" : "refused" in got ? `refused: ${got.refused}` : got.families.join(" ");
}

describe("the families a Service gets", () => {
  for (const { file, lint, expectByCluster } of cases)
    if (typeof expectByCluster === "object" && file.startsWith("svcmatrix") && lint.length === 0)
      it(`${file} is refused where a real API server refuses it`, () => {
        const [service] = parseDocument(readFileSync(new URL(file, folder), "utf8")).resources;
        for (const [shape, verdict] of Object.entries(expectByCluster)) {
          const got = service && serviceFamilies(service, shape as Exclude<Shape, "unknown">);
          assert.equal(got && "refused" in got ? "invalid" : "valid", verdict, `${shape}: ${JSON.stringify(got)}`);
        }
      });

  it("follow the primary family of the cluster", () => {
    assert.equal(families("selector: {app: web}", "dual-v6"), "IPv6");
    assert.equal(families("selector: {app: web}\nipFamilyPolicy: PreferDualStack", "dual-v6"), "IPv6 IPv4");
    assert.equal(families("selector: {app: web}\nipFamilyPolicy: PreferDualStack", "v4"), "IPv4");
    assert.equal(
      families("selector: {app: web}\nipFamilyPolicy: RequireDualStack", "v6"),
      "refused: the cluster is not dual-stack",
    );
    assert.equal(families("selector: {app: web}\nipFamilies: [IPv6]", "dual-v4"), "IPv6");
    assert.equal(
      families("selector: {app: web}\nipFamilies: [IPv6]", "v4"),
      "refused: IPv6 is not configured on this cluster",
    );
    assert.equal(families('selector: {app: web}\nclusterIP: "fd00::1"', "dual-v4"), "IPv6");
  });

  it("are both, on every cluster, for a headless Service without selector", () => {
    assert.equal(families("clusterIP: None", "v4"), "IPv4 IPv6");
    assert.equal(families("clusterIP: None\nselector: {app: web}", "v4"), "IPv4");
  });

  it("are none for a name outside the cluster", () => {
    assert.equal(families("type: ExternalName\nexternalName: example.org", "v4"), "none");
    const [service] = parseDocument("apiVersion: v1\nkind: Service\nspec: {type: ExternalName}\n").resources;
    assert.equal(service && familiesTable(service), undefined);
  });
});
