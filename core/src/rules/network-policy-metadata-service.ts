import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { isAny, policyRules } from "../kinds/network-policy.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";

/** {@link https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html} */
const services = { IPv4: "169.254.169.254", IPv6: "fd00:ec2::254" };

export const rule: Rule = {
  summary: "The instance metadata service is shut off over IPv4 and open over IPv6",
  why: `Policies keep 169.254.169.254 out of 0.0.0.0/0, since pods have no business with the node's credentials. On AWS the
same service answers at fd00:ec2::254, which ::/0 lets through unless its block has an \`except\` of its own.`,
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
  severity: "information",
  codes: ["NP009"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except: [169.254.169.254/32]
        - ipBlock:
            cidr: ::/0
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except: [169.254.169.254/32]
        - ipBlock:
            cidr: ::/0
            except: [fd00:ec2::254/128]
`,
  },

  *check(policy) {
    for (const { direction, peers } of policyRules(policy)) {
      const blocks = direction === "egress" ? (peers?.items().flatMap((peer) => peer.get("ipBlock") ?? []) ?? []) : [];
      if (!blocks.some((block) => shutsOff(block, "IPv4"))) continue;
      for (const block of blocks) {
        const cidr = block.get("cidr");
        if (!cidr || !isAny(cidr, "IPv6") || shutsOff(block, "IPv6")) continue;
        const except = block.get("except");
        const entry = `${services.IPv6}/128`;
        const edit = except ? except.append(entry) : cidr.insertAfter(`except: [${entry}]`);
        yield {
          at: cidr,
          message: "::/0 holds the AWS metadata service at fd00:ec2::254; except it here too",
          fix: { kind: "decision", title: `Except ${entry}`, edits: [edit] },
        };
      }
    }
  },
};

function shutsOff(block: Field, family: "IPv4" | "IPv6"): boolean {
  const service = parseAddress(services[family]);
  return (block.get("except")?.items() ?? []).some(({ text }) => {
    const prefix = parsePrefix(text ?? "");
    return prefix !== undefined && service !== undefined && contains(prefix, service);
  });
}
