import { familyOf, parsePrefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { type Resource, spellPath } from "../manifest/resource.ts";

const keys = ["IPv6podCIDR", "IPv6serviceCIDR"];

export const rule: Rule = {
  summary: "k0s's dualStack does not have both IPv6 prefixes",
  why: `With dualStack enabled, k0s takes the IPv6 prefixes from IPv6podCIDR and IPv6serviceCIDR, spelt exactly so, and needs
both. It does not look at their family; the controller manager does, and stops when it gets two of IPv4.`,
  source: "https://github.com/k0sproject/k0s/blob/main/pkg/apis/k0s/v1beta1/network.go",
  severity: "error",
  codes: ["K0S001", "K0S003", "K0S004"],
  kinds: ["K0sCluster"],
  example: {
    bad: `apiVersion: k0s.k0sproject.io/v1beta1
kind: ClusterConfig
spec:
  network:
    dualStack:
      enabled: true
      IPv6PodCIDR: fd12:3456:789a::/108
      IPv6serviceCIDR: fd12:3456:789b::/108
`,
    good: `apiVersion: k0s.k0sproject.io/v1beta1
kind: ClusterConfig
spec:
  network:
    dualStack:
      enabled: true
      IPv6podCIDR: fd12:3456:789a::/108
      IPv6serviceCIDR: fd12:3456:789b::/108
`,
  },

  *check(config, world) {
    yield* turned(config, world.old(config));
    const dualStack = config.get("spec", "network", "dualStack");
    if (!dualStack) return;
    const misspelt = dualStack.entries().filter(([key]) => key !== "enabled" && !keys.includes(key));
    yield* misspelt.map(([key, field]) => unknownField(dualStack, key, field));
    const enabled = dualStack.get("enabled");
    if (enabled?.boolean !== true) return;
    for (const key of keys) {
      const field = dualStack.get(key);
      const taken = misspelt.some(([other]) => other.toLowerCase() === key.toLowerCase());
      if (!field && !taken && !config.partial) {
        const { start, end } = enabled;
        const message = `invalid CIDR address: dualStack is enabled without ${key}; add it`;
        yield { at: { path: `${dualStack.path}.${key}`, start, end }, codes: ["K0S001"], message };
      }
      if (parsePrefix(field?.text ?? "")?.address.family === "IPv4")
        yield {
          at: field,
          codes: ["K0S004"],
          message: `${field?.text} is IPv4; ${key} wants the IPv6 prefix of the pair`,
        };
    }
  },
};

/** With an IPv6 address of the API, k0s puts IPv6 first; nodes that are there keep IPv4 first: BuildPodCIDR in network.go. */
function* turned(config: Resource, old: Resource | undefined): Iterable<Report> {
  const isDual = (one: Resource) => one.get("spec", "network", "dualStack", "enabled")?.boolean === true;
  const address = config.get("spec", "api", "address");
  if (!old || isDual(old) || !isDual(config) || familyOf(address?.text ?? "") !== "IPv6") return;
  if (familyOf(old.get("spec", "network", "podCIDR")?.text ?? "10.244.0.0/16") !== "IPv4") return;
  const message =
    "puts IPv6 first in a cluster whose nodes have IPv4 first: keep an IPv4 address, or make the nodes anew";
  yield { at: address, severity: "warning", codes: ["K0S004"], message };
}

function unknownField(dualStack: Field, key: string, field: Field): Report {
  const meant = keys.find((known) => known.toLowerCase() === key.toLowerCase());
  return {
    at: field.key,
    codes: ["K0S003"],
    message: `unknown field "${spellPath(field.steps)}"; ${meant ? `write ${meant}` : `known are ${keys.join(" and ")}`}`,
    fix:
      meant && !dualStack.has(meant)
        ? { kind: "spelling", title: `Write ${meant}`, edits: [field.rename(meant)] }
        : undefined,
  };
}
