import { containersOf } from "../manifest/containers.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds } from "../manifest/resource.ts";
import { commandLines } from "../manifest/strings.ts";
import type { Report, Rule } from "../rule.ts";

export const rule: Rule = {
  summary: "A command that talks over IPv4 only, or measures IPv6 with the wrong size",
  why: `\`curl -4\`, \`wget -4\` and \`ping -4\` fail in a pod without IPv4, so a probe made of them restarts it for nothing. The
largest ping over IPv6 that fits an MTU of 1500 is \`-s 1452\`: its header is 40 bytes, not 20, and without \`-M do\` a larger
one is cut in pieces and proves nothing.`,
  source: "https://curl.se/docs/manpage.html#-4",
  severity: "warning",
  codes: ["ARG015", "ARG022"],
  kinds: podKinds,
  example: {
    bad: pod('[curl, "-4", "-f", "http://localhost:8080/"]'),
    good: pod('[curl, "-f", "http://localhost:8080/"]'),
  },

  *check(resource) {
    for (const line of containersOf(resource).flatMap(commandLines)) {
      const [first] = line;
      const program = nameOf(first?.text ?? "");
      if (/^(?:ba|da|a|z)?sh$/.test(program)) for (const script of line.slice(1)) yield* inScript(script);
      else yield* inWords(program, line.slice(1));
    }
  },
};

function* inWords(program: string, words: readonly Field[]): Iterable<Report> {
  if (!/^(?:curl|wget|ping)$/.test(program)) return;
  const four = words.find(({ text = "" }) => isFour(program, text));
  if (four) yield { ...ipv4Only(program), at: four, fix: { title: `Remove ${four.text}`, edits: [four.remove()] } };
}

/** One simple command at a time: what stands behind a pipe or a semicolon is another program's. */
function* inScript(script: Field): Iterable<Report> {
  for (const command of (script.text ?? "").matchAll(
    /(?:^|[\s;&|(`])((?:[\w./]*\/)?(?:curl|wget|ping6?))((?:[ \t]+[^\s;&|)`]+)+)/g,
  )) {
    const [whole, path = "", rest = ""] = command;
    const start = command.index + whole.length - rest.length;
    for (const word of rest.matchAll(/\S+/g)) {
      const at = script.within(start + word.index, start + word.index + word[0].length);
      if (isFour(nameOf(path), word[0])) yield { ...ipv4Only(nameOf(path)), at };
    }
    const size = /\s-s ?(\d+)/.exec(rest)?.[1];
    if (/^ping6?$/.test(nameOf(path)) && size && Number(size) > 1452 && Number(size) <= 1472 && isSix(path, rest))
      yield {
        at: script.within(start, start + rest.length),
        message: tooLarge,
        severity: "information",
        codes: ["ARG022"],
      };
  }
}

const tooLarge = "over IPv6 the most that fits an MTU of 1500 is -s 1452, with -M do";

function isSix(path: string, rest: string): boolean {
  return path.endsWith("6") || /\s-6\b/.test(rest);
}

function isFour(program: string, word: string): boolean {
  return (
    word === "-4" ||
    (program === "curl" && /^(?:--ipv4|-[sfkLSvgiI]*4[sfkLSvgiI]*)$/.test(word)) ||
    word === "--inet4-only"
  );
}

function ipv4Only(program: string): Pick<Report, "message" | "codes"> {
  return {
    message: `${program} over IPv4 only fails in pods without IPv4: leave the choice to ${program}`,
    codes: ["ARG015"],
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
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
