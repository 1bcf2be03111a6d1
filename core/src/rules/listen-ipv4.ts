import { namesAnyIPv6 } from "../addresses/listen-address.ts";
import { lacks } from "../facts/service-ranges.ts";
import { commandWordsOf, onceOf } from "../kinds/containers.ts";
import { databaseWord } from "../kinds/database-word.ts";
import { type GivenText, givenTexts } from "../kinds/given-texts.ts";
import { isProbed } from "../kinds/probed-ports.ts";
import { imageName, ipv4Program, runtimeOf } from "../kinds/runtime.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Field } from "../manifest/field.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A program told to listen on 0.0.0.0, where that is IPv4 only",
  why: `In Python, Node.js, nginx, Redis and most programs \`0.0.0.0\` opens an IPv4 socket, and connections to the pod's IPv6 address
are refused. PostgreSQL takes \`*\` for both families, MySQL \`::\`. Programs in Go and Java open a socket for both families, so
nothing is said of these; of programs that are not known it is a hint, unless a probe asks for the port in a cluster without IPv4.`,
  source: "https://man7.org/linux/man-pages/man7/ipv6.7.html",
  severity: "warning",
  codes: ["ARG004", "ARG012"],
  kinds: podKinds,
  mentions: [/0\.0\.0\.0|bind_ip_all/],
  example: {
    bad: pod("0.0.0.0:8000"),
    good: pod("[::]:8000"),
  },

  *check(resource, world) {
    const texts = givenTexts(resource);
    for (const given of texts) {
      const { field, text, container, variable } = given;
      // What Linkerd injects by whether the nodes have IPv6: https://linkerd.io/2/features/ipv6/
      if (variable?.startsWith("LINKERD2_PROXY_")) continue;
      // https://www.mongodb.com/docs/manual/reference/program/mongod/#std-option-mongod.--bind_ip_all
      if (
        text === "--bind_ip_all" &&
        !lacks(world, "IPv6") &&
        !texts.some((one) => one.container === container && one.text === "--ipv6")
      )
        yield {
          at: field,
          codes: ["ARG012"],
          message: "all of IPv4 alone, without --ipv6: add it to answer over both families",
        };
      const match = /(?:^(?:-b|tcp:\/\/)?|[\s=](?:tcp:\/\/)?)(0\.0\.0\.0)(?=:\d|$|\s)/.exec(text);
      const runtime = match ? (isIPv4(given) ? "ipv4" : runtimeOf(container)) : "both";
      if (!match || runtime === "both" || namesBoth(container, texts) || lacks(world, "IPv6")) continue;
      const start = match.index + match[0].indexOf(any);
      const at = field.within(start, start + any.length);
      const word = databaseWord(given, start);
      if (word !== undefined) {
        yield { at, codes: ["ARG012"], ...database(given, start, word) };
        continue;
      }
      const known = runtime === "ipv4";
      // A home's chart sets such a variable for every program, and half of them are written in Go.
      if (!known && resource.isComposed && !resource.root.has("metadata")) continue;
      const port = /^:(\d+)/.exec(text.slice(start + any.length))?.[1];
      if (!known && lacks(world, "IPv4") && isProbed(container, port)) {
        yield {
          at,
          codes: ["ARG004"],
          message: "the kubelet's probe comes over IPv6, which most programs do not take on 0.0.0.0: listen on [::]",
        };
        continue;
      }
      yield {
        at,
        codes: ["ARG004"],
        message: known
          ? `0.0.0.0 is IPv4 only in this program${ownHint(given, start, texts) ?? ": listen on [::] to answer over both families"}`
          : "0.0.0.0 is IPv4 only in most programs: listen on [::] if this is one of them",
        severity: known ? "warning" : "information",
        fix: known
          ? { kind: "decision", title: "Listen on both families", edits: [anywhere(given, start)] }
          : undefined,
      };
    }
  },
};

const any = "0.0.0.0";

/** What a Go program hands on to Envoy, which takes it as it is written. {@link https://projectcontour.io/docs/main/configuration/#serve-flags} */
const forEnvoy = /^--(?:envoy-service-https?|stats)-address=/;

/** {@link https://docs.gunicorn.org/en/stable/settings.html#settings} */
const ofGunicorn = "GUNICORN_CMD_ARGS";

