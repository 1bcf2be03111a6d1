import { otherFamily } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import type { DirectiveWord } from "../program-files/directive.ts";
import { wordLines } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "An HAProxy frontend that listens on one family",
  why: `\`bind *:80\`, \`bind :80\` and \`bind 0.0.0.0:80\` are IPv4 only. \`bind :::80 v4v6\` is both; with \`v6only\` it is IPv6 only.`,
  source: "https://docs.haproxy.org/2.6/configuration.html#4.2-bind",
  severity: "warning",
  codes: ["ARG010"],
  kinds: ["HAProxyConf"],
  example: {
    bad: configMap("*:80"),
    good: configMap(":::80 v4v6"),
  },

  *check(file, world) {
    for (const binds of sections(file)) {
      const listens = binds.flatMap(read);
      const wildcards = new Set(listens.map(({ family, port }) => `${family} ${port}`));
      for (const { address, family, port, only } of listens) {
        if (!family || wildcards.has(`${otherFamily(family)} ${port}`)) continue;
        if (family === "IPv6" && !only) continue;
        if (lacks(world, otherFamily(family))) continue;
        yield report(file, address, family, port, only);
      }
    }
  },
};

interface Listen {
  readonly address: DirectiveWord;
  /** Of a wildcard; undefined for an address of the host's own, a socket or a variable. */
  readonly family: "IPv4" | "IPv6" | undefined;
  readonly port: string;
  readonly only: DirectiveWord | undefined;
}

/** The bind lines of every section. */
function sections(file: Resource): readonly (readonly (readonly DirectiveWord[])[])[] {
  const found: (readonly DirectiveWord[])[][] = [];
  for (const line of wordLines(file.source)) {
    if (/^(?:global|defaults|frontend|listen|backend|peers|resolvers|userlist)$/.test(line[0]?.text ?? ""))
      found.push([]);
    else if (line[0]?.text === "bind" && line[1]) found.at(-1)?.push(line);
  }
  return found;
}

function read([, address, ...options]: readonly DirectiveWord[]): Listen[] {
  if (!address) return [];
  const only = options.find(({ text }) => text === "v6only");
  return address.text.split(",").map((text) => {
    const port = text.slice(text.lastIndexOf(":") + 1);
    const host = text.slice(0, -port.length - 1).replace(/^ipv([46])@/, (_, version) => (version === "4" ? "" : "::"));
    const family = ["", "*", "0.0.0.0"].includes(host)
      ? "IPv4"
      : ["::", "[::]", "::*", ":::"].includes(host)
        ? "IPv6"
        : undefined;
    return { address, family: somePort.test(text.slice(-port.length - 1)) ? family : undefined, port, only };
  });
}

/** Digits, a range, or one from the environment. {@link https://docs.haproxy.org/2.6/configuration.html#2.3} */
const somePort = /^(?::?[\d-]+|:\$\{\w+(?:-\d+)?\}|:\$\w+)$/;

function report(
  file: Resource,
  address: DirectiveWord,
  family: string,
  port: string,
  only: DirectiveWord | undefined,
): Report {
  const at = only ?? address;
  const both = `:::${port} v4v6`;
  const alone = !address.text.includes(",");
  const edit = only
    ? file.edit(only.start, only.end, "v4v6")
    : alone
      ? file.edit(address.start, address.end, both)
      : undefined;
  return {
    at: file.at(at.start, at.end),
    message: `this frontend answers over ${family} only: write bind ${both}`,
    fix: { kind: "decision", title: "Listen on both families", edits: [edit] },
  };
}

function configMap(bind: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: edge
data:
  haproxy.cfg: |
    frontend web
        bind ${bind}
        default_backend app
`;
}
