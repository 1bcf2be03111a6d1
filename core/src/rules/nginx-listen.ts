import { otherFamily } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Report, Rule, World } from "../lint/rule.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Directive } from "../program-files/directive.ts";
import { indentBefore } from "../program-files/lines.ts";
import { type NginxListen, nginxListens } from "../program-files/nginx-listen.ts";

export const rule: Rule = {
  summary: "An nginx server that listens on one family",
  why: `\`listen 80\` is every IPv4 address and \`listen [::]:80\` every IPv6 one: since nginx 1.3.4 \`ipv6only=on\` is the default, so
a server for both has both lines. \`ipv6only=off\` takes IPv4 with it, and then a second line for IPv4 cannot bind.`,
  source: "https://nginx.org/en/docs/http/ngx_http_core_module.html#listen",
  severity: "warning",
  codes: ["ARG006"],
  kinds: ["NginxConf"],
  example: {
    bad: configMap("listen 8080;"),
    good: configMap("listen 8080;\n        listen [::]:8080;"),
  },

  *check(file, world) {
    const servers = nginxListens(file.source);
    const both = new Set(servers.flat().flatMap(({ wildcard, port, off }) => (wildcard === "IPv6" && off ? port : [])));
    // A listen that nginx refuses, or that comes from elsewhere, may be the one that is missing.
    for (const own of servers) if (!own.some(({ unread }) => unread)) yield* single(file, own, both, world);
  },
};

function* single(
  file: Resource,
  own: readonly NginxListen[],
  both: ReadonlySet<string>,
  world: World,
): Iterable<Report> {
  for (const listen of own) {
    const { wildcard, port, directive } = listen;
    if (
      !wildcard ||
      both.has(port) ||
      own.some((other) => other.port === port && other.wildcard !== wildcard && other.wildcard) ||
      lacks(world, otherFamily(wildcard))
    )
      continue;
    const address = wildcard === "IPv4" ? `[::]:${port}` : port;
    const options = directive.args.slice(1).filter(({ text }) => !text.startsWith("ipv6only"));
    const line = `listen ${[address, ...options.map(({ text }) => text)].join(" ")};`;
    const at = directive.args[0] ?? directive.name;
    const message = `this server answers over ${wildcard} only: add ${line}`;
    yield {
      at: file.at(at.start, at.end),
      message,
      fix: { kind: "decision", title: `Add ${line}`, edits: [below(file, directive, line)] },
    };
    return;
  }
}

function below(file: Resource, { name, end }: Directive, line: string): Edit | undefined {
  const lead = indentBefore(file.source, name.start);
  return file.edit(end, end, lead === undefined ? ` ${line}` : `\n${lead}${line}`);
}

function configMap(listen: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  default.conf: |
    server {
        ${listen}
        server_name _;
    }
`;
}
