import { contains, hostPrefix, network, type Prefix, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "whereabouts cannot read a range, or it does not fit what stands beside it",
  why: `A \`range\` is a prefix, or two addresses with the prefix length behind the second: \`fd12::10-fd12::20/112\`, without blanks. What is in
\`exclude\` has a length, too, and the gateway is an address of the range's network.`,
  source: "https://github.com/k8snetworkplumbingwg/whereabouts/blob/master/pkg/config/config.go",
  severity: "error",
  codes: ["CNI006"],
  kinds: ["CNIConfig"],
  mentions: [/whereabouts/],
  example: {
    bad: attachment("fd12:3456:789a::10-fd12:3456:789a::99 /112"),
    good: attachment("fd12:3456:789a::10-fd12:3456:789a::99/112"),
  },

  *check(config) {
    for (const ipam of ipams(config)) {
      const ranges = [ipam, ...(ipam.get("ipRanges")?.items() ?? [])];
      const networks = ranges.flatMap((at) => networkOf(at.get("range")?.text) ?? []);
      for (const at of ranges) yield* judge(at);
      const subnet = ipam.get("subnet");
      if (subnet && !ipam.has("range") && !ipam.has("ipRanges"))
        yield {
          at: subnet.key,
          message: "invalid CIDR (do you have the 'range' parameter set for Whereabouts?); write range, not subnet",
        };
      const gateway = ipam.get("gateway");
      const address = parseAddress(gateway?.text ?? "");
      const own = networks.filter((one) => one.address.family === address?.family);
      if (address && own.length > 0 && !own.some((one) => contains(one, address)))
        yield {
          at: gateway,
          severity: "warning",
          message: `gateway ${gateway?.text} is in no network of the ranges: write an address of one`,
        };
    }
  },
};

function* judge(at: Field): Iterable<Report> {
  const range = at.get("range");
  const inside = networkOf(range?.text);
  if (range?.text !== undefined && range.text !== "" && !inside && !isPlaceholder(range.text))
    yield {
      at: range,
      message: `invalid CIDR (do you have the 'range' parameter set for Whereabouts?); ${advice(range.text)}`,
    };
  for (const excluded of at.get("exclude")?.items() ?? []) {
    const prefix = parsePrefix(excluded.text ?? "");
    const address = parseAddress(excluded.text ?? "");
    if (
      excluded.text === undefined ||
      isPlaceholder(excluded.text) ||
      (prefix && (!inside || contains(inside, prefix)))
    )
      continue;
    yield prefix
      ? { at: excluded, severity: "warning", message: `${excluded.text} is not in the range: it keeps nothing free` }
      : {
          at: excluded,
          message: `invalid CIDR address: ${address ? `write ${excluded.text}/${hostPrefix(address).length}` : "write address/length"}`,
        };
  }
}

function networkOf(text: string | undefined): Prefix | undefined {
  const ends = text?.split("-") ?? [];
  const last = parsePrefix(ends.at(-1) ?? "");
  const first = ends.length === 2 ? parseAddress(ends[0] ?? "") : last?.address;
  if (!last || !first || ends.length > 2 || first.family !== last.address.family) return undefined;
  const inside = network(last);
  return contains(inside, first) ? inside : undefined;
}

function advice(text: string): string {
  if (/\s/.test(text)) return "remove the blank";
  return text.includes("-")
    ? "write two addresses of one network and its length behind the second"
    : "write address/length";
}

function ipams(config: Resource): readonly Field[] {
  const all = [config.root, ...(config.get("plugins")?.items() ?? [])].flatMap((plugin) => plugin.get("ipam") ?? []);
  return all.filter((ipam) => ipam.get("type")?.text === "whereabouts");
}

function attachment(range: string): string {
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: storage
spec:
  config: '{"cniVersion":"1.0.0","name":"storage","type":"macvlan","ipam":{"type":"whereabouts","range":"${range}"}}'
`;
}
