import { isLoopback, parseAddress } from "../addresses/address.ts";
import { bareAddress } from "../addresses/bare-address.ts";
import { splitHostPort } from "../addresses/host-port.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import { type CoreServer, parseCorefile, portOf } from "../program-files/corefile.ts";
import type { DirectiveWord } from "../program-files/directive.ts";

export const rule: Rule = {
  summary: "CoreDNS forwards to an upstream it cannot read, or to itself",
  why: `An IPv6 upstream stands bare (\`fd00::53\`), or in brackets with a port: \`[fd00::53]:53\`. Without brackets nine groups are
refused, and fewer are taken for another address. Forwarding to the server's own loopback makes the loop plugin stop it.`,
  source: "https://coredns.io/plugins/forward/",
  severity: "error",
  codes: ["DNS003", "DNS004"],
  kinds: ["Corefile"],
  example: {
    bad: corefile("fd12:3456:789a:0:0:0:0:53:53"),
    good: corefile("[fd12:3456:789a:0:0:0:0:53]:53"),
  },

  *check(file) {
    for (const server of parseCorefile(file.source)) {
      for (const { name, args } of server.plugins) {
        if (listening.includes(name.text)) for (const address of args.slice(0, 1)) yield* listens(file, address);
        if (name.text !== "forward" && name.text !== "proxy") continue;
        const [zone, ...upstreams] = args;
        for (const upstream of upstreams) {
          yield* unbracketed(file, upstream);
          if (zone?.text === ".") yield* itself(file, server, upstream);
        }
      }
    }
  },
};

/** Each takes an address with a port, as Go has it. {@link https://coredns.io/plugins/health/} */
const listening = ["health", "ready", "prometheus", "pprof"];

function* listens(file: Resource, { text, start, end }: DirectiveWord): Iterable<Report> {
  const bare = bareAddress(text);
  const by = bare?.bracketed[0];
  if (!bare || !by || by.endsWith("]")) return;
  yield {
    at: file.at(start, end),
    message: `address ${text}: too many colons in address: write ${by}`,
    codes: ["DNS003"],
    fix: { kind: "decision", title: `Write ${by}`, edits: [file.edit(start, end, by)] },
  };
}

function* unbracketed(file: Resource, upstream: DirectiveWord): Iterable<Report> {
  const [, scheme = "", text = ""] = /^(\w+:\/\/)?(.*)$/.exec(upstream.text) ?? [];
  const bare = /^\[([0-9a-f:.]+)\]$/i.exec(text)?.[1] ?? "";
  if (parseAddress(bare)) {
    const at = file.at(upstream.start, upstream.end);
    const edits = [file.edit(upstream.start, upstream.end, scheme + bare)];
    const fix = { kind: "spelling", title: "Remove the brackets", edits } as const;
    yield { at, message: `not an IP address or file: "${text}"; brackets are for a port only`, codes: ["DNS003"], fix };
  }
  const [, host = "", port = ""] = /^([0-9a-f:.]+):(\d+)$/i.exec(text) ?? [];
  if (!host.includes(":") || !parseAddress(host)) return;
  const whole = parseAddress(text);
  // With "::" in it a port reads as one more group: only the usual ports of DNS give it away.
  if (whole && (host.endsWith(":") || !["53", "853", "1053", "5353"].includes(port))) return;
  const bracketed = `${scheme}[${host}]:${port}`;
  yield {
    at: file.at(upstream.start, upstream.end),
    message: whole
      ? `${text} is read as an address without a port: write ${bracketed} if ${port} is the port`
      : `not an IP address or file: "${text}"; write ${bracketed}`,
    severity: whole ? "warning" : "error",
    codes: ["DNS003"],
    fix: {
      kind: whole ? "decision" : "spelling",
      title: `Write ${bracketed}`,
      edits: [file.edit(upstream.start, upstream.end, bracketed)],
    },
  };
}

function* itself(file: Resource, server: CoreServer, upstream: DirectiveWord): Iterable<Report> {
  const parts = splitHostPort(upstream.text.replace(/^dns:\/\//, ""));
  const address = parts && parseAddress(parts.host);
  if (!parts || !address || !isLoopback(address) || Number(parts.port ?? 53) !== portOf(server)) return;
  if (
    !server.plugins.some(({ name }) => name.text === "loop") ||
    server.plugins.some(({ name }) => name.text === "bind")
  )
    return;
  const message = `Loop (${upstream.text}) detected for zone ".": this is CoreDNS itself, name a real upstream`;
  yield { at: file.at(upstream.start, upstream.end), message, codes: ["DNS004"] };
}

function corefile(upstream: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
data:
  Corefile: |
    .:53 {
        forward . ${upstream}
    }
`;
}
