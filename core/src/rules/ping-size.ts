import { type ContainerCommand, commandsOf } from "../kinds/commands.ts";
import { containersOf } from "../kinds/containers.ts";
import type { Rule } from "../lint/rule.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A ping over IPv6 that is larger than an MTU of 1500 takes",
  why: `1472 bytes fill an IPv4 packet of 1500. The header of IPv6 is 40 bytes, not 20, so the most is 1452 (RFC 8200); a larger ping
is cut in pieces without \`-M do\`, and proves nothing on the MTU.`,
  source: "https://www.rfc-editor.org/rfc/rfc8200",
  severity: "information",
  codes: ["ARG022"],
  kinds: podKinds,
  mentions: [/ping6|-6\b/],
  example: {
    bad: pod('[ping, "-6", -c, "1", -s, "1472", gateway]'),
    good: pod('[ping, "-6", -c, "1", -M, do, -s, "1452", gateway]'),
  },

  *check(resource) {
    for (const command of containersOf(resource).flatMap(commandsOf)) {
      const size = isPing6(command) ? sizeOf(command) : undefined;
      if (size && size.bytes > 1452 && size.bytes <= 1472)
        yield { at: size.at, message: "over IPv6 the most that fits an MTU of 1500 is -s 1452, with -M do" };
    }
  },
};

function isPing6({ program, words }: ContainerCommand): boolean {
  return program === "ping6" || (program === "ping" && words.some(({ text }) => text === "-6"));
}

/** `-s 1472` or `-s1472` */
function sizeOf({ words }: ContainerCommand) {
  const index = words.findIndex(({ text }) => /^-s\d*$/.test(text));
  const flag = words[index];
  const word = flag?.text === "-s" ? words[index + 1] : flag;
  const digits = /(?<!\d)\d+$/.exec(word?.text ?? "")?.[0];
  return word && digits ? { at: word.at, bytes: Number(digits) } : undefined;
}

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
