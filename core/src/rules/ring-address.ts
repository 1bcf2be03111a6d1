import { clusterOf, lacks } from "../facts/service-ranges.ts";
import { holdsSettings, keyOf, settingFields } from "../kinds/setting-fields.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { sourceHas } from "../manifest/words-of-source.ts";
import { wordLines } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "Loki, Mimir, Tempo or Redis announces an address that nobody reaches, or looks for none of IPv6",
  why: `Each instance registers an address that the others dial: \`instance_addr\`, and \`advertise_addr\` of memberlist. An unspecified
address reaches the one who dials it. Left out, the first IPv4 address of the pod is taken; without one the program stops with \`no useable
address found for interfaces\`, unless each ring says \`instance_enable_ipv6: true\` (Tempo's and dskit's: \`enable_inet6\`), and memberlist
\`bind_addr: ["::"]\`.`,
  source: "https://grafana.com/docs/mimir/latest/configure/configuration-parameters/#memberlist",
  severity: "warning",
  kinds: ["*"],
  mentions: [/instance_addr|advertise_addr|memberlist|announce-ip|(?:http|grpc)_listen_address/],
  example: {
    bad: configMap('"::"'),
    good: configMap('"fd12:3456:789a::7"'),
  },

  *check(resource, world) {
    if (resource.kind === "RedisConf") yield* announced(resource);
    if (!sourceHas(resource, rings)) return;
    for (const field of settingFields(resource)) {
      const bare = isJoined(field) ? /^\[([\da-f.]*:[\da-f:.]*)\]$/i.exec(field.text ?? "")?.[1] : undefined;
      if (bare)
        yield {
          at: field,
          message: `address [[${bare}]]: missing port in address: Loki, Mimir and Tempo of today put brackets around it; write ${bare} for these`,
          fix: { kind: "decision", title: `Write ${bare}`, edits: [field.replace(bare)] },
        };
      if (/^(?:instance|advertise)_addr$/.test(keyOf(field)) && /^(?:0\.0\.0\.0|\[?::\]?)$/.test(field.text ?? ""))
        yield {
          at: field,
          message: "the others dial this address, and it is none: write the pod's own, or leave it out",
        };
    }
    if (!holdsSettings(resource)) return;
    if (clusterOf(world) === "v6" || lacks(world, "IPv4")) yield* withoutIPv4(resource);
  },
};

const rings = /memberlist|instance_addr|(?:http|grpc)_listen_address/;

/**
 * The port stands in a setting of its own. grafana/dskit server/server.go puts brackets around what has colons; weaveworks/common, which
 * was there before it, put nothing, so that whoever wrote the address did.
 */
function isJoined(field: Field): boolean {
  return /^(?:http|grpc)_listen_address$/.test(keyOf(field)) && field.parent?.step === "server";
}

/** {@link https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/} */
function* announced(file: Resource): Iterable<Report> {
  for (const words of wordLines(file.source)) {
    const at = words.findIndex(({ text }) => /^(?:(?:replica|slave|cluster)-)?announce-ip$/i.test(text));
    const value = at >= 0 ? words[at + 1] : undefined;
    if (value && /^(?:0\.0\.0\.0|::)$/.test(value.text))
      yield { at: file.at(value.start, value.end), message: unreachable };
    else if (value && /^\[[\da-f:.]+\]$/i.test(value.text))
      yield {
        at: file.at(value.start, value.end),
        message: "the others dial this as it stands: write it without brackets",
      };
  }
}

const unreachable = "the others dial this address, and it is none: write the pod's own, or leave it out";

function* withoutIPv4(resource: Resource): Iterable<Report> {
  for (const { memberlist, config } of gossips(resource.root)) {
    const binds = memberlist.get("bind_addr");
    const texts = binds?.type === "seq" ? binds.items().map(({ text }) => text ?? "::") : [binds?.text ?? ""];
    if (texts.some((text) => text.includes(":") || text.includes("$")) || memberlist.has("advertise_addr")) continue;
    const enables = config.scalars().some((field) => /enable_?i(?:pv|net)6/i.test(keyOf(field)));
    const at = binds?.type === "seq" ? binds.items()[0] : (binds ?? memberlist.key);
    if (!enables || binds)
      yield {
        at,
        message: 'pods here have no IPv4 address to register: write bind_addr: ["::"], and enable IPv6 in each ring',
      };
  }
}

interface Gossip {
  readonly memberlist: Field;
  readonly config: Field;
}

/** A mapping with \`memberlist\` beside other parts of such a configuration. */
function* gossips(field: Field, depth = 0): Iterable<Gossip> {
  if (depth > 12 || field.type !== "map") return;
  const memberlist = field.get("memberlist");
  if (memberlist?.type === "map" && parts.some((part) => field.has(part))) yield { memberlist, config: field };
  for (const [, below] of field.entries()) yield* gossips(below, depth + 1);
}

const parts = ["common", "ingester", "distributor", "schema_config", "compactor", "querier", "limits_config"];

function configMap(address: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: loki
data:
  config.yaml: |
    common:
      ring:
        instance_addr: ${address}
        kvstore: {store: memberlist}
`;
}
