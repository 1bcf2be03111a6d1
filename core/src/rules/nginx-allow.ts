import { familyOf, isLoopback, parseAddress, parsePrefix } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import { type Directive, type DirectiveWord, walk } from "../program-files/directive.ts";
import { wordLines } from "../program-files/lines.ts";
import { parseNginx } from "../program-files/nginx.ts";

export const rule: Rule = {
  summary: "A list of allowed clients in nginx or HAProxy that leaves out IPv6",
  why: `\`deny all\` is both families, \`allow 10.0.0.0/8\` is one: who comes over IPv6 is turned away, from the same network too.
Add the IPv6 ranges of the same clients.`,
  source: "https://nginx.org/en/docs/http/ngx_http_access_module.html",
  severity: "warning",
  codes: ["ARG021"],
  kinds: ["NginxConf", "HAProxyConf"],
  example: {
    bad: configMap(""),
    good: configMap("            allow fd12:3456:789a::/48;\n"),
  },

  *check(file, world) {
    if (lacks(world, "IPv6")) return;
    if (file.kind === "HAProxyConf") yield* haproxy(file);
    else for (const block of blocks(parseNginx(file.source))) yield* nginx(file, block);
  },
};

function* blocks(directives: readonly Directive[]): Iterable<readonly Directive[]> {
  yield directives;
  for (const { directive } of walk(directives)) if (directive.block) yield directive.block;
}

function* nginx(file: Resource, block: readonly Directive[]): Iterable<Report> {
  const allowed = block.filter(({ name }) => name.text === "allow").flatMap(({ args }) => args.slice(0, 1));
  const denied = block.some(({ name, args }) => name.text === "deny" && args[0]?.text === "all");
  const network = allowed.find(({ text }) => isNetwork(text));
  if (denied && network && allowed.every(({ text }) => familyOf(text) === "IPv4")) yield report(file, network);
}

function* haproxy(file: Resource): Iterable<Report> {
  const lines = wordLines(file.source);
  const lists: Lists = {
    denied: new Set(lines.filter(isDenial).flatMap(deniedBy)),
    byName: Map.groupBy(lines, ([, name]) => name?.text),
  };
  for (const line of lines) {
    const found = line[0]?.text === "acl" ? named(line, lists) : inline(line);
    if (found) return yield report(file, found);
  }
}

type Line = readonly DirectiveWord[];

/** What lists there are, and those whose absence denies. */
interface Lists {
  readonly denied: ReadonlySet<string>;
  readonly byName: ReadonlyMap<string | undefined, readonly Line[]>;
}

function deniedBy(line: Line): string[] {
  const [last = "", before] = [line.at(-1)?.text, line.at(-2)?.text];
  if (before === "unless") return [last];
  return last.startsWith("!") ? [last.slice(1)] : [];
}

/** `acl office src 10.0.0.0/8` and, anywhere, `deny ... unless office` or `if !office`. */
function named([, name, criterion, ...values]: Line, { denied, byName }: Lists): DirectiveWord | undefined {
  const network = values.find(({ text }) => isNetwork(text));
  if (criterion?.text !== "src" || !name || !network) return undefined;
  if (!denied.has(name.text)) return undefined;
  const same = (byName.get(name.text) ?? []).flatMap((line) => line.slice(3));
  return isIPv4Only(same) ? network : undefined;
}

/** `deny ... if !{ src 10.0.0.0/8 }` or `unless { src 10.0.0.0/8 }`. {@link https://docs.haproxy.org/2.6/configuration.html#7.2} */
function inline(line: Line): DirectiveWord | undefined {
  const open = line.findIndex(
    ({ text }, index) => text === "!{" || (text === "{" && line[index - 1]?.text === "unless"),
  );
  const [criterion, ...values] = line.slice(open + 1, -1);
  const alone = open > 0 && line.at(-1)?.text === "}" && !values.some(({ text }) => text === "}");
  if (!alone || !isDenial(line) || criterion?.text !== "src" || !isIPv4Only(values)) return undefined;
  return values.find(({ text }) => isNetwork(text));
}

/** Of several conditions that are turned round, another one may spare who comes over IPv6. */
function isDenial(line: Line): boolean {
  const words = line.map(({ text }) => text);
  return words.some((word) => /\b(?:deny|reject)\b/.test(word)) && words.filter((word) => /^!/.test(word)).length < 2;
}

function isIPv4Only(values: Line): boolean {
  return values.every(({ text }) => familyOf(text) !== "IPv6" && !text.startsWith("-"));
}

function isNetwork(text: string): boolean {
  const address = parsePrefix(text)?.address ?? parseAddress(text);
  return address?.family === "IPv4" && !isLoopback(address) && parsePrefix(text) !== undefined;
}

function report(file: Resource, { start, end }: { start: number; end: number }): Report {
  return {
    at: file.at(start, end),
    message: "everybody who comes over IPv6 is denied here: allow their IPv6 ranges as well",
  };
}

function configMap(more: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  default.conf: |
    server {
        location / {
            allow 10.0.0.0/8;
${more}            deny all;
        }
    }
`;
}
