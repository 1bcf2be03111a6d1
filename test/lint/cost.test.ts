import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { literalAt } from "#core/editor/hover/address.ts";
import type { Rule } from "#core/lint/rule.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { parseDocument, programDocument } from "#core/manifest/document.ts";
import { looks } from "#core/manifest/looks.ts";
import { parseCorefile } from "#core/program-files/corefile.ts";
import { parseNginx } from "#core/program-files/nginx.ts";
import { rules } from "#core/rules/index.ts";

/** How many fields are made for a text; what is worked out without any is told by a second run of the whole, which ends. */
function looksFor(text: string, name = "a.yaml"): number {
  const workspace = new Workspace(rules);
  const before = looks.made;
  workspace.open(name, text);
  workspace.check(name);
  return looks.made - before;
}

const times = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join("");
const policy = (peers: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec:\n  podSelector: {}\n  ingress:\n${peers}`;
const pod = (more: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: ghcr.io/acme/app:1\n${more}`;

const long: Readonly<Record<string, (count: number) => string>> = {
  "peers of everybody": (count) =>
    policy(`    - from:\n${times(count, () => "        - ipBlock: {cidr: 0.0.0.0/0}\n")}`),
  "rules for everybody, on a port each": (count) =>
    policy(times(count, (index) => `    - {from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: ${index + 1}}]}\n`)),
  "rules of Cilium for everybody": (count) =>
    `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: a}\nspec:\n  endpointSelector: {}\n  egress:\n${times(
      count,
      (index) => `    - {toCIDR: [0.0.0.0/0], toPorts: [{ports: [{port: "${index + 1}"}]}]}\n`,
    )}`,
  arguments: (count) => pod(`      args:\n${times(count, () => '        - "--listen=0.0.0.0:80"\n')}`),
  variables: (count) =>
    pod(`      env:\n${times(count, (index) => `        - {name: V${index}, value: "0.0.0.0:80"}\n`)}`),
  "ports of the host": (count) =>
    pod(
      `      ports:\n${times(count, (index) => `        - {containerPort: 80, hostPort: ${index + 1}, hostIP: 0.0.0.0}\n`)}`,
    ),
  containers: (count) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n${times(
      count,
      (index) => `    - {name: c${index}, image: x, args: ["0.0.0.0:80"], ports: [{hostPort: 80, hostIP: 0.0.0.0}]}\n`,
    )}`,
  "pools in a file": (count) =>
    times(
      count,
      (index) =>
        `---\napiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: p${index}}\nspec: {cidr: 10.${index >> 8}.${index & 255}.0/24}\n`,
    ),
  "advertisements and pools of MetalLB": (count) =>
    times(
      count,
      (index) =>
        `---\napiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: p${index}}\nspec: {addresses: [10.${index >> 8}.${index & 255}.0/24]}\n---\napiVersion: metallb.io/v1beta1\nkind: BGPAdvertisement\nmetadata: {name: p${index}}\nspec: {aggregationLength: 24}\n`,
    ),
};

describe("who writes ten times as much is looked at some ten times as often", () => {
  for (const [title, text] of Object.entries(long))
    test(title, () => {
      const [few, many] = [looksFor(text(40)), looksFor(text(400))];
      assert.ok(many < few * 14, `${few} looks for 40, ${many} for 400`);
    });
});

test("blocks in blocks are read a hundred deep, and what follows is still read", () => {
  assert.equal(parseNginx("server {".repeat(100_000)).length, 1);
  assert.equal(parseCorefile(".:53 {\n".repeat(100_000)).length > 0, true);
  assert.equal(parseCorefile(`${"\n".repeat(100_000)}.:53 {\n  bind 0.0.0.0\n}\n`)[0]?.plugins.length, 1);
  const depth = (text: string): number => {
    let found = 0;
    for (let at = parseNginx(text)[0]; at; at = at.block?.[0]) found++;
    return found;
  };
  assert.equal(depth("a {".repeat(50) + "}".repeat(50)), 50);
  assert.equal(depth("a {".repeat(500) + "}".repeat(500)), 101);
});

test("a line that no object of Kubernetes can have is left out, with a sentence", () => {
  const list = `apiVersion: v1\nkind: Service\nspec:\n  clusterIPs: [${"10.96.0.10, ".repeat(200_000)}]\n`;
  for (const { problems, resources } of [parseDocument(list), programDocument(list, "NginxConf")]) {
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["a line of more than 2 million characters; this document was left out"],
    );
    assert.deepEqual(resources, []);
  }
  assert.deepEqual(parseDocument(list.replaceAll(", ", ",\n    ")).problems, []);
});

test("a rule that looks at too much is given up, and says so; others go on", () => {
  const [first] = rules;
  const { groups: _groups, mentions: _mentions, ...anyRule } = first.rule as Rule;
  const endless: Rule = {
    ...anyRule,
    kinds: ["*"],
    *check(resource) {
      for (;;) if (resource.get("kind") === undefined) yield { at: undefined, message: "never" };
    },
  };
  const chatty: Rule = {
    ...endless,
    *check(resource) {
      for (;;) yield { at: resource.get("kind"), message: "again" };
    },
  };
  const workspace = new Workspace([{ id: "endless", rule: endless }, { id: "chatty", rule: chatty }, ...rules]);
  workspace.open("a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: FD00::1}\n");
  const checked = workspace.check("a.yaml").flatMap(({ crashes }) => crashes);
  assert.deepEqual(
    checked.map(({ rule, message }) => [rule, message]),
    [
      ["endless", "given up, as there is too much to look at here"],
      ["chatty", "given up, as there is too much to look at here"],
    ],
  );
  const found = workspace.check("a.yaml").flatMap(({ findings }) => findings);
  assert.ok(found.some(({ rule }) => rule === "not-canonical"));
});

test("texts that a pattern could part in as many ways as they are long end all the same", () => {
  const much = 300_000;
  const texts = [
    `clusterIP: ${"1".repeat(much)}!`,
    `clusterIP: ${"0".repeat(much)}.`,
    `externalName: "${"a.".repeat(much)}"`,
    `externalName: "http://${":".repeat(much)}!"`,
    `loadBalancerIP: "${"fe80::".repeat(much / 6)}"`,
    `x: "${"{".repeat(much)}"`,
    `x: ${"{{ ".repeat(much / 3)}`,
  ];
  for (const text of texts) looksFor(`apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ${text}\n`);
  const hex = `a: ${"f".repeat(much)}`;
  assert.equal(literalAt(hex, much / 2), undefined);
  assert.equal(literalAt(`${hex} fd00::1`, much + 8)?.text, "fd00::1");
});
