import { type BareAddress, bareAddress } from "../addresses/bare-address.ts";
import type { Written } from "../kinds/flags.ts";
import { type GivenText, givenTexts } from "../kinds/given-texts.ts";
import { keyOf, settingFields } from "../kinds/setting-fields.ts";
import type { Rule } from "../lint/rule.ts";
import { givenIPFlags } from "../literals/written-addresses.ts";
import type { Field } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";
import type { DirectiveWord } from "../program-files/directive.ts";
import { settings } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "An IPv6 address and a port without brackets",
  why: `\`fd00::1:8080\` is an address of its own, and \`:::8080\` has a colon too many for Go, Python and most others:
\`too many colons in address\`. Brackets keep the address and the port apart: \`[fd00::1]:8080\`, \`[::]:8080\`.`,
  source: "https://pkg.go.dev/net#SplitHostPort",
  severity: "warning",
  codes: ["ARG003"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: pod(":::8080"),
    good: pod("[::]:8080"),
  },

  *check(resource) {
    // An address is all that these take: there is no port to part from it.
    const alone = new Set(givenIPFlags(resource).map(({ start }) => start));
    for (const { field, text, name } of namedTexts(resource)) {
      const parts = partsOf(text);
      for (const part of parts) {
        const bare = bareAddress(part.text);
        if (!bare) continue;
        const likely = isLikely(part, bare, parts, name);
        const lone = likely ? "" : withoutPort(resource, bare, name);
        if (!(lone || bare.certainPort || likely)) continue;
        const place = field.within(part.start, part.end);
        if (alone.has(place.start)) continue;
        const at = part.text === text ? field : place;
        const by = lone || bare.bracketed[0];
        const mended = text.slice(0, part.start) + by + text.slice(part.end);
        yield {
          at,
          message: by?.endsWith("]")
            ? `too many colons in address: write ${by}`
            : `too many colons in address: write ${by} for the port`,
          fix: {
            kind: bare.certainPort && !lone ? "spelling" : "decision",
            title: `Write ${by}`,
            edits: [field.replace(mended)],
          },
        };
      }
    }
  },
};

/** A text and what it is given for: the name of a flag or a variable, a key. */
interface NamedText {
  readonly field: Pick<Written, "path" | "start" | "end" | "within" | "replace">;
  readonly text: string;
  readonly name: string;
}

function namedTexts(resource: Resource): readonly NamedText[] {
  // A value of one line; a file is read by a program of its own.
  if (resource.kind === "ConfigMap")
    return (resource.get("data")?.entries() ?? []).flatMap(([name, field]) =>
      field.text === undefined || field.text.includes("\n") ? [] : [{ field, text: field.text, name }],
    );
  if (resource.kind === "HclConf" || resource.kind === "IniConf") return quoted(resource);
  if (!podKinds.includes(resource.kind))
    return [...settingFields(resource)].flatMap((field) =>
      field.text === undefined || field.text.includes("\n")
        ? []
        : [{ field, text: field.text, name: flagOf(field.text) ?? keyOf(field) }],
    );
  const texts = givenTexts(resource);
  return texts.map((given, index) => {
    const { field, text, variable } = given;
    return { field, text, name: flagOf(text) ?? variable ?? flagBefore(field, texts[index - 1]) };
  });
}

/** Addresses in HCL and TOML, `address = ":::8200"`, which take a port. {@link https://developer.hashicorp.com/vault/docs/configuration/listener/tcp} */
function quoted(file: Resource): readonly NamedText[] {
  return settings(file.source).flatMap(({ key, value: { text, start, end } }) =>
    /(?:^|_)addr(?:ess)?$/.test(key) ? [{ field: inFile(file, start, end), text, name: key }] : [],
  );
}

/** A text between quotes or without, by its place in the file. */
function inFile(file: Resource, start: number, end: number): NamedText["field"] {
  const quote = /["']/.test(file.source[start] ?? "") ? 1 : 0;
  const [from, to] = [start + quote, end - quote];
  return {
    ...file.at(from, to),
    within: (first, last) => file.at(from + first, from + last),
    replace: (by) => file.edit(from, to, by),
  };
}

/** cert-manager splits each of these into host and port. {@link https://cert-manager.io/docs/cli/controller/} */
const nameServers = /^--(?:dns01-recursive|acme-http01-solver)-nameservers$|^dns01RecursiveNameservers$/;

/** What to write for a lone address where a port may stand behind it. */
function withoutPort({ kind }: Resource, { bracketed }: BareAddress, name: string): string {
  if (nameServers.test(name)) return `${bracketed.at(-1)}:53`;
  // cert-manager/cert-manager pkg/issuer/acme/dns/util/util.go, ValidNameserver
  return /^(?:Cluster)?Issuer$/.test(kind) && name === "nameserver" ? `${bracketed.at(-1)}` : "";
}

function flagOf(text: string): string | undefined {
  return /^--?[\w.-]+(?==)/.exec(text)?.[0];
}

/** The name of the flag whose value is the next item of the list. */
function flagBefore({ parent }: Field, before: GivenText | undefined): string {
  return before && before.field.parent === parent && /^--?[\w.-]+$/.test(before.text) ? before.text : "";
}

/** What may be `host:port`, behind the name of a flag or not; several of them between commas or blanks. */
function partsOf(text: string): readonly DirectiveWord[] {
  const from = /^--?[\w.-]+=/.exec(text)?.[0].length ?? 0;
  const parts = [...text.slice(from).matchAll(/[^,\s]+/g)].map(({ 0: part, index }) => {
    const start = from + index;
    return { text: part, start, end: start + part.length };
  });
  return parts.every((part) => /^(?:\[[\da-f:.]+\]|[\w:.-]+):\w+$/i.test(part.text)) ? parts : [];
}

/** A lone address can end in a group like 8080; it is a port where the name speaks of one who listens or is asked. */
function isLikely(
  { text }: DirectiveWord,
  { bracketed }: BareAddress,
  parts: readonly DirectiveWord[],
  name: string,
): boolean {
  // What stands before its last group is no address: 2001:db8::443 is one as a whole.
  if (bracketed.length < 2) return false;
  const port = /:(\d{2,4})$/.exec(text)?.[1] ?? "";
  const asked = /listen|addr|endpoint|server|upstream|target|peer|url/i.test(name);
  if (asked && common.includes(port)) return true;
  if (/name-?server|resolver|dns-?server/i.test(name) && port === "53") return true;
  if (/listen|bind|addr|endpoint/i.test(name) && text.includes("::") && [...common, ...wellKnown].includes(port))
    return true;
  // Of several hosts each ends in another group, and all may have one port.
  return (
    (asked || /hosts$|seed/i.test(name)) &&
    parts.length > 1 &&
    port.length === 4 &&
    parts.every((part) => part.text.endsWith(`:${port}`))
  );
}

const common = ["80", "443", "3000", "5000", "5432", "6379", "8000", "8080", "8081", "8443", "9090", "9092", "9100"];

/** These only where the name speaks of one who listens: addresses end so too. */
const wellKnown = [
  ...["53", "1883", "2379", "2380", "3306", "4317", "5672", "6443", "7000", "7946", "8001", "8200", "8500", "8888"],
  ...["9000", "9093", "9200", "9443"],
];

function pod(listen: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: ghcr.io/acme/app:1
      args: ["--listen=${listen}"]
`;
}
