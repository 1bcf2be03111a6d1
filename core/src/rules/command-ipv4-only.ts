import { lacks } from "../facts/service-ranges.ts";
import { type CommandWord, type ContainerCommand, commandsOf } from "../kinds/commands.ts";
import { containersOf } from "../kinds/containers.ts";
import type { Fix, Rule } from "../lint/rule.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A command that talks over IPv4 only",
  why: `\`curl -4\`, \`wget -4\` and \`ping -4\` fail in a pod without IPv4, so a probe made of them restarts it for nothing. Without
\`-4\` they take the family that works.`,
  source: "https://curl.se/docs/manpage.html#-4",
  severity: "warning",
  codes: ["ARG015"],
  kinds: podKinds,
  mentions: [/-[a-z]*4[a-z]*\b|ipv4|inet4/],
  example: {
    bad: pod('[curl, "-4", "-f", "http://localhost:8080/"]'),
    good: pod('[curl, "-f", "http://localhost:8080/"]'),
  },

  *check(resource, world) {
    // One of two, each of which looks at a family by itself.
    if (/[-.](?:ip)?v?4$/.test(resource.name ?? "")) return;
    for (const command of containersOf(resource).flatMap(commandsOf)) {
      const { program } = command;
      const four = ipv4Word(command);
      if (four && !lacks(world, "IPv6"))
        yield {
          at: four.at,
          message: `${program} over IPv4 only fails in pods without IPv4: leave the choice to ${program}`,
          fix: withoutFour(four),
        };
    }
  },
};

function ipv4Word({ program, words }: ContainerCommand) {
  const pattern = options[program];
  return pattern && words.find(({ text }) => pattern.test(text));
}

/** What else stands in the word stays. */
function withoutFour(word: CommandWord): Fix {
  const { text } = word;
  if (/^-4$|^--/.test(text)) return { kind: "decision", title: `Remove ${text}`, edits: [word.remove()] };
  const rest = text.replace("4", "");
  return { kind: "decision", title: `Write ${rest}`, edits: [word.replace(rest)] };
}

/** For curl, a letter among those that take no value. */
const options: Readonly<Record<string, RegExp>> = {
  curl: /^(?:--ipv4|-[sfkLSvgiI]*4[sfkLSvgiI]*)$/,
  wget: /^(?:-4|--inet4-only)$/,
  ping: /^-4$/,
};

function pod(command: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: app
      image: ghcr.io/acme/app:1
      livenessProbe:
        exec:
          command: ${command}
`;
}
