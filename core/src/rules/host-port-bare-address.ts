import { bareAddress } from "../bare-address.ts";
import { likeAddress } from "../interest.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds } from "../manifest/resource.ts";
import { type GivenText, givenTexts } from "../manifest/strings.ts";
import type { Rule } from "../rule.ts";

export const rule: Rule = {
  summary: "An IPv6 address and a port without brackets",
  why: `\`fd00::1:8080\` is an address of its own, and \`:::8080\` has a colon too many for Go, Python and most others:
\`too many colons in address\`. Brackets keep the address and the port apart: \`[fd00::1]:8080\`, \`[::]:8080\`.`,
  source: "https://pkg.go.dev/net#SplitHostPort",
  severity: "warning",
  codes: ["ARG003"],
  kinds: podKinds,
  mentions: [likeAddress],
  example: {
    bad: pod(":::8080"),
    good: pod("[::]:8080"),
  },

  *check(resource) {
    const texts = givenTexts(resource);
    for (const [index, { field, text, variable }] of texts.entries()) {
      const [, flag = "", value = ""] = /^(--?[\w.-]+=)?([0-9a-f:.]+)$/i.exec(text) ?? [];
      const bare = bareAddress(value);
      if (!bare || !(bare.certainPort || isLikely(value, flag || variable || flagBefore(field, texts[index - 1]))))
        continue;
      const [by] = bare.bracketed;
      yield {
        at: flag ? field.within(flag.length, text.length) : field,
        message: `too many colons in address: write ${by} for the port`,
        fix: { title: `Write ${by}`, edits: [field.replace(`${flag}${by}`)] },
      };
    }
  },
};

/** The name of the flag whose value is the next item of the list. */
function flagBefore({ parent }: Field, before: GivenText | undefined): string {
  return before && before.field.parent === parent && /^--?[\w.-]+$/.test(before.text) ? before.text : "";
}

/** A lone address can end in a group like 8080; it is a port where the name speaks of one who listens or is asked. */
function isLikely(value: string, name: string): boolean {
  const port = /:(\d{2,4})$/.exec(value)?.[1];
  const common = ["80", "443", "3000", "5000", "5432", "6379", "8000", "8080", "8081", "8443", "9090", "9092", "9100"];
  return common.includes(port ?? "") && /listen|addr|endpoint|server|upstream|target|peer|url/i.test(name);
}

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
