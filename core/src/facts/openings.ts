import { type Family, familyOf, parsePrefix } from "../addresses/address.ts";
import { calicoGroups } from "../kinds/calico-policy.ts";
import { ciliumOpenings, ciliumPolicyKinds, ciliumSpecs } from "../kinds/cilium-policy.ts";
import { isolates, type Openings, openings } from "../kinds/network-policy.ts";
import { calicoPodSelector, type PodSelector, podSelector, selectsAllOf } from "../kinds/pod-selector.ts";
import { calicoPortsOf, type Ports } from "../kinds/policy-ports.ts";
import { fact, type KnownFact } from "../lint/fact.ts";
import type { World } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** What a policy, or one part of it, opens to everybody of a family, and of which pods. */
interface Opened {
  readonly selector: PodSelector;
  readonly IPv4: Openings;
  readonly IPv6: Openings;
}

const clusterwide = ["CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy"];

const opened = fact<readonly Opened[]>(
  ["NetworkPolicy", "CalicoNetworkPolicy", "GlobalNetworkPolicy", ...ciliumPolicyKinds],
  (policy) => {
    const all = read(policy).filter(({ IPv4, IPv6 }) =>
      [IPv4, IPv6].some((of) => of.ingress.length + of.egress.length),
    );
    return all.length > 0 ? all : undefined;
  },
);

/**
 * The ports on which other policies of the same pods let everybody of a family in or out: what is allowed is the union of all policies,
 * {@link https://kubernetes.io/docs/concepts/services-networking/network-policies/}.
 */
export function openedElsewhere(
  world: World,
  policy: Resource,
  spec: Field | undefined,
  direction: "ingress" | "egress",
  family: Family,
): readonly Ports[] {
  const selector = podSelector(spec?.get("podSelector") ?? spec?.get("endpointSelector"));
  const index = world.digest(opened, bySelector);
  const places = clusterwide.includes(policy.kind) ? [everywhere] : [everywhere, policy.namespace ?? "default"];
  return places
    .flatMap((place) => keysFor(selector).flatMap((key) => index.get(`${place} ${key}`) ?? []))
    .flatMap(({ known, one }) => {
      // What its own spec opens is counted where the rule stands; another spec of the same policy is like another policy.
      if (known.isOf(policy) && policy.kind === "NetworkPolicy") return [];
      return selectsAllOf(one.selector, selector) ? one[family][direction] : [];
    });
}

interface Indexed {
  readonly known: KnownFact<readonly Opened[]>;
  readonly one: Opened;
}

const everywhere = "*";

/** Under the first of its labels, so that a selector is compared with those alone that can hold it. */
function bySelector(all: readonly KnownFact<readonly Opened[]>[]): ReadonlyMap<string, readonly Indexed[]> {
  const index = new Map<string, Indexed[]>();
  for (const known of all)
    for (const one of known.value) {
      const place = clusterwide.includes(known.kind) ? everywhere : (known.namespace ?? "default");
      const key = `${place} ${labelKeys(one.selector)[0] ?? one.selector.text}`;
      const there = index.get(key);
      if (there) there.push({ known, one });
      else index.set(key, [{ known, one }]);
    }
  return index;
}

function keysFor(selector: PodSelector): readonly string[] {
  return [...new Set(["{}", selector.text, ...labelKeys(selector)])];
}

function labelKeys({ labels = {} }: PodSelector): string[] {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort();
}

function read(policy: Resource): readonly Opened[] {
  if (policy.kind === "NetworkPolicy") return [ofNetworkPolicy(policy)];
  if (ciliumPolicyKinds.includes(policy.kind))
    return ciliumSpecs(policy)
      .filter((spec) => !spec.has("nodeSelector"))
      .map((spec) => ({
        selector: podSelector(spec.get("endpointSelector")),
        IPv4: ciliumOpenings(spec, "IPv4"),
        IPv6: ciliumOpenings(spec, "IPv6"),
      }));
  return calicoGroups.includes(policy.group) ? [ofCalico(policy)] : [];
}

function ofNetworkPolicy(policy: Resource): Opened {
  const inForce = (family: Family): Openings => {
    const { ingress, egress } = openings(policy, family);
    return {
      ingress: isolates(policy, "ingress") ? ingress : [],
      egress: isolates(policy, "egress") ? egress : [],
    };
  };
  return { selector: podSelector(policy.get("spec", "podSelector")), IPv4: inForce("IPv4"), IPv6: inForce("IPv6") };
}

function ofCalico(policy: Resource): Opened {
  const spec = policy.get("spec");
  const narrowed = ["serviceAccountSelector", "namespaceSelector"].some((key) => spec?.has(key));
  const of = (family: Family): Openings => ({
    ingress: narrowed ? [] : calicoOpen(spec?.get("ingress")?.items() ?? [], "source", family),
    egress: narrowed ? [] : calicoOpen(spec?.get("egress")?.items() ?? [], "destination", family),
  });
  return { selector: calicoPodSelector(spec?.get("selector")?.text), IPv4: of("IPv4"), IPv6: of("IPv6") };
}

/** A rule before it may deny what a rule allows: only what stands in front of every Deny is surely open. */
function calicoOpen(rules: readonly Field[], peer: "source" | "destination", family: Family): readonly Ports[] {
  const denies = rules.findIndex((rule) => rule.get("action")?.text !== "Allow");
  const allowing = denies < 0 ? rules : rules.slice(0, denies);
  return allowing.filter((rule) => isOpen(rule, peer, family)).flatMap(calicoPortsOf);
}

function isOpen(rule: Field, peer: "source" | "destination", family: Family): boolean {
  const version = rule.get("ipVersion")?.text;
  if (version !== undefined && version !== (family === "IPv4" ? "4" : "6")) return false;
  const other = peer === "source" ? "destination" : "source";
  const narrows = [rule.get(peer), rule.get(other)].some((end) =>
    end?.entries().some(([key]) => key !== "nets" && !(end.step === "destination" && key === "ports")),
  );
  const asks = ["icmp", "notICMP", "notProtocol", "http"].some((key) => rule.has(key));
  if (narrows || asks || rule.has(other, "nets")) return false;
  const nets = rule.get(peer, "nets")?.items() ?? [];
  return (
    nets.length === 0 || nets.some(({ text = "" }) => parsePrefix(text)?.length === 0 && familyOf(text) === family)
  );
}
