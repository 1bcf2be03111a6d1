import { type Family, familyOf } from "../addresses/address.ts";
import { clusterOf, lacks } from "../facts/service-ranges.ts";
import { givenTexts } from "../kinds/given-texts.ts";
import { serviceFields } from "../kinds/service.ts";
import { settingFields } from "../kinds/setting-fields.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

const annotation = "external-dns.alpha.kubernetes.io/target";

export const rule: Rule = {
  summary: "external-dns publishes one family of what has two, or an address under the wrong type of record",
  why: `The annotation \`target\` takes the place of every address that external-dns would find: with an IPv4 address in it a dual-stack
Service gets an A record and no AAAA record. In a DNSEndpoint an A record holds IPv4 addresses and an AAAA record IPv6 addresses.`,
  source:
    "https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/#external-dnsalphakubernetesiotarget",
  severity: "information",
  kinds: ["Service", "Ingress", "Gateway", "HTTPRoute", "DNSEndpoint", "HelmValues", ...podKinds],
  mentions: [/external-dns|DNSEndpoint|record-?types/i],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: shop
  annotations:
    external-dns.alpha.kubernetes.io/target: 198.51.100.7
spec:
  type: LoadBalancer
  ipFamilyPolicy: RequireDualStack
  selector: {app: shop}
  ports: [{port: 443}]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: shop
  annotations:
    external-dns.alpha.kubernetes.io/target: 198.51.100.7,2001:db8:7::7
spec:
  type: LoadBalancer
  ipFamilyPolicy: RequireDualStack
  selector: {app: shop}
  ports: [{port: 443}]
`,
  },

  *check(resource, world) {
    if (resource.kind === "HelmValues" && !lacks(world, "IPv6")) yield* inValues(resource);
    if (resource.kind === "DNSEndpoint") yield* records(resource);
    else if (resource.kind === "HelmValues" || podKinds.includes(resource.kind)) {
      if (clusterOf(world) !== "unknown" && !lacks(world, "IPv6")) yield* recordTypes(resource);
    } else if (resource.kind !== "Service") {
      if (clusterOf(world).startsWith("dual")) yield* front(resource);
    } else if (resource.group === "" && !lacks(world, "IPv6")) yield* target(resource);
  },
};

/** Of an Ingress or a Gateway, which has the addresses of whoever serves it. */
function* front(resource: Resource): Iterable<Report> {
  const { at, only } = named(targetOf(resource));
  if (at && only === "IPv4")
    yield { at, message: "an A record and no AAAA: nobody comes over IPv6; add the IPv6 address if there is one" };
}

/** Of a Service that a chart makes of its values. */
function* inValues(values: Resource): Iterable<Report> {
  for (const field of values.root.scalars()) {
    if (field.step !== annotation) continue;
    const service = field.parent?.parent;
    const isDual = /^(?:Prefer|Require)DualStack$/.test(service?.get("ipFamilyPolicy")?.text ?? "");
    if (isDual) yield* lost(named(field));
  }
}

interface Named {
  readonly at: Field | undefined;
  readonly only: Family | undefined;
}

function targetOf(resource: Resource): Field | undefined {
  return resource.get("metadata", "annotations", annotation);
}

/** The family of every target, if they are addresses of one. */
function named(at: Field | undefined): Named {
  const [only, ...others] = at?.text?.split(",").map((text) => familyOf(text.trim())) ?? [];
  return { at, only: others.every((family) => family === only) ? only : undefined };
}

function* target(service: Resource): Iterable<Report> {
  const { policy, families } = serviceFields(service);
  const dual = families.length === 2 || policy?.text === "RequireDualStack" || policy?.text === "PreferDualStack";
  if (dual) yield* lost(named(targetOf(service)));
}

function* lost({ at, only }: Named): Iterable<Report> {
  if (!only) return;
  const [record, none] = only === "IPv4" ? ["A", "AAAA"] : ["AAAA", "A"];
  yield {
    at,
    message: `replaces both addresses of the Service: an ${record} record and no ${none}; add the other one`,
  };
}

/** {@link https://kubernetes-sigs.github.io/external-dns/latest/docs/flags/} */
function* recordTypes(resource: Resource): Iterable<Report> {
  const message = "no AAAA records are published of what has IPv6: add AAAA, or leave it out";
  const isValues = resource.kind === "HelmValues";
  const texts = isValues ? [...settingFields(resource)] : givenTexts(resource).map(({ field }) => field);
  for (const at of texts) if (at.text === "--exclude-record-types=AAAA") yield { at, message };
  const targets = texts.filter(({ text }) => /^--(?:default-targets|target-net-filter)=/.test(text ?? ""));
  const families = targets.flatMap(
    ({ text }) =>
      text
        ?.split("=")[1]
        ?.split(",")
        .map((one) => familyOf(one)) ?? [],
  );
  if (families.length > 0 && families.every((family) => family === "IPv4"))
    yield { at: targets[0], message: "only IPv4 targets are published: add those of IPv6, or nobody comes over it" };
  const managed = texts.filter(({ text }) => /^--managed-record-types=\w+$/.test(text ?? ""));
  const listed = isValues
    ? [resource.root, ...resource.root.entries().map(([, field]) => field)].flatMap(
        (chart) => chart.get("managedRecordTypes")?.items() ?? [],
      )
    : [];
  for (const [types, prefix] of [
    [managed, "--managed-record-types="],
    [listed, ""],
  ] as const) {
    const names = types.map(({ text }) => text?.slice(prefix.length));
    if (names.includes("A") && !names.includes("AAAA")) yield { at: types[names.indexOf("A")], message };
  }
}

/** kubernetes-sigs/external-dns source/crd.go: targets that do not fit their type are left out, with a warning. */
function* records(endpoint: Resource): Iterable<Report> {
  for (const entry of endpoint.get("spec", "endpoints")?.items() ?? []) {
    const type = entry.get("recordType")?.text;
    const family = type === "A" ? "IPv4" : type === "AAAA" ? "IPv6" : undefined;
    for (const one of family ? (entry.get("targets")?.items() ?? []) : [])
      if (isOther(one, family)) yield wrong(one, type);
  }
}

function isOther({ text = "" }: Field, family: "IPv4" | "IPv6" | undefined): boolean {
  const own = familyOf(text);
  return own !== undefined && own !== family;
}

function wrong(at: Field, type: string | undefined): Report {
  const other = type === "A" ? "AAAA" : "A";
  return {
    at,
    severity: "warning",
    message: `an ${type} record cannot hold ${at.text}: write a record of type ${other}`,
  };
}
