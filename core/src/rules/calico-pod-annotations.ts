import { type Family, familyOf, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, podMetadata } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Calico's address annotations are JSON lists, each of its family",
  why: `\`ipAddrs\`, \`ipv4pools\` and \`ipv6pools\` hold a JSON list in a string: \`'["fd12::5"]'\`. With anything else, or with a
pool of the other family, Calico's CNI plugin fails and the pod stays without network.`,
  source: "https://docs.tigera.io/calico/latest/reference/configure-cni-plugins",
  severity: "error",
  codes: ["POD014"],
  kinds: [...podKinds, "Namespace"],
  mentions: [/cni\.projectcalico\.org/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    cni.projectcalico.org/ipAddrs: fd12:3456:789a::5
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    cni.projectcalico.org/ipAddrs: '["fd12:3456:789a::5"]'
`,
  },

  *check(resource) {
    for (const [key, family] of annotations) {
      const metadata = resource.kind === "Namespace" ? resource.get("metadata") : podMetadata(resource);
      const field = metadata?.get("annotations", `cni.projectcalico.org/${key}`);
      const list = field?.text === undefined ? undefined : listOf(field.text);
      const wrong = list?.find((text) => !fits(text, family) && !isPlaceholder(text));
      if (field?.text === undefined || (list ? wrong === undefined : isPlaceholder(field.text))) continue;
      const meant = list ? undefined : asList(field.text);
      yield {
        at: wrong === undefined ? field : part(field, wrong),
        message:
          wrong === undefined
            ? `the CNI plugin wants a JSON list of strings here${meant ? `: ${meant}` : ""}`
            : `the CNI plugin fails: ${wrong} is no ${family ? `${family} pool` : "IP address"}`,
        fix:
          meant === undefined
            ? undefined
            : { kind: "spelling", title: `Write ${meant}`, edits: [quoted(field, meant)] },
      };
    }
  },
};

const annotations: readonly (readonly [key: string, family: Family | undefined])[] = [
  ["ipAddrs", undefined],
  ["ipv4pools", "IPv4"],
  ["ipv6pools", "IPv6"],
];

function listOf(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
  } catch {
    return undefined; // What is no JSON is what this rule reports.
  }
}

/** A bare address or prefix, or several between commas, as the list that was meant. */
function asList(text: string): string | undefined {
  const items = text.split(",").map((item) => item.trim());
  return items.every((item) => familyOf(item)) ? JSON.stringify(items) : undefined;
}

/** Pools may go by their name. The plugin reads addresses with Go's net, which takes no leading zeros. */
function fits(text: string, family: Family | undefined): boolean {
  const read = parseAddress(text) ?? parsePrefix(text)?.address;
  if (read?.leadingZeros) return false;
  if (family === undefined) return parseAddress(text) !== undefined;
  return (familyOf(text) ?? family) === family;
}

function quoted(field: Field, text: string) {
  const { node, resource } = field;
  return node.kind === "scalar" && node.style !== "literal" && node.style !== "folded"
    ? resource.edit(node.start, node.end, `'${text}'`)
    : undefined;
}

function part(field: Field, text: string) {
  const at = field.text?.indexOf(text) ?? -1;
  return at < 0 ? field : field.within(at, at + text.length);
}
