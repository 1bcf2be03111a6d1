import assert from "node:assert/strict";
import { test } from "node:test";
import { hoverAt } from "#core/editor/hover/hover.ts";
import { policyFact } from "#core/facts/policies.ts";
import { ManifestFile } from "#core/manifest/file.ts";
import { podEndpoint } from "#core/policy/pods-of.ts";
import { hostile, madeOf, obeyed } from "#test/text/hostile.ts";

const q = JSON.stringify;
const selector = q(`app == '${hostile.replace(/['"\\]/g, "")}'`);
const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: one}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {x: ${q(hostile)}}}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${q(hostile)}, namespace: default}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: ${q(hostile)}}
spec: {selector: ${selector}, ingress: [{action: Allow, source: {selector: ${selector}, nets: ["10.0.0.0/8"]}}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${q(hostile)}}
spec: {type: ExternalName, externalName: ${q(hostile)}, ipFamilyPolicy: ${q(hostile)}, ipFamilies: [${q(hostile)}]}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking: {podSubnet: ${q(`10.0.0.0/8,${hostile}`)}}
`;

test("no hover makes an image, a link or HTML of what a manifest says", () => {
  const { documents } = new ManifestFile(text);
  const resources = documents.flatMap((document) => document.resources);
  const policies = resources
    .filter(({ kind }) => policyFact.kinds.includes(kind))
    .flatMap((resource) => policyFact.read(resource) ?? []);
  const pod = podEndpoint({ apiVersion: "v1", kind: "Pod", metadata: { name: "p", labels: { app: "web" } }, spec: {} });
  const beyond = { policies, pods: pod ? [pod] : [] };
  const hovers = new Set<string>();
  for (const document of documents)
    for (let offset = 0; offset < document.text.length; offset++) {
      const hover = hoverAt(document, offset, beyond);
      if (hover) hovers.add(hover.text);
    }
  assert.ok([...hovers].some((hover) => hover.includes("Together with") && hover.includes("PWNED")));
  for (const hover of hovers) {
    assert.deepEqual(madeOf(hover), [], hover);
    assert.deepEqual(
      obeyed(hover).filter((found) => !found.includes("##")),
      [],
      hover,
    );
  }
});
