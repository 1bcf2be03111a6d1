import { bareAddress } from "../addresses/bare-address.ts";
import type { Fix, Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import { type Directive, type DirectiveWord, walk } from "../program-files/directive.ts";
import { parseNginx } from "../program-files/nginx.ts";

export const rule: Rule = {
  summary: "An IPv6 address without brackets in an nginx configuration",
  why: `nginx takes IPv6 in brackets only, in \`listen\`, \`server\`, \`resolver\`, \`proxy_pass\` and its kin, with a port or without.
Anything else stops it at the start. \`resolver … ipv6=off\` is let in, and hides every AAAA record from nginx.`,
  source: "https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server",
  severity: "error",
  codes: ["ARG008", "ARG009"],
  kinds: ["NginxConf"],
  example: {
    bad: configMap("fd12:3456:789a::5:8080"),
    good: configMap("[fd12:3456:789a::5]:8080"),
  },

  *check(file) {
    for (const { directive, within } of walk(parseNginx(file.source))) {
      const { name, args } = directive;
      if (name.text === "resolver") yield* resolver(file, args);
      else for (const arg of addresses(directive, within)) yield* bare(file, arg, says(name.text, arg), ["ARG009"]);
    }
  },
};

function addresses({ name, args, block }: Directive, within: readonly Directive[]): readonly DirectiveWord[] {
  const first = args.slice(0, 1);
  if (/^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/.test(name.text) || name.text === "listen") return first;
  return name.text === "server" && !block && within.at(-1)?.name.text === "upstream" ? first : [];
}

function says(name: string, { text }: DirectiveWord): string {
  return name === "listen"
    ? `invalid port in "${text}" of the "listen" directive`
    : `invalid port in upstream "${text}"`;
}

function* resolver(file: Resource, args: readonly DirectiveWord[]): Iterable<Report> {
  for (const arg of args) {
    yield* bare(file, arg, `invalid port in resolver "${arg.text}"`, ["ARG008"]);
    if (arg.text === "ipv6=off")
      yield {
        at: file.at(arg.start, arg.end),
        message: "nginx asks for no AAAA records with ipv6=off: remove it to reach upstreams over IPv6",
        severity: "warning",
        codes: ["ARG008"],
        fix: { kind: "decision", title: "Remove ipv6=off", edits: [file.edit(arg.start - 1, arg.end, "")] },
      };
  }
}

function* bare(file: Resource, arg: DirectiveWord, message: string, codes: readonly string[]): Iterable<Report> {
  const [, scheme = "", authority = ""] = /^(\w+:\/\/)?([^/]*)/.exec(arg.text) ?? [];
  const found = bareAddress(authority);
  if (!found) return;
  const start = arg.start + file.source.slice(arg.start, arg.end).indexOf(authority, scheme.length);
  const kind = found.bracketed.length > 1 ? "decision" : "spelling";
  const fix: readonly Fix[] = found.bracketed.map((text) => ({
    kind,
    title: `Write ${text}`,
    edits: [file.edit(start, start + authority.length, text)],
  }));
  yield { at: file.at(arg.start, arg.end), message: `${message}: write ${found.bracketed[0]}`, codes, fix };
}

function configMap(server: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  default.conf: |
    upstream app { server ${server}; }
`;
}