/** Whatever the container runs. */
function isIPv4({ text, variable }: GivenText): boolean {
  return forEnvoy.test(text) || variable === ofGunicorn;
}

/**
 * What programs that turn IPv4 off for a socket on `::` take for both families, by name and official image.
 * {@link https://github.com/redis/redis/blob/unstable/src/anet.c}
 * {@link https://www.mongodb.com/docs/manual/core/security-mongodb-configuration/}
 * {@link https://github.com/memcached/memcached/blob/master/memcached.c}
 * {@link https://github.com/Pylons/waitress/blob/main/src/waitress/server.py}
 * {@link https://github.com/Kludex/uvicorn/issues/2945}
 */
const ownHints = [
  [/^(?:redis|valkey)-server$/, /^(?:redis|valkey)$/, ": write --bind * -::* for both families"],
  [/^mongo[ds]$/, /^mongo$/, ": write --ipv6 --bind_ip_all for both families"],
  [/^memcached$/, /^memcached$/, ": write -l 0.0.0.0,:: for both families"],
  [/^waitress(?:-serve)?$/, undefined, ": write * for both families"],
  [/^uvicorn$/, undefined, ", and :: IPv6 only with one worker: both take a second socket or a proxy"],
] as const;

/** Another text of the container names every IPv6 address. */
function namesBoth(container: Field, texts: readonly GivenText[]): boolean {
  return onceOf(container, namesBoth, () =>
    texts.some((other) => other.container === container && namesAnyIPv6(other.text)),
  );
}

/** By the command in which the address stands, a script's last one before it, or without one by the image. */
function ownHint({ text, container, variable }: GivenText, start: number, texts: readonly GivenText[]) {
  const { before, last } = hintsOf(container, texts);
  const found = variable === undefined ? hintIn(text.slice(0, start), before.get(text)) : last;
  if (found || container.get("command")) return found?.[2];
  const image = imageName(container);
  return ownHints.find(([, official]) => official?.test(image))?.[2];
}

type OwnHint = (typeof ownHints)[number];

interface Hints {
  /** The program of the command that goes on in a text, by that text; the first of alike ones. */
  readonly before: ReadonlyMap<string, OwnHint | undefined>;
  /** Behind all of them. */
  readonly last: OwnHint | undefined;
}

function hintsOf(container: Field, texts: readonly GivenText[]): Hints {
  return onceOf(container, hintsOf, () => {
    const before = new Map<string, OwnHint | undefined>();
    let last: OwnHint | undefined;
    for (const { text } of texts.filter((own) => own.container === container && own.variable === undefined)) {
      if (!before.has(text)) before.set(text, last);
      last = hintIn(text, last);
    }
    return { before, last };
  });
}

/** The program of the last command in a text; `before` is that of the command that goes on in it. */
function hintIn(text: string, before: OwnHint | undefined): OwnHint | undefined {
  const commands = text.replaceAll("\\\n", " ").split(/[;&|\n]+/);
  const words = commands.at(-1)?.split(/\s+/) ?? [];
  const own = words.map((word) => ownHints.find(([program]) => program.test(word.replace(/^.*\//, ""))));
  return (commands.length > 1 ? undefined : before) ?? own.find((hint) => hint !== undefined);
}

/** In a script a star may become the names of files. */
function database({ field, text }: GivenText, start: number, word: string): Pick<Report, "message" | "fix"> {
  const edit = /\s/.test(text)
    ? undefined
    : field.replace(text.slice(0, start) + word + text.slice(start + any.length));
  return {
    message: `this server answers over IPv4 only: write ${word} for both families`,
    fix: edit && { kind: "decision", title: `Write ${word}`, edits: [edit] },
  };
}

/** Only for programs that take both families with `::`: asyncio servers such as uvicorn turn IPv4 off with it. */
function anywhere({ field, text, container, variable }: GivenText, start: number): Edit | undefined {
  const items = commandWordsOf(container);
  const image = /(?:^|\/)node(?::|@|$)/.test(container.get("image")?.text ?? "");
  const program =
    variable === ofGunicorn
      ? "gunicorn"
      : (ipv4Program(items) ?? (items.length === 0 && image && variable ? "node" : undefined));
  if (program !== "gunicorn" && program !== "node") return undefined;
  const by = text[start + any.length] === ":" ? "[::]" : "::";
  return field.replace(text.slice(0, start) + by + text.slice(start + any.length));
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
