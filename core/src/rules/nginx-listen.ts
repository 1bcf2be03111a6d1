import { type Family, splitHostPort } from "../address.ts";
import { bareAddress } from "../bare-address.ts";
import { type Directive, type Word, walk } from "../files/directive.ts";
import { parseNginx } from "../files/nginx.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Report, Rule } from "../rule.ts";

export const rule: Rule = {
  summary: "An nginx server that listens on one family",
  why: `\`listen 80\` is every IPv4 address and \`listen [::]:80\` every IPv6 one: since nginx 1.3.4 \`ipv6only=on\` is the default, so
a server for both has both lines. \`ipv6only=off\` takes IPv4 with it, and then a second line for IPv4 cannot bind.`,
  source: "https://nginx.org/en/docs/http/ngx_http_core_module.html#listen",
  severity: "warning",
  codes: ["ARG006", "ARG007"],
  kinds: ["NginxConf"],
  example: {
    bad: configMap("listen 8080;"),
    good: configMap("listen 8080;\n        listen [::]:8080;"),
  },

  *check(file) {
    const all = [...walk(parseNginx(file.source))].map(({ directive }) => directive);
    const servers = all.filter(({ name, block }) => name.text === "server" && block);
    const listens = servers.map(({ block = [] }) => block.filter(({ name }) => name.text === "listen").map(read));
    const both = new Set(listens.flat().flatMap(({ wildcard, port, off }) => (wildcard === "IPv6" && off ? port : [])));
    for (const own of listens) {
      yield* taken(file, own);
      // A listen that nginx refuses, or that comes from elsewhere, may be the one that is missing.
      if (!own.some(({ unread }) => unread)) yield* single(file, own, both);
    }
  },
};

interface Listen {
  readonly directive: Directive;
  /** The family of `*:80`, `0.0.0.0:80`, `80` and `[::]:80`; undefined for an address of the host's own. */
  readonly wildcard: Family | undefined;
  readonly port: string;
  /** The word `ipv6only=off`. */
  readonly off: Word | undefined;
  readonly unread: boolean;
}

function read(directive: Directive): Listen {
  const [address, ...options] = directive.args;
  const off = options.find(({ text }) => text === "ipv6only=off");
  const text = address?.text ?? "";
  const parts = /^\d+$/.test(text) ? { host: "*", port: text } : splitHostPort(text);
  const wildcard = anywhere[parts?.host ?? ""];
  const unread =
    text === "" || text.includes("$") || (!parts && !text.startsWith("unix:")) || bareAddress(text) !== undefined;
  return { directive, wildcard, port: parts?.port ?? "80", off, unread };
}

const anywhere: Readonly<Record<string, Family>> = { "*": "IPv4", "0.0.0.0": "IPv4", "::": "IPv6" };

function* single(file: Resource, own: readonly Listen[], both: ReadonlySet<string>): Iterable<Report> {
  for (const listen of own) {
    const { wildcard, port, directive } = listen;
    if (
      !wildcard ||
      both.has(port) ||
      own.some((other) => other.port === port && other.wildcard !== wildcard && other.wildcard)
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
      codes: ["ARG006"],
      fix: { title: `Add ${line}`, edits: [below(file, directive, line)] },
    };
    return;
  }
}

function below(file: Resource, { name, end }: Directive, line: string): Edit | undefined {
  const lead = file.source.slice(file.source.lastIndexOf("\n", name.start - 1) + 1, name.start);
  return file.edit(end, end, lead.trim() === "" ? `\n${lead}${line}` : ` ${line}`);
}

function* taken(file: Resource, own: readonly Listen[]): Iterable<Report> {
  for (const { wildcard, port, off } of own) {
    if (!off || wildcard !== "IPv6" || !own.some((other) => other.wildcard === "IPv4" && other.port === port)) continue;
    const message = `bind() to [::]:${port} failed (98: Address already in use): remove ipv6only=off beside listen ${port}`;
    const fix = { title: "Remove ipv6only=off", edits: [file.edit(off.start - 1, off.end, "")] };
    yield { at: file.at(off.start, off.end), message, severity: "error", codes: ["ARG007"], fix };
  }
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
