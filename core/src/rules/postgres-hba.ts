import { familyOf } from "../address.ts";
import { wordLines } from "../files/lines.ts";
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  summary: "PostgreSQL lets clients in over IPv4 only",
  why: `An address in pg_hba.conf is of one family: \`0.0.0.0/0\` is every IPv4 client and no IPv6 one, who is told that there is no
entry for the host. Write the line for \`::/0\` as well, or \`all\`.`,
  source: "https://www.postgresql.org/docs/current/auth-pg-hba-conf.html",
  severity: "warning",
  codes: ["ARG012"],
  kinds: ["PgHba"],
  example: {
    bad: configMap(""),
    good: configMap("    host all all ::/0 scram-sha-256\n"),
  },

  *check(file) {
    const hosts = wordLines(file.source).filter(([type]) => /^host/.test(type?.text ?? ""));
    const addresses = hosts.flatMap(([, , , address]) => address ?? []);
    const any = addresses.find(({ text }) => text === "0.0.0.0/0");
    if (!any || addresses.some(({ text }) => text === "all" || familyOf(text) === "IPv6")) return;
    const start = file.source.lastIndexOf("\n", any.start) + 1;
    const newline = file.source.indexOf("\n", start);
    const end = newline < 0 ? file.source.length : newline;
    const line = file.source.slice(start, end).replace("0.0.0.0/0", "::/0");
    yield {
      at: file.at(any.start, any.end),
      message: "nobody gets in over IPv6: add the same line for ::/0",
      fix: { title: "Add a line for ::/0", edits: [file.edit(end, end, `\n${line}`)] },
    };
  },
};

function configMap(more: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: db
data:
  pg_hba.conf: |
    host all all 0.0.0.0/0 scram-sha-256
${more}`;
}
