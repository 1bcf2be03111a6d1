import { isOwn, servesIPv6 } from "../addresses/listen-address.ts";
import type { Shape } from "../addresses/shape.ts";
import { clusterOf, lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";
import type { DirectiveWord } from "../program-files/directive.ts";
import { ipv4ListenKinds, ipv4Listens } from "../program-files/ipv4-listens.ts";
import { settings, wordLines } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "A server's own configuration tells it to serve IPv4 only",
  why: `\`0.0.0.0\` is every IPv4 address of the pod and no IPv6 one. Each of these servers has a word for both families:
\`Listen 80\`, \`listen_addresses = '*'\`, \`bind-address = ::\`, \`bind * -::*\`; Fluent Bit and ClickHouse take \`::\`, Unbound a second
\`interface: ::0\`.`,
  source: "https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-LISTEN-ADDRESSES",
  severity: "warning",
  codes: ["ARG011", "ARG012"],
  kinds: [
    "ApacheConf",
    "PostgresConf",
    "MySQLConf",
    "RedisConf",
    "FluentBitConf",
    "UnboundConf",
    "ClickHouseConf",
    ...ipv4ListenKinds,
  ],
  example: {
    bad: configMap("'0.0.0.0'"),
    good: configMap("'*'"),
  },

  *check(file, world) {
    if (lacks(world, "IPv6")) return;
    const { source } = file;
    const first = clusterOf(world) === "dual-v4" ? "IPv4" : undefined;
    for (const { at, advice, says, ifMissing, ifFirst } of ipv4Listens(file)) {
      if ((ifMissing && !lacks(world, ifMissing)) || (ifFirst && ifFirst !== first)) continue;
      const message = says ?? `this server answers over IPv4 only: ${advice} for both families`;
      yield { at, message, codes: ["ARG012"], ...(ifMissing ? { severity: "information" } : {}) };
    }
    switch (file.kind) {
      case "ApacheConf":
        return yield* apache(file);
      case "RedisConf":
        return yield* redis(file, clusterOf(world));
      case "FluentBitConf":
        return yield* fluentBit(file);
      case "UnboundConf":
        return yield* unbound(file);
      case "ClickHouseConf":
        return yield* clickHouse(file);
      case "PostgresConf": {
        const value = settings(source).findLast(({ key }) => key === "listen_addresses")?.value;
        const addresses = value?.text.split(",").map((text) => text.trim()) ?? [];
        if (value && addresses.includes("0.0.0.0") && !addresses.includes("*") && !addresses.some(servesIPv6))
          yield report(file, value, "'*'", "ARG012");
        return;
      }
      case "MySQLConf": {
        const own = settings(source).filter(
          ({ key, section }) => key === "bind_address" && /^(?:mysqld|mariadb|server)/.test(section),
        );
        const value = own.at(-1)?.value;
        if (value?.text === "0.0.0.0") yield report(file, value, "::", "ARG012");
      }
    }
  },
};

function report(file: Resource, { start, end }: DirectiveWord, both: string, code: string, family = "IPv4"): Report {
  return {
    at: file.at(start, end),
    message: `this server answers over ${family} only: write ${both} for both families`,
    codes: [code],
    fix: { kind: "decision", title: `Write ${both}`, edits: [file.edit(start, end, both)] },
  };
}

function* apache(file: Resource): Iterable<Report> {
  const listens = wordLines(file.source).flatMap(([name, address]) =>
    /^listen$/i.test(name?.text ?? "") && address ? address : [],
  );
  for (const address of listens) {
    const port = /^0\.0\.0\.0:(\d+)$/.exec(address.text)?.[1];
    if (port && !listens.some(({ text }) => text === `[::]:${port}` || text === port))
      yield report(file, address, port, "ARG011");
  }
}

function* redis(file: Resource, cluster: Shape): Iterable<Report> {
  const [name, ...addresses] = wordLines(file.source).findLast(([word]) => word?.text.toLowerCase() === "bind") ?? [];
  const any = addresses.find(({ text }) => text === "0.0.0.0" || text === "*");
  const [first, last] = [addresses[0], addresses.at(-1)];
  if (!name || !first || !last) return;
  const six = addresses.filter(({ text }) => servesIPv6(text));
  if (cluster === "dual-v4" && six.length > 0 && addresses.every(({ text }) => text.includes(":") || isOwn(text)))
    yield report(file, { text: "", start: first.start, end: last.end }, "* -::*", "ARG012", "IPv6");
  if (!any || six.length > 0) return;
  yield report(file, { text: "", start: first.start, end: last.end }, "* -::*", "ARG012");
}

/** Names of settings in any case. {@link https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/configuration-file} */
function* fluentBit(file: Resource): Iterable<Report> {
  for (const [name, address] of wordLines(file.source))
    if (/^(?:http_)?listen$/i.test(name?.text ?? "") && address?.text === "0.0.0.0")
      yield report(file, address, "::", "ARG012");
}

/** {@link https://unbound.docs.nlnetlabs.nl/en/latest/manpages/unbound.conf.html} */
function* unbound(file: Resource): Iterable<Report> {
  const interfaces = wordLines(file.source).flatMap(([name, address]) =>
    name?.text === "interface:" && address ? address : [],
  );
  const any = interfaces.find(({ text }) => /^0\.0\.0\.0(?:@|$)/.test(text));
  if (!any || interfaces.some(({ text }) => text.includes(":"))) return;
  yield {
    at: file.at(any.start, any.end),
    message: "this server answers over IPv4 only: add interface: ::0 for both families",
    codes: ["ARG012"],
  };
}

/** {@link https://clickhouse.com/docs/operations/server-configuration-parameters/settings#listen_host} */
function* clickHouse(file: Resource): Iterable<Report> {
  const hosts = [...file.source.matchAll(/(?<=<listen_host>)[^<]*(?=<)/g)];
  if (hosts.some(([host]) => host.includes(":"))) return;
  for (const { 0: whole, index } of hosts) {
    const host = whole.trim();
    const start = index + whole.indexOf(host);
    if (host === "0.0.0.0") yield report(file, { text: host, start, end: start + host.length }, "::", "ARG012");
  }
}

function configMap(addresses: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: db
data:
  postgresql.conf: |
    listen_addresses = ${addresses}
`;
}
