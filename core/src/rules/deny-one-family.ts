import { type Family, parsePrefix } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import { calicoGroups, calicoPolicyKinds } from "../kinds/calico-policy.ts";
import { ciliumPolicyKinds, ciliumSpecs } from "../kinds/cilium-policy.ts";
import { fact } from "../lint/fact.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { under } from "../manifest/missing.ts";
import type { Resource } from "../manifest/resource.ts";

const adminKinds = ["AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"];

export const rule: Rule = {
  summary: "A Deny names all of IPv4 and no IPv6",
  why: `\`0.0.0.0/0\` is every IPv4 address and no IPv6 address. A Deny of it keeps no IPv6 packet from going where other rules let it: a pod
with an IPv6 address is in the Internet still. Name \`::/0\` as well, in a Calico policy as a rule of its own.`,
  source: "https://network-policy-api.sigs.k8s.io/api-overview/",
  severity: "warning",
  codes: ["NP007"],
  kinds: [...adminKinds, ...ciliumPolicyKinds, ...calicoPolicyKinds, "AntreaNetworkPolicy", "EgressFirewall"],
  mentions: [/0\.0\.0\.0\/0/],
  example: {
    bad: `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: keep-in
spec:
  tier: Admin
  priority: 10
  subject:
    namespaces: {}
  egress:
    - action: Deny
      to:
        - networks:
            - 0.0.0.0/0
`,
    good: `apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata:
  name: keep-in
spec:
  tier: Admin
  priority: 10
  subject:
    namespaces: {}
  egress:
    - action: Deny
      to:
        - networks:
            - 0.0.0.0/0
            - ::/0
`,
  },

  *check(policy, world) {
    if (lacks(world, "IPv6")) return;
    const elsewhere = world.all(denied).filter((known) => !known.isOf(policy));
    const everywhere = [...denied6(policy), ...elsewhere.flatMap(({ value }) => value)];
    for (const { lists, subject, asks, both, leaks } of denials(policy)) {
      if (!leaks || lists.some(isTemplated)) continue;
      if (everywhere.some((other) => other.subject === subject && other.asks === asks)) continue;
      for (const list of lists) {
        const any = items(list).find((item) => familyOfAny(item) === "IPv4");
        if (!any) continue;
        // What `except` lets through is a list of IPv4 networks; its IPv6 counterpart cannot be guessed.
        const by = any.type === "map" ? (any.has("except") ? undefined : "cidr: ::/0") : "::/0";
        yield {
          at: under(list.path, any.get("cidr") ?? any),
          message: "0.0.0.0/0 denies no IPv6 address, which goes where other rules let it; deny ::/0 as well",
          fix: both && by ? { kind: "decision", title: "Deny ::/0 as well", edits: [any.insertAfter(by)] } : undefined,
        };
      }
    }
  },
};

/** A Deny that names prefixes, and what else it asks of a packet: its counterpart of the other family asks the same. */
interface Denial {
  readonly lists: readonly Field[];
  /** The pods, as JSON. */
  readonly subject: string;
  /** Direction, ports and protocol, as JSON. */
  readonly asks: string;
  /** One list may hold both families. */
  readonly both: boolean;
  /** Something behind it, or somewhere else, may let the other family through. */
  readonly leaks: boolean;
}

type Denied = Pick<Denial, "subject" | "asks">;

/** Every Deny of all of IPv6: they add up. */
const denied = fact<readonly Denied[]>(
  [...adminKinds, ...ciliumPolicyKinds, ...calicoPolicyKinds, "AntreaNetworkPolicy", "EgressFirewall"],
  (policy) => {
    const found = denied6(policy);
    return found.length > 0 ? found : undefined;
  },
  /::\/0/,
);

function denied6(policy: Resource): readonly Denied[] {
  return denials(policy)
    .filter(({ lists }) => lists.some((list) => items(list).some((item) => familyOfAny(item) === "IPv6")))
    .map(({ subject, asks }) => ({ subject, asks }));
}

function denials(policy: Resource): readonly Denial[] {
  if (policy.group === "crd.antrea.io") return ["ingress", "egress"].flatMap((way) => ofAntrea(policy, way));
  if (policy.kind === "EgressFirewall") return policy.group === "k8s.ovn.org" ? ofFirewall(policy) : [];
  if (adminKinds.includes(policy.kind)) return policy.group === "policy.networking.k8s.io" ? ofAdmin(policy) : [];
  if (ciliumPolicyKinds.includes(policy.kind)) return ciliumSpecs(policy).flatMap(ofCilium);
  return calicoGroups.includes(policy.group) ? ["ingress", "egress"].flatMap((way) => ofCalico(policy, way)) : [];
}

