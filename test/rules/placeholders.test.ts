import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { familyOf } from "#core/addresses/address.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";

const addressLike = /(?<![\w:.${}])[\da-f:.]{3,}(?:\/\d+)?(?![\w.])/gi;

const ways: Readonly<Record<string, (found: string, number: number) => string>> = {
  "as a whole": (_, number) => `\${ADDRESS_${number}}`,
  "with a default": (_, number) => `\${address_${number}:=x}`,
  "its network": (found, number) =>
    `\${NETWORK_${number}}${found.includes(":") ? "::" : "."}5${found.includes("/") ? "/64" : ""}`,
  "its end": (found, number) => `${found.includes(":") ? "fd00:10:" : "10.0.0."}\${END_${number}}`,
};

/** They say that a field has no business here, or that there are too many of them, whatever their values are. */
const whatever: ReadonlySet<string> = new Set([
  "api-server-service-ranges",
  "cilium-option-needs",
  "cilium-pool-blocks",
  "eksctl-ipv6",
  "flannel-networks",
  "node-pod-cidrs",
  "plugin-lacks-family",
  "pod-nameservers",
  "service-cidr-ranges",
  "service-external-name",
  "service-load-balancer-ip",
  "service-source-ranges-type",
]);

/**
 * What a variable stands for is not known: Flux's `postBuild.substitute`, envsubst and clusterctl put a value in its place. Every address of
 * every manifest here is written as one, as a whole or in part, and nothing is said of the value.
 */
describe("a variable is nobody's mistake", () => {
  for (const [how, write] of Object.entries(ways))
    it(how, () => {
      const said = new Set<string>();
      for (const [name, text] of manifests()) {
        let number = 0;
        const templated = text.replace(addressLike, (found) => (familyOf(found) ? write(found, ++number) : found));
        if (number === 0) continue;
        const workspace = new Workspace(rules, { cluster: "dual-v6", kubernetes: 36 });
        workspace.open("a.yaml", templated);
        for (const { document, findings } of workspace.check("a.yaml"))
          for (const { rule, message, start, end } of findings) {
            const isOfVariable = /^\W*(?:[\da-f.:]*)\$+\{\w/i.test(document.text.slice(start, end));
            if (isOfVariable && !whatever.has(rule)) said.add(`${name}: ${rule}: ${message}`);
          }
      }
      assert.deepEqual([...said], []);
    });
});

function manifests(): readonly (readonly [name: string, text: string])[] {
  const files = ["../cases/", "../correct/", "../reports/", "../../examples/"].flatMap((folder) => {
    const url = new URL(folder, import.meta.url);
    return readdirSync(url)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => [name, readFileSync(new URL(name, url), "utf8")] as const);
  });
  return [
    ...files,
    ...rules.flatMap(({ id, rule }) => [[id, rule.example.bad] as const, [`${id}, right`, rule.example.good] as const]),
  ];
}
