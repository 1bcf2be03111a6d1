import { isLinkLocal, isLoopback, parseAddress } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import { givenTexts } from "../kinds/given-texts.ts";
import { keyOf, settingFields } from "../kinds/setting-fields.ts";
import type { Rule } from "../lint/rule.ts";
import { partOf } from "../manifest/embedded.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";
import { isComment } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "A program is told an IPv4 address, where pods have IPv6 alone",
  why: `A pod of an IPv6-only cluster has no IPv4 address to send from. NAT64 and DNS64 help names, for which DNS makes up an IPv6 address:
an address that is written down is never asked for. Write a name, the IPv6 address of that server, or its address behind the
NAT64 prefix (\`64:ff9b::192.0.2.1\`). Some platforms translate for pods on their nodes, so it is a hint.`,
  source: "https://www.rfc-editor.org/rfc/rfc6147",
  severity: "information",
  kinds: [...podKinds, "ConfigMap", "HelmValues"],
  mentions: [/\d\.\d+\.\d+\.\d/],
  example: {
    cluster: "v6",
    bad: configMap("10.20.30.40"),
    good: configMap("db.example.net"),
  },

  *check(resource, world) {
    if (!lacks(world, "IPv4")) return;
    for (const { field, text, name } of valuesOf(resource))
      for (const { 0: found, index } of dialled(text, name)) {
        const address = parseAddress(found);
        // What is listened on, the pod itself and the node's own services are somebody else's.
        if (isComment(text, index) || !address || address.value === 0n || isLoopback(address) || isLinkLocal(address))
          continue;
        const { at } = partOf(field, index, index + found.length);
        yield { at, message: `pods have no IPv4 here to reach ${found} with, and NAT64 is for names: write a name` };
      }
  },
};

interface Value {
  readonly field: Field;
  readonly text: string;
  /** Of the variable or the key; undefined for an argument. */
  readonly name: string | undefined;
}

/** Of a ConfigMap a file is read for its URLs alone, and of a chart's values what is called a host or has a scheme. */
function valuesOf(resource: Resource): readonly Value[] {
  if (resource.kind === "HelmValues")
    return [...settingFields(resource)].flatMap((field) => {
      const key = keyOf(field);
      if (field.text === undefined || field.text.includes("\n")) return [];
      return [{ field, text: field.text, name: dialledKey.test(key) ? key : undefined }];
    });
  if (resource.kind !== "ConfigMap")
    return givenTexts(resource).map(({ field, text, variable }) => ({ field, text, name: variable }));
  return (resource.get("data")?.entries() ?? []).flatMap(([name, field]) =>
    field.text === undefined || /conf$|Corefile|\.(?:hcl|cfg|cnf|conflist)$/.test(name)
      ? []
      : [{ field, text: field.text, name: field.text.trimEnd().includes("\n") ? undefined : name }],
  );
}

/** Hosts of URLs anywhere; of a setting also a value that is nothing but addresses, with or without a port. */
function dialled(text: string, name: string | undefined): Iterable<RegExpMatchArray & { index: number }> {
  const isList = /^\s*\d+\.[\d.]+(?::\d{1,5})?(?:[\s,;]+[\d.]+(?::\d{1,5})?)*\s*$/.test(text);
  const isSetting = name !== undefined && isList && !notDialled.test(name);
  return text.matchAll(isSetting ? addresses : hosts) as Iterable<RegExpMatchArray & { index: number }>;
}

/** Of a chart's values: `externalDatabase.host`, `redis_endpoint`. */
const dialledKey = /(?:^|[a-z_])(?:host|hostname|endpoint|upstream|server)s?$/i;

const addresses = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d./])/g;
const hosts = /(?<=\b[a-z][a-z\d+.-]{0,30}:\/\/(?:[^\s/@"']{0,100}@)?)\d{1,3}(?:\.\d{1,3}){3}(?=[:/?#\s"',;]|$)/gi;

/** Numbers of four parts that are a version, a mask, or a list of what is let in or passed by. */
const notDialled =
  /version|release|tag$|mask|no_?proxy|allow|deny|trusted|range|cidr|subnet|listen|bind|node_?ip|^MY_|self|vip/i;

function configMap(host: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: app
data:
  DB_HOST: ${host}
`;
}
