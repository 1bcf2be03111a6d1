import type { Report, Rule } from "../lint/rule.ts";
import { isOperators } from "../manifest/chart-values.ts";
import type { Field } from "../manifest/field.ts";

const name = "ISTIO_DUAL_STACK";

export const rule: Rule = {
  summary: "Istio's dual stack is switched on for the control plane or for the proxies alone",
  why: `\`ISTIO_DUAL_STACK\` is read twice: by istiod, which makes listeners and endpoints of both families, and by each proxy, which serves
them. Istio wants it in \`pilot.env\` and in \`meshConfig.defaultConfig.proxyMetadata\`; with one of the two, traffic of the second family
goes past the mesh or fails.`,
  source: "https://istio.io/latest/docs/setup/additional-setup/dual-stack/",
  severity: "warning",
  kinds: ["HelmValues", "IstioOperator", "Istio"],
  mentions: [/ISTIO_DUAL_STACK/],
  example: {
    bad: values(""),
    good: values('    proxyMetadata: {ISTIO_DUAL_STACK: "true"}\n'),
  },

  *check(resource) {
    if (resource.kind !== "HelmValues" && !isOperators(resource)) return;
    const { root } = resource;
    const roots = [
      root,
      ...["spec", "values", "istiod"].flatMap((key) => root.get(key) ?? []),
      root.get("spec", "values"),
    ];
    const found = roots.flatMap((at) => (at ? [at] : []));
    const pilot = found.flatMap((at) => at.get("pilot", "env", name) ?? [])[0];
    const proxies = found.flatMap((at) => at.get("meshConfig", "defaultConfig", "proxyMetadata", name) ?? [])[0];
    const mesh = found.flatMap((at) => at.get("meshConfig") ?? [])[0];
    // The two may stand in the values of two files.
    if (isOn(pilot) && mesh && !isOn(proxies))
      yield* report(
        proxies ?? pilot,
        "the proxies do not know of it: set it in meshConfig.defaultConfig.proxyMetadata, too",
      );
    if (isOn(proxies) && found.some((at) => at.has("pilot")) && !isOn(pilot))
      yield* report(pilot ?? proxies, "istiod does not know of it: set it in pilot.env, too");
  },
};

function* report(at: Field | undefined, message: string): Iterable<Report> {
  yield { at, message };
}

function isOn(field: Field | undefined): boolean {
  return field?.text?.toLowerCase() === "true";
}

function values(metadata: string): string {
  return `pilot:
  env: {ISTIO_DUAL_STACK: "true"}
meshConfig:
  defaultConfig:
    holdApplicationUntilProxyStarts: true
${metadata}`;
}
