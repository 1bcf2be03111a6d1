import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { folder, here } from "./cli.ts";

/** Longer than what is read beside it, so that its head alone could be overwritten. */
const service = `# Licensed under the Apache License, Version 2.0; see the file LICENSE.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, ipv6]
  selector: {app: shop}
  ports: [{port: 80}]
`;
const mended = service.replace("ipv6", "IPv6");
const kustomization =
  "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - a/b/app.yaml\n";
const config = "kubernetes: '1.34'\n# what is said of this folder stands here, and is long enough to cover a head\n";

const beside = {
  "kustomization in its folder": { "a/b/kustomization.yaml": kustomization },
  "kustomization one above": { "a/kustomization.yml": kustomization },
  "kustomization two above": { Kustomization: kustomization },
  "settings in its folder": { "a/b/.kube-ipv6.yaml": config },
  "settings two above": { ".kube-ipv6.yaml": config },
};

describe("a file is judged and mended by its own bytes, whatever is read beside it", () => {
  for (const [what, others] of Object.entries(beside))
    for (const target of [".", "a/b/app.yaml"])
      test(`${what}, ${target}`, async (t) => {
        const cwd = folder(t, { "a/b/app.yaml": service, ...others });
        const { code, out, err } = await here(["lint", "--format", "json", "--quiet", target], { cwd });
        assert.deepEqual(
          JSON.parse(out).map(({ rule, path, document }: Record<string, unknown>) => [rule, path, document]),
          [["service-ip-families", "spec.ipFamilies[1]", 1]],
          err,
        );
        assert.equal(code, 1);
        assert.doesNotMatch(err, /in part/);
        await here(["lint", "--fix", target], { cwd });
        assert.equal(readFileSync(join(cwd, "a/b/app.yaml"), "utf8"), mended);
        for (const [name, text] of Object.entries(others)) assert.equal(readFileSync(join(cwd, name), "utf8"), text);
      });
});

test("a base is judged as its overlays build it, by the command line as by the editor", async (t) => {
  const policy = (more: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}${more}]}]
`;
  const cwd = folder(t, {
    "base/kustomization.yaml": "resources: [policy.yaml]\n",
    "base/policy.yaml": policy(""),
    "overlays/prod/kustomization.yaml": "resources: [../../base]\npatches: [{path: open.yaml}]\n",
    "overlays/prod/open.yaml": policy(', {ipBlock: {cidr: "::/0"}}'),
  });
  const clean = await here(["lint", "."], { cwd });
  assert.deepEqual([clean.code, clean.out], [0, ""], clean.err);
  const { code, out } = await here(["lint", "--format", "json", "base"], { cwd });
  assert.equal(code, 1);
  assert.deepEqual(
    JSON.parse(out).map(({ file, rule }: Record<string, unknown>) => [file, rule]),
    [["base/policy.yaml", "network-policy-ipv4-any"]],
  );
  await here(["lint", "--fix-rule", "network-policy-ipv4-any", "."], { cwd });
  assert.equal(readFileSync(join(cwd, "base/policy.yaml"), "utf8"), policy(""), "what is not shown is not mended");
});
