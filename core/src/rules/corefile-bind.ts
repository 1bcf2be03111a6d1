import { isOwn, servesIPv6 } from "../addresses/listen-address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Rule } from "../lint/rule.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Resource } from "../manifest/resource.ts";
import { parseCorefile } from "../program-files/corefile.ts";
import type { Directive } from "../program-files/directive.ts";

export const rule: Rule = {
  summary: "CoreDNS listens on IPv4 only",
  why: `Without \`bind\` CoreDNS answers on every address of both families. \`bind 0.0.0.0\` leaves the IPv6 ClusterIP of the DNS
Service without a server.`,
  source: "https://coredns.io/plugins/bind/",
  severity: "warning",
  codes: ["DNS009"],
  kinds: ["Corefile"],
  example: {
    bad: corefile("bind 0.0.0.0\n        "),
    good: corefile(""),
  },

  *check(file, world) {
    if (lacks(world, "IPv6")) return;
    for (const { plugins } of parseCorefile(file.source)) {
      const binds = plugins.filter(({ name }) => name.text === "bind");
      const any = binds.flatMap(({ args }) => args).find(({ text }) => text === "0.0.0.0");
      if (!any || binds.some(({ args }) => args.some(({ text }) => servesIPv6(text)))) continue;
      const [bind, ...others] = binds;
      const alone = others.length === 0 && bind?.args.every((word) => word === any || isOwn(word.text));
      yield {
        at: file.at(any.start, any.end),
        message: "CoreDNS does not answer over IPv6 with bind 0.0.0.0: remove bind",
        fix: { kind: "decision", title: "Remove bind", edits: [alone && bind ? removeLine(file, bind) : undefined] },
      };
    }
  },
};

/** A directive of one line; what shares the line with it stays, so that it is not removed then. */
function removeLine(file: Resource, { name, end: last }: Directive): Edit | undefined {
  const start = file.source.lastIndexOf("\n", name.start - 1) + 1;
  const end = file.source.indexOf("\n", last) + 1;
  const whole = file.source.slice(start, end).trim() === file.source.slice(name.start, last);
  return whole ? file.edit(start, end, "") : undefined;
}

function corefile(bind: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
data:
  Corefile: |
    .:53 {
        ${bind}forward . /etc/resolv.conf
    }
`;
}
