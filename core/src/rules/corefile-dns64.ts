import { parsePrefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import { parseCorefile } from "../program-files/corefile.ts";
import type { Directive, DirectiveWord } from "../program-files/directive.ts";

export const rule: Rule = {
  summary: "A dns64 plugin that CoreDNS does not start with",
  why: `The prefix is IPv6 and 32 to 96 bits long in steps of 8; NAT64 gateways use /96. Its properties are \`prefix\`,
\`translate_all\` and \`allow_ipv4\`. Without the last, only questions that come over IPv6 get synthesized answers.`,
  source: "https://coredns.io/plugins/dns64/",
  severity: "error",
  codes: ["DNS005", "DNS006", "DNS010"],
  kinds: ["Corefile"],
  example: {
    bad: corefile("64:ff9b::/100"),
    good: corefile("64:ff9b::/96"),
  },

  *check(file, world) {
    const plugins = parseCorefile(file.source).flatMap(({ plugins }) => plugins);
    for (const plugin of plugins.filter(({ name }) => name.text === "dns64")) {
      const prefixes = plugin.block?.flatMap(({ name, args }) => (name.text === "prefix" && args[0] ? args[0] : []));
      for (const prefix of [...plugin.args, ...(prefixes ?? [])]) yield* length(file, prefix);
      yield* properties(file, plugin);
      const allowed = plugin.block?.some(({ name }) => name.text === "allow_ipv4");
      if (!allowed && ["dual-v4", "v4"].includes(world.cluster))
        yield {
          at: file.at(plugin.name.start, plugin.name.end),
          message: "questions that come over IPv4 get no synthesized AAAA: add allow_ipv4 for pods that ask so",
          severity: "information",
          codes: ["DNS010"],
        };
    }
  },
};

function* length(file: Resource, { text, start, end }: DirectiveWord): Iterable<Report> {
  const prefix = parsePrefix(text);
  const at = file.at(start, end);
  const fine =
    prefix?.address.family === "IPv6" && prefix.length % 8 === 0 && prefix.length >= 32 && prefix.length <= 96;
  if (fine || /[{$]/.test(text)) return;
  const message = !prefix
    ? `invalid CIDR address: ${text}; write an IPv6 prefix such as 64:ff9b::/96`
    : prefix.address.family === "IPv4"
      ? `invalid netmask 32 IPv6 address: "${text}"; write an IPv6 prefix`
      : `invalid prefix length "${text}": it is 32, 40, 48, 56, 64, 72, 80, 88 or 96`;
  const whole = prefix?.address.family === "IPv6" && prefix.length > 96 ? text.replace(/\/\d+$/, "/96") : undefined;
  const fix: Report["fix"] = whole
    ? { kind: "decision", title: `Write ${whole}`, edits: [file.edit(start, end, whole)] }
    : undefined;
  yield { at, message, codes: ["DNS005"], fix };
}

function* properties(file: Resource, { block }: Directive): Iterable<Report> {
  for (const { name } of block ?? []) {
    if (["prefix", "translate_all", "allow_ipv4"].includes(name.text)) continue;
    const fix = name.text === "allow_v4" ? [file.edit(name.start, name.end, "allow_ipv4")] : [];
    yield {
      at: file.at(name.start, name.end),
      message: `unknown property '${name.text}': there are prefix, translate_all and allow_ipv4`,
      codes: ["DNS006"],
      fix: { kind: "spelling", title: "Write allow_ipv4", edits: fix },
    };
  }
}

function corefile(prefix: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
data:
  Corefile: |
    .:53 {
        dns64 ${prefix}
    }
`;
}
