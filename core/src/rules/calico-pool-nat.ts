import { isUniqueLocal, parsePrefix } from "../addresses/address.ts";
import { containersOf, envOf } from "../kinds/containers.ts";
import { encapsulations } from "../kinds/tigera.ts";
import type { Fix, Report, Rule } from "../lint/rule.ts";
import type { Field, Place } from "../manifest/field.ts";
import { missing, under } from "../manifest/missing.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A ULA pool that is not masqueraded: its pods reach nothing outside",
  why: `Nobody on the Internet routes answers to fc00::/7. Calico masquerades IPv4 pools by default and IPv6 pools not: the
operator, \`calico-node\` and an IPPool object all leave \`natOutgoing\` off. Turn it on, or give pods a routed prefix.`,
  source: "https://docs.tigera.io/calico/latest/networking/ipam/ipv6",
  severity: "warning",
  codes: ["CAL007", "TIG004"],
  kinds: ["IPPool", "Installation", ...podKinds],
  mentions: [/cidr/],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::/56
`,
    good: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::/56
  natOutgoing: true
`,
  },

  *check(resource) {
    if (resource.kind === "Installation") yield* operator(resource);
    else if (resource.kind === "IPPool") yield* pool(resource);
    else yield* node(resource);
  },
};

function* pool(resource: Resource): Iterable<Report> {
  const spec = resource.get("spec");
  if (!resource.group.endsWith("projectcalico.org") || !spec || spec.get("disabled")?.boolean) return;
  const uses = spec.get("allowedUses")?.items() ?? [];
  if (uses.length > 0 && !uses.some(({ text }) => text === "Workload" || text === undefined)) return;
  yield* judge(spec, "true", "false", "CAL007");
}

function* operator(resource: Resource): Iterable<Report> {
  if (resource.group !== "operator.tigera.io") return;
  for (const entry of resource.get("spec", "calicoNetwork", "ipPools")?.items() ?? []) {
    // An Installation that the API server refuses makes no pool.
    const tunnel = entry.get("encapsulation")?.text;
    if (tunnel === undefined || encapsulations.includes(tunnel)) yield* judge(entry, "Enabled", "Disabled", "TIG004");
  }
}

function* judge(entry: Field, on: string, off: string, code: string): Iterable<Report> {
  const cidr = entry.get("cidr");
  const nat = entry.get("natOutgoing");
  if (!cidr || !isLocal(cidr) || (nat ? nat.text !== off : entry.resource.partial)) return;
  const edit = nat ? (on === "true" ? nat.replaceBare(true) : nat.replace(on)) : cidr.insertAfter(`natOutgoing: ${on}`);
  yield report(nat ?? missing(entry, "natOutgoing", cidr), code, {
    kind: "decision",
    title: "Masquerade it",
    edits: [edit],
  });
}

/** The pool that calico-node makes when it starts first. */
function* node(resource: Resource): Iterable<Report> {
  for (const container of containersOf(resource)) {
    const env = envOf(container);
    const find = (name: string) => env.findLast((variable) => variable.name === name);
    const cidr = find("CALICO_IPV6POOL_CIDR");
    const nat = find("CALICO_IPV6POOL_NAT_OUTGOING");
    if (!cidr?.value || !isLocal(cidr.value)) continue;
    if (nat ? nat.value?.text?.toLowerCase() !== "false" : resource.partial || container.has("envFrom")) continue;
    yield report(under(nat?.entry.path ?? cidr.entry.path, nat?.value ?? cidr.value), "CAL007");
  }
}

function report(at: Place, code: string, fix?: Fix): Report {
  const message =
    "this ULA pool is not masqueraded: turn natOutgoing on, or its pods reach nothing outside the cluster";
  return { at, message, codes: [code], fix };
}

function isLocal({ text }: Field): boolean {
  const prefix = parsePrefix(text ?? "");
  return prefix !== undefined && isUniqueLocal(prefix.address);
}
