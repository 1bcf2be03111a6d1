import { familyOf } from "../addresses/address.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { givenTexts } from "../kinds/given-texts.ts";
import { settingFields } from "../kinds/setting-fields.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field, Place } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Traefik trusts balancers of IPv4 only",
  why: `\`trustedIPs\` of \`proxyProtocol\` and \`forwardedHeaders\` say from whom Traefik takes the client's address. Who is in none of the ranges is
not believed: over IPv6 the balancer in front is then taken for the client, and allow lists and logs show its address.`,
  source: "https://doc.traefik.io/traefik/reference/install-configuration/entrypoints/#forwarded-headers",
  severity: "warning",
  kinds: ["HelmValues", ...podKinds],
  mentions: [/trustedIPs/i],
  example: {
    cluster: "dual-v4",
    bad: values("10.0.0.0/8"),
    good: values('10.0.0.0/8, "fd12:3456:789a::/48"'),
  },

  *check(resource, world) {
    const cluster = clusterOf(world);
    if (cluster === "unknown" || cluster === "v4") return;
    for (const { at, ranges } of [...listsIn(resource), ...argumentsIn(resource)])
      if (isIPv4(ranges.filter((range) => !/^(?:127\.|::1\b)/.test(range))))
        yield { at, message: "only IPv4 ranges: over IPv6 the balancer is taken for the client; add its IPv6 range" };
  },
};

function isIPv4(ranges: readonly string[]): boolean {
  return ranges.length > 0 && ranges.every((range) => familyOf(range) === "IPv4");
}

interface Trusted {
  readonly at: Place | undefined;
  readonly ranges: readonly string[];
}

function listsIn({ root, kind }: Resource): readonly Trusted[] {
  return kind === "HelmValues" ? [...entriesOf(root)] : [];
}

function* entriesOf(field: Field, depth = 0): Iterable<Trusted> {
  if (depth > 8) return;
  for (const [key, below] of field.entries()) {
    const list = /^(?:proxyProtocol|forwardedHeaders)$/.test(key) ? below.get("trustedIPs") : undefined;
    if (list?.type === "seq") yield { at: list.items()[0], ranges: list.items().map(({ text }) => text ?? "") };
    else yield* entriesOf(below, depth + 1);
  }
}

const flag = /^--entrypoints\.[\w-]+\.(?:proxyProtocol|forwardedHeaders)\.trustedIPs=(.+)$/i;

function argumentsIn(resource: Resource): readonly Trusted[] {
  const texts =
    resource.kind === "HelmValues" ? [...settingFields(resource)] : givenTexts(resource).map(({ field }) => field);
  return texts.flatMap((field) => {
    const list = flag.exec(field.text ?? "")?.[1];
    if (list === undefined || field.text === undefined) return [];
    const ranges = list.split(",").map((range) => range.trim());
    return [{ at: field.within(field.text.length - list.length, field.text.length), ranges }];
  });
}

function values(ranges: string): string {
  return `ports:
  websecure:
    proxyProtocol:
      trustedIPs: [${ranges}]
`;
}
