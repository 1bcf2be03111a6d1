import { parsePrefix } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import { ciliumPolicyKinds, ciliumSpecs } from "../kinds/cilium-policy.ts";
import { policyRules } from "../kinds/network-policy.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "0.0.0.0/0 has exceptions, and ::/0 beside it has none",
  why: `Exceptions such as 10.0.0.0/8 keep pods out of what lies inside. A bare \`::/0\` beside them lets the same pods reach the same hosts
over IPv6. Its counterparts are unique local and link-local addresses, \`fc00::/7\` and \`fe80::/10\`, and the prefixes that the
cluster and its networks really have.`,
  source: "https://www.rfc-editor.org/rfc/rfc4193",
  severity: "warning",
  codes: ["NP007"],
  kinds: ["NetworkPolicy", ...ciliumPolicyKinds],
  mentions: [/::\/0/],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]
        - ipBlock:
            cidr: ::/0
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]
        - ipBlock:
            cidr: ::/0
            except: ["fc00::/7", "fe80::/10"]
`,
  },

  *check(policy, world) {
    if (lacks(world, "IPv6")) return;
    for (const blocks of blocksOf(policy)) {
      const keeps = blocks.some((block) => isAny(block, "IPv4") && privates(block));
      const bare = blocks.find((block) => isAny(block, "IPv6") && !block.has("except"));
      if (keeps && bare)
        yield {
          at: bare.get("cidr"),
          message: "::/0 has none of the exceptions of 0.0.0.0/0: except fc00::/7, fe80::/10 and your prefixes",
        };
    }
    if (ciliumPolicyKinds.includes(policy.kind)) yield* deniedBeside(policy);
  },
};

/** What a Deny keeps all pods from is an exception as well; one for some ports alone is none. */
function* deniedBeside(policy: Resource): Iterable<Report> {
  for (const spec of ciliumSpecs(policy)) {
    const denied = prefixesOf(
      spec
        .get("egressDeny")
        ?.items()
        .filter((rule) => !rule.has("toPorts")),
    );
    const isPrivate = ({ text = "" }: Field) => own.test(text);
    if (!denied.some(isPrivate) || denied.some(({ text = "" }) => text.includes(":"))) continue;
    const allowed = prefixesOf(spec.get("egress")?.items());
    const bare = allowed.find((field) => isAnyOf(field, "IPv6") && !field.parent?.has("except"));
    if (bare && allowed.some((field) => isAnyOf(field, "IPv4")))
      yield {
        at: bare,
        message:
          "egressDeny keeps pods from no IPv6 network that ::/0 lets in: deny fc00::/7, fe80::/10 and your prefixes",
      };
  }
}

function prefixesOf(rules: readonly Field[] = []): readonly Field[] {
  return rules.flatMap((rule) => [
    ...(rule.get("toCIDR")?.items() ?? []),
    ...(rule.get("toCIDRSet")?.items() ?? []).flatMap((item) => item.get("cidr") ?? []),
  ]);
}

/** The prefixes with exceptions of each rule. */
function blocksOf(policy: Resource): readonly (readonly Field[])[] {
  if (policy.kind === "NetworkPolicy")
    return policyRules(policy).map(({ peers }) => peers?.items().flatMap((peer) => peer.get("ipBlock") ?? []) ?? []);
  const rules = ciliumSpecs(policy).flatMap((spec) =>
    ["ingress", "egress"].flatMap((direction) => spec.get(direction)?.items() ?? []),
  );
  return rules.map((one) => ["fromCIDRSet", "toCIDRSet"].flatMap((list) => one.get(list)?.items() ?? []));
}

/** What is kept out is a network of one's own, {@link https://www.rfc-editor.org/rfc/rfc1918}: it has a counterpart, a host alone need not. */
function privates(block: Field): boolean {
  const excepts = block.get("except")?.items() ?? [];
  return excepts.some(({ text = "" }) => own.test(text) && (parsePrefix(text)?.length ?? 32) <= 24);
}

/** {@link https://www.rfc-editor.org/rfc/rfc1918} */
const own = /^(?:10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.)/;

function isAny(block: Field, family: "IPv4" | "IPv6"): boolean {
  return isAnyOf(block.get("cidr"), family);
}

function isAnyOf(field: Field | undefined, family: "IPv4" | "IPv6"): boolean {
  const prefix = parsePrefix(field?.text ?? "");
  return prefix?.length === 0 && prefix.address.family === family;
}
