import type { Rule } from "../lint/rule.ts";
import { nginxListens } from "../program-files/nginx-listen.ts";

export const rule: Rule = {
  summary: "nginx cannot bind IPv4 beside ipv6only=off",
  why: `\`listen [::]:80 ipv6only=off\` opens one socket for both families, so a second \`listen 80\` finds the address in use and
nginx does not start. Keep two lines and leave \`ipv6only\` at its default, \`on\`.`,
  source: "https://nginx.org/en/docs/http/ngx_http_core_module.html#listen",
  severity: "error",
  codes: ["ARG007"],
  kinds: ["NginxConf"],
  example: {
    bad: configMap("[::]:80 ipv6only=off"),
    good: configMap("[::]:80"),
  },

  *check(file) {
    const listens = nginxListens(file.source).flat();
    for (const { wildcard, port, off } of listens) {
      if (!off || wildcard !== "IPv6") continue;
      if (!listens.some((other) => other.wildcard === "IPv4" && other.port === port)) continue;
      yield {
        at: file.at(off.start, off.end),
        message: `bind() to [::]:${port} failed (98: Address already in use): remove ipv6only=off beside listen ${port}`,
        fix: { kind: "decision", title: "Remove ipv6only=off", edits: [file.edit(off.start - 1, off.end, "")] },
      };
    }
  },
};

function configMap(listen: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  default.conf: |
    server {
        listen 80;
        listen ${listen};
    }
`;
}
