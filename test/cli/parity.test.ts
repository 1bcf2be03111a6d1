import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { folder, here } from "./cli.ts";

const policy = `# for the web pods
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]}
        - ipBlock: {cidr: "::/0"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: []}}}
`;
const intended = `parity:
  intended:
    - {policy: NetworkPolicy shop/web, open: IPv6, reason: ULA is the site}
`;

describe("policy --parity", () => {
  test("names the workload, the witness, the rule with its line and the edit", async (t) => {
    const cwd = folder(t, { "policy.yaml": policy });
    const { code, out, err } = await here(["policy", "--parity", "policy.yaml"], { cwd });
    assert.equal(err, "");
    assert.equal(
      out,
      `IPv6 open, IPv4 closed: egress of Deployment shop/web
  to private and unique local addresses: TCP, UDP and SCTP, every port
  NetworkPolicy shop/web spec.egress[0].to[1].ipBlock.cidr (::/0) meets IPv6 alone   policy.yaml:11
  IPv6: shop/web to fd12:3456:789a:1::1, TCP 1, allowed by NetworkPolicy shop/web spec.egress[0].to[1].ipBlock.cidr (::/0)
  IPv4: shop/web to 10.0.0.1, TCP 1, denied by NetworkPolicy shop/web spec.egress (no rule matches)
  edit: except fc00::/7 as well
        spec.egress[0].to[1].ipBlock.except: "fc00::/7"

1 difference between IPv4 and IPv6. 1 pod and 1 policy were looked at.
`,
    );
    assert.equal(code, 1);
  });

  test("what is declared as intended is said, and is no reason to fail", async (t) => {
    const cwd = folder(t, { "policy.yaml": policy, ".kube-ipv6.yaml": intended });
    const { code, out } = await here(["policy", "--parity", "."], { cwd });
    assert.match(out, /^Intended:\n {2}IPv6 open, IPv4 closed: egress of Deployment shop\/web: ULA is the site$/m);
    assert.match(out, /No differences between IPv4 and IPv6, and 1 that is intended/);
    assert.equal(code, 0);
  });

  test("JSON has it all, SARIF the place in the file and what is suppressed", async (t) => {
    const cwd = folder(t, {
      "policy.yaml": policy,
      "wanted/policy.yaml": policy.replaceAll("shop", "other"),
      "wanted/.kube-ipv6.yaml": intended.replace("shop", "other"),
    });
    const json = JSON.parse((await here(["policy", "--parity", "--format", "json", "policy.yaml"], { cwd })).out);
    assert.deepEqual([json.exitCode, json.differences[0].line, json.differences[0].edit.values], [1, 10, ["fc00::/7"]]);
    const sarif = JSON.parse((await here(["policy", "--parity", "--format", "sarif", "."], { cwd })).out);
    const [first, second] = sarif.runs[0].results;
    assert.deepEqual(first.locations[0].physicalLocation.region, { startLine: 11 });
    assert.deepEqual([first.ruleId, first.suppressions], ["ipv6-open", undefined]);
    assert.equal(second.suppressions[0].justification, "ULA is the site");
  });

  test("a cluster of one family has nothing to compare", async (t) => {
    const cwd = folder(t, { "policy.yaml": policy, ".kube-ipv6.yaml": "cluster: v4\n" });
    const { code, out } = await here(["policy", "--parity", "policy.yaml"], { cwd });
    assert.match(out, /^No differences/);
    assert.equal(code, 0);
  });
});
