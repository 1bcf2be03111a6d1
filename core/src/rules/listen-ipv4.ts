import { likeAddress } from "../interest.ts";
import type { Edit } from "../manifest/edit.ts";
import { podKinds } from "../manifest/resource.ts";
import { type GivenText, givenTexts } from "../manifest/strings.ts";
import type { Rule } from "../rule.ts";
import { ipv4Program, runtimeOf } from "../runtime.ts";

export const rule: Rule = {
  summary: "A program told to listen on 0.0.0.0, where that is IPv4 only",
  why: `In Python, Node.js, nginx, Redis and most programs \`0.0.0.0\` opens an IPv4 socket, and connections to the pod's IPv6 address
are refused. Programs in Go and Java open a socket for both families, so nothing is said of these; of programs that are not
known it is a hint.`,
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  severity: "warning",
  codes: ["ARG004"],
  kinds: podKinds,
  mentions: [likeAddress],
  example: {
    bad: pod("0.0.0.0:8000"),
    good: pod("[::]:8000"),
  },

  *check(resource) {
    const texts = givenTexts(resource);
    for (const given of texts) {
      const { field, text, container } = given;
      const match = /(?:^(?:-b|tcp:\/\/)?|[\s=](?:tcp:\/\/)?)(0\.0\.0\.0)(?=:\d|$|\s)/.exec(text);
      const runtime = match ? runtimeOf(container) : "both";
      const both = texts.some((other) => other.container === container && /(?:^|[\s=])(?:\[::\]|::$)/.test(other.text));
      if (!match || runtime === "both" || both) continue;
      const start = match.index + match[0].indexOf("0.0.0.0");
      const known = runtime === "ipv4";
      yield {
        at: field.within(start, start + "0.0.0.0".length),
        message: known
          ? "0.0.0.0 is IPv4 only in this program: listen on [::] to answer over both families"
          : "0.0.0.0 is IPv4 only in most programs: listen on [::] if this is one of them",
        severity: known ? "warning" : "information",
        fix: known ? { title: "Listen on both families", edits: [anywhere(given, start)] } : undefined,
      };
    }
  },
};

/** Only for programs that take both families with `::`: asyncio servers such as uvicorn turn IPv4 off with it. */
function anywhere({ field, text, container, variable }: GivenText, start: number): Edit | undefined {
  const items = ["command", "args"].flatMap((list) => container.get(list)?.items() ?? []);
  const image = /(?:^|\/)node(?::|@|$)/.test(container.get("image")?.text ?? "");
  const program = ipv4Program(items) ?? (items.length === 0 && image && variable ? "node" : undefined);
  if (program !== "gunicorn" && program !== "node") return undefined;
  const by = text[start + "0.0.0.0".length] === ":" ? "[::]" : "::";
  return field.replace(text.slice(0, start) + by + text.slice(start + "0.0.0.0".length));
}

function pod(bind: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: python:3.13-slim
      command: [gunicorn, --bind, "${bind}", "app:app"]
`;
}
