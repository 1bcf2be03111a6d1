import { familyOf, isLoopback, parseAddress, parsePrefix } from "../address.ts";
import { type Directive, walk } from "../files/directive.ts";
import { wordLines } from "../files/lines.ts";
import { parseNginx } from "../files/nginx.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Report, Rule } from "../rule.ts";

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

  *check(file) {
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

/** `acl office src 10.0.0.0/8` and, anywhere, `deny ... unless office` or `if !office`. */
function* haproxy(file: Resource): Iterable<Report> {
  const lines = wordLines(file.source);
  for (const [keyword, name, criterion, ...values] of lines) {
    const network = values.find(({ text }) => isNetwork(text));
    if (keyword?.text !== "acl" || criterion?.text !== "src" || !name || !network) continue;
    const same = lines.filter(([, other]) => other?.text === name.text).flatMap((line) => line.slice(3));
    const denies = lines.some((line) => {
      const words = line.map(({ text }) => text);
      const [last, before] = [words.at(-1), words.at(-2)];
      return (
        /\b(?:deny|reject)\b/.test(words.join(" ")) &&
        ((before === "unless" && last === name.text) || last === `!${name.text}`)
      );
    });
    if (denies && same.every(({ text }) => familyOf(text) !== "IPv6" && !text.startsWith("-"))) {
      yield report(file, network);
      return;
    }
  }
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
