import assert from "node:assert/strict";
import { it } from "node:test";
import { findingsOf, load, testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("calico-storage-group");

reports("a pool written to the storage")`
  apiVersion: crd.projectcalico.org/v1
  #           ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Calico's own storage, validated by nobody: write projectcalico.org/v3 if its API server runs
  kind: IPPool
  spec: {cidr: 10.244.0.0/16}
`;

reports("a policy")`
  apiVersion: crd.projectcalico.org/v1
  #           ^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Calico's own storage, validated by nobody: write projectcalico.org/v3 if its API server runs
  kind: NetworkPolicy
`;

accepts("the group with validation, and Calico's own bookkeeping")`
  apiVersion: projectcalico.org/v3
  kind: IPPool
  ---
  apiVersion: crd.projectcalico.org/v1
  kind: IPAMBlock
`;

it("is a hint in a template, which may be for clusters without the API server of Calico", async () => {
  const rule = await load("calico-storage-group");
  const severities = (text: string) =>
    findingsOf(rule, "calico-storage-group", text, {}).map(({ severity }) => severity);
  const pool = "kind: IPPool\nmetadata: {name: a}\nspec: {cidr: 10.1.0.0/16}\n";
  assert.deepEqual(severities(`apiVersion: crd.projectcalico.org/v1\n${pool}`), ["warning"]);
  assert.deepEqual(
    severities(
      `{{- if lookup "apiregistration.k8s.io/v1" "APIService" "" "v3.projectcalico.org" }}\napiVersion: projectcalico.org/v3\n{{- else }}\napiVersion: crd.projectcalico.org/v1\n{{- end }}\n${pool}`,
    ),
    ["information"],
  );
});
