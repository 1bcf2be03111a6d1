import assert from "node:assert/strict";
import { test } from "node:test";
import { parseConfig } from "#core/lint/config-file.ts";

test("what is wrong with the settings is shown at the word, and what is sound holds", () => {
  const text = `cluster: dual-v4
kubernets: "1.34"
kubernetes: newest
rules:
  host-bits: offf
  not-canonical: "off"
serviceCIDRs:
  - 10.96.0.0/12
  - fd00::
exclude: ["a/**", "{1..9}"]
`;
  const { config, problems } = parseConfig(text);
  const words = problems.map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(words, ["kubernets", "newest", "fd00::", "offf", '"{1..9}"']);
  assert.ok(problems.every(({ message }) => message.startsWith(".kube-ipv6.yaml: ")));
  assert.equal(config.cluster, "dual-v4");
  assert.deepEqual(config.rules, { "not-canonical": "off" });
  assert.deepEqual(config.serviceCIDRs, ["10.96.0.0/12"]);
});

test("counterparts and intended differences are read, and what is wrong with one of them is said", () => {
  const text = `parity:
  counterparts:
    - {IPv4: 203.0.113.0/24, IPv6: "2001:db8:7::/48"}
    - {IPv4: "2001:db8::/48", IPv6: 203.0.113.0/24}
  intended:
    - {policy: NetworkPolicy shop/*, open: IPv4, reason: the API server has no IPv6 address}
    - policy: NetworkPolicy shop/web
  intend: []
`;
  const { config, problems } = parseConfig(text);
  assert.deepEqual(config.parity, {
    counterparts: [{ IPv4: "203.0.113.0/24", IPv6: "2001:db8:7::/48" }],
    intended: [{ policy: "NetworkPolicy shop/*", open: "IPv4", reason: "the API server has no IPv6 address" }],
  });
  const words = problems.map(({ start, end }) => text.slice(start, end).trim().split("\n")[0]);
  assert.deepEqual(words, [
    "intend",
    '{IPv4: "2001:db8::/48", IPv6: 203.0.113.0/24}',
    "policy: NetworkPolicy shop/web",
  ]);
});
