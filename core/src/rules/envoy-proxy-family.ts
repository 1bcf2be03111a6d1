import { clusterOf } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { missing } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "An EnvoyProxy without ipFamily listens on IPv4 only",
  why: `Envoy Gateway opens the listeners of a Gateway on 0.0.0.0 unless its EnvoyProxy says \`ipFamily: IPv6\` or \`DualStack\`: over IPv6
the Service has an address, and nobody answers behind it.`,
  source: "https://gateway.envoyproxy.io/docs/api/extension_types/#ipfamily",
  severity: "information",
  kinds: ["EnvoyProxy"],
  groups: ["gateway.envoyproxy.io"],
  example: {
    cluster: "v6",
    bad: `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyProxy
metadata:
  name: shared
spec:
  logging:
    level:
      default: warn
`,
    good: `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: EnvoyProxy
metadata:
  name: shared
spec:
  ipFamily: IPv6
  logging:
    level:
      default: warn
`,
  },

  *check(proxy, world) {
    const spec = proxy.get("spec");
    yield* unknown(spec?.get("ipFamily"));
    yield* service(proxy);
    const cluster = clusterOf(world);
    const family = spec?.get("ipFamily");
    if (!spec || cluster === "unknown" || cluster === "v4") return;
    const severity = cluster === "v6" ? "warning" : "information";
    const wanted = cluster === "v6" ? "IPv6" : "DualStack";
    const first = spec.entries()[0]?.[1];
    if (family?.text === "IPv4" && cluster === "v6")
      yield { at: family, severity, message: "listeners on IPv4 only, and this cluster has IPv6 only; write IPv6" };
    else if (!family && proxy.lacks("spec", "ipFamily") && first)
      yield {
        at: missing(spec, "ipFamily", first.key),
        severity,
        message: `without ipFamily nothing answers over IPv6; write ipFamily: ${wanted}`,
      };
  },
};

const families = ["IPv4", "IPv6", "DualStack"];

function* unknown(family: Field | undefined): Iterable<Report> {
  if (!family?.text || families.includes(family.text)) return;
  const meant = families.find((one) => one.toLowerCase() === family.text?.toLowerCase());
  yield {
    at: family,
    severity: "error",
    message: `Unsupported value: "${family.text}": supported values: "IPv4", "IPv6", "DualStack"`,
    fix: meant ? { kind: "spelling", title: `Write ${meant}`, edits: [family.replace(meant)] } : undefined,
  };
}

/** What a patch makes of the Service, which Envoy Gateway gives the families of ipFamily otherwise. */
function* service(proxy: Resource): Iterable<Report> {
  const family = proxy.get("spec", "ipFamily");
  const patch = ["spec", "provider", "kubernetes", "envoyService", "patch", "value", "spec", "ipFamilyPolicy"];
  const policy = proxy.get(...patch);
  if (!/^(?:Require|Prefer)DualStack$/.test(policy?.text ?? "")) return;
  if (family ? family.text === "IPv4" : proxy.lacks("spec", "ipFamily"))
    yield {
      at: family ?? policy,
      severity: "warning",
      message: "the Service has both families, and Envoy listens on IPv4 alone: write ipFamily: DualStack",
    };
}