/** {@link https://antrea.io/docs/main/docs/antrea-network-policy/} */
function ofAntrea(policy: Resource, way: string): readonly Denial[] {
  const subject = asJson(policy.get("spec"), ["appliedTo"]);
  return items(policy.get("spec", way)).flatMap((rule) => {
    if (!/^(?:Drop|Reject)$/.test(rule.get("action")?.text ?? "")) return [];
    const lists = items(rule.get(way === "ingress" ? "from" : "to")).flatMap(
      (peer) => peer.get("ipBlock", "cidr") ?? [],
    );
    return [{ lists, subject, asks: `${way} ${asJson(rule, ["ports", "protocols"])}`, both: false, leaks: true }];
  });
}

/** What no rule names is let through. {@link https://ovn-kubernetes.io/features/network-security-controls/egress-firewall/} */
function ofFirewall(firewall: Resource): readonly Denial[] {
  const rules = items(firewall.get("spec", "egress")).filter((rule) => rule.get("type")?.text === "Deny");
  return rules.map((rule) => ({
    lists: [rule.get("to", "cidrSelector") ?? []].flat(),
    subject: firewall.namespace ?? "",
    asks: asJson(rule, ["ports"]),
    both: false,
    leaks: true,
  }));
}

function ofAdmin(policy: Resource): readonly Denial[] {
  const subject = asJson(policy.get("spec"), ["subject"]);
  return items(policy.get("spec", "egress")).flatMap((rule) => {
    if (rule.get("action")?.text !== "Deny") return [];
    const lists = items(rule.get("to")).flatMap((peer) => peer.get("networks") ?? []);
    return [{ lists, subject, asks: asJson(rule, ["ports", "protocols"]), both: true, leaks: true }];
  });
}

function ofCilium(spec: Field): readonly Denial[] {
  const subject = asJson(spec, ["endpointSelector", "nodeSelector"]);
  return (["ingress", "egress"] as const).flatMap((way) =>
    items(spec.get(`${way}Deny`)).map((rule) => {
      const prefix = way === "ingress" ? "from" : "to";
      const lists = ["CIDR", "CIDRSet"].flatMap((name) => rule.get(prefix + name) ?? []);
      const entities = items(rule.get(`${prefix}Entities`)).map(({ text }) => text ?? "");
      const leaks = !entities.some((entity) => ["world", "all", "world-ipv6"].includes(entity));
      return { lists, subject, asks: `${way} ${asJson(rule, ["toPorts", "icmps"])}`, both: true, leaks };
    }),
  );
}

/** At its end, a tier denies what no rule has let through: only with an Allow for all behind it does a Deny of one family leave a hole. */
function ofCalico(policy: Resource, way: string): readonly Denial[] {
  const rules = items(policy.get("spec", way));
  const peer = way === "ingress" ? "source" : "destination";
  const subject = asJson(policy.get("spec"), ["selector", "namespaceSelector", "serviceAccountSelector"]);
  return rules.flatMap((rule, index) => {
    if (rule.get("action")?.text !== "Deny") return [];
    const lists = [rule.get(peer, "nets") ?? []].flat();
    const asks = `${way} ${asJson(rule, ["protocol"])} ${asJson(rule.get("destination"), ["ports"])}`;
    return [{ lists, subject, asks, both: false, leaks: rules.slice(index + 1).some((later) => lets6(later, peer)) }];
  });
}

function lets6(rule: Field, peer: "source" | "destination"): boolean {
  if (!["Allow", "Pass"].includes(rule.get("action")?.text ?? "") || rule.get("ipVersion")?.text === "4") return false;
  const nets = items(rule.get(peer, "nets"));
  return nets.length === 0 || nets.some((net) => familyOfAny(net) === "IPv6");
}

function isTemplated(list: Field): boolean {
  return items(list).some(({ type }) => type === "template");
}

function familyOfAny(item: Field): Family | undefined {
  const prefix = parsePrefix((item.get("cidr") ?? item).text ?? "");
  return prefix?.length === 0 ? prefix.address.family : undefined;
}

/** One prefix may stand without a list. */
function items(field: Field | undefined): readonly Field[] {
  return field?.type === "string" ? [field] : (field?.items() ?? []);
}

function asJson(field: Field | undefined, keys: readonly string[]): string {
  return JSON.stringify(keys.map((key) => field?.get(key)?.toJSON() ?? null));
}
