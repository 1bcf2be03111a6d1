import { podKinds } from "../manifest/resource.ts";
import { type GivenText, givenTexts } from "../manifest/strings.ts";
import type { Report, Rule } from "../rule.ts";

export const rule: Rule = {
  summary: "A runtime told to leave IPv6 alone",
  why: `With \`-Djava.net.preferIPv4Stack=true\` the JVM opens IPv4 sockets only: it neither answers over IPv6 nor reaches peers that
have no IPv4. \`--dns-result-order=ipv4first\` makes Node.js try IPv4 first, which hides broken IPv6.`,
  source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/doc-files/net-properties.html",
  severity: "warning",
  codes: ["ARG013", "ARG014"],
  kinds: podKinds,
  mentions: [/preferIPv4Stack|ipv4first/],
  example: {
    bad: pod("-Xmx512m -Djava.net.preferIPv4Stack=true"),
    good: pod("-Xmx512m"),
  },

  *check(resource) {
    for (const given of givenTexts(resource)) {
      yield* option(given, "-Djava.net.preferIPv4Stack=true", {
        message: "the JVM uses IPv4 only with this: remove it to serve and reach IPv6",
        codes: ["ARG013"],
      });
      yield* option(given, "--dns-result-order=ipv4first", {
        message: "Node.js tries IPv4 first with this: remove it unless IPv6 is known to be broken",
        codes: ["ARG014"],
        severity: "information",
      });
    }
  },
};

function* option({ field, text, variable }: GivenText, word: string, report: Omit<Report, "at">): Iterable<Report> {
  const start = text.indexOf(word);
  if (start < 0 || /\S/.test(text[start + word.length] ?? "")) return;
  const rest = text.replace(word, "").replace(/\s+/g, " ").trim();
  const edit = text === word && variable === undefined ? field.remove() : rest === "" ? undefined : field.replace(rest);
  // A script has lines and quotes of its own.
  const simple = variable !== undefined || text === word;
  const fix = simple ? { title: `Remove ${word}`, edits: [edit] } : undefined;
  yield { ...report, at: field.within(start, start + word.length), fix };
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
