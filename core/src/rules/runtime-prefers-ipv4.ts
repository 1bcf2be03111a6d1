import { lacks } from "../facts/service-ranges.ts";
import { givenTexts, templatedTexts } from "../kinds/given-texts.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isOperators } from "../manifest/chart-values.ts";
import { partOf } from "../manifest/embedded.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";
import { isComment } from "../program-files/lines.ts";

export const rule: Rule = {
  summary: "A runtime told to leave IPv6 alone",
  why: `With \`-Djava.net.preferIPv4Stack=true\` the JVM opens IPv4 sockets only: it neither answers over IPv6 nor reaches peers that
have no IPv4. \`preferIPv6Stack\` and \`preferIPv4Addresses\` are no properties of it. \`--dns-result-order=ipv4first\` makes Node.js try IPv4 first, which hides broken IPv6.`,
  source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/doc-files/net-properties.html",
  severity: "warning",
  codes: ["ARG013", "ARG014"],
  kinds: ["*"],
  mentions: [/preferIPv(?:[46]Stack|4Addresses)|ipv4first/],
  example: {
    bad: pod("-Xmx512m -Djava.net.preferIPv4Stack=true"),
    good: pod("-Xmx512m"),
  },

  *check(resource, world) {
    const texts = textsOf(resource);
    if (texts.length === 0 || lacks(world, "IPv6")) return;
    for (const text of texts) {
      yield* option(text, /-Djava\.net\.preferIPv4Stack=true(?=["'\s]|$)/g, {
        message: "the JVM uses IPv4 only with this: remove it to serve and reach IPv6",
        codes: ["ARG013"],
      });
      yield* option(text, /-Djava\.net\.preferIPv6Stack=\w+(?=["'\s]|$)/g, {
        message: "the JVM knows no such property: write -Djava.net.preferIPv6Addresses=true, or leave it out",
        codes: ["ARG013"],
        severity: "information",
      });
      yield* option(text, /-Djava\.net\.preferIPv4Addresses=\w+(?=["'\s]|$)/g, {
        message: "the JVM knows no such property: preferIPv6Addresses=false is its default; leave it out",
        codes: ["ARG013"],
        severity: "information",
      });
      yield* option(text, /--dns-result-order=ipv4first(?=["'\s]|$)/g, {
        message: "Node.js tries IPv4 first with this: remove it unless IPv6 is known to be broken",
        codes: ["ARG014"],
        severity: "information",
      });
    }
  },
};

interface Options {
  readonly field: Field;
  readonly text: string;
  /** Part of it comes from a template, so that it is not rewritten. */
  readonly templated?: true;
  /** Of a variable's or a key's value options can be taken away one by one. */
  readonly named: boolean;
}

function textsOf(resource: Resource): readonly Options[] {
  if (resource.kind === "HelmValues" || isOperators(resource))
    return resource.root.scalars().flatMap((field) => {
      const { text } = field;
      return text === undefined ? [] : [{ field, text, named: !text.includes("\n") }];
    });
  if (resource.kind !== "ConfigMap" && !podKinds.includes(resource.kind)) return [];
  if (resource.kind !== "ConfigMap")
    return [
      ...givenTexts(resource).map(({ field, text, variable }) => ({ field, text, named: variable !== undefined })),
      ...templatedTexts(resource).map(({ field, text }) => ({ field, text, named: true, templated: true as const })),
    ];
  return (resource.get("data")?.entries() ?? []).flatMap(([, field]) => {
    const { text } = field;
    return text === undefined ? [] : [{ field, text, named: !text.includes("\n") }];
  });
}

function* option(
  { field, text, named, templated }: Options,
  wanted: RegExp,
  report: Omit<Report, "at">,
): Iterable<Report> {
  const found = [...text.matchAll(wanted)].find(({ index }) => !isComment(text, index));
  if (!found) return;
  const [word] = found;
  const end = found.index + word.length;
  const rest = (text.slice(0, found.index) + text.slice(end)).replace(/\s+/g, " ").trim();
  const edit = text === word && !named ? field.remove() : rest === "" ? undefined : field.replace(rest);
  // A script has lines and quotes of its own.
  const simple = named || text === word;
  const fix: Report["fix"] =
    simple && !templated ? { kind: "decision", title: `Remove ${word}`, edits: [edit] } : undefined;
  yield { ...report, at: partOf(field, found.index, end).at, fix };
}

function pod(options: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: eclipse-temurin:21-jre
      env:
        - name: JAVA_TOOL_OPTIONS
          value: ${options}
`;
}
