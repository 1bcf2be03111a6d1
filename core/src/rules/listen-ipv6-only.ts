import { clusterOf } from "../facts/service-ranges.ts";
import { commandsOf } from "../kinds/commands.ts";
import { containersOf, envOf } from "../kinds/containers.ts";
import { imageName } from "../kinds/runtime.ts";
import type { Rule } from "../lint/rule.ts";
import type { Place } from "../manifest/field.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A program that turns IPv4 off on ::, where IPv4 comes first",
  why: `On \`::\` most programs answer both families. Some set IPV6_V6ONLY: asyncio servers such as uvicorn with one worker, Tornado
(Jupyter), Redis, Memcached, waitress. Where the primary family is IPv4, probes, Services and the pod's first address are IPv4, and
nobody answers there any more. Each has words of its own for both families.`,
  source: "https://github.com/python/cpython/blob/main/Lib/asyncio/base_events.py",
  severity: "warning",
  kinds: podKinds,
  mentions: [/::/],
  example: {
    cluster: "dual-v4",
    bad: pod('["redis-server", "--bind", "::"]'),
    good: pod('["redis-server", "--bind", "* -::*"]'),
  },

  *check(resource, world) {
    if (!["dual-v4", "v4"].includes(clusterOf(world))) return;
    for (const container of containersOf(resource)) {
      const image = container.get("command") ? "" : imageName(container);
      for (const { program, words } of commandsOf(container)) {
        const all = [{ text: program, at: undefined }, ...words];
        const texts = all.map(({ text }) => text);
        const known = strict.find(
          (own) => texts.some((text) => own.program.test(bare(text))) || own.image?.test(image),
        );
        const at = known && !known.unless?.test(texts.join(" ")) ? boundTo(all, known) : undefined;
        if (at) yield { at, message: says(known?.name ?? program, known?.instead ?? "") };
      }
      for (const { name, value } of envOf(container))
        if (value?.text === "::" && name === "UVICORN_HOST") yield { at: value, message: says("uvicorn", uvicorn) };
        else if (value?.text === "::" && name === "HOST" && /^litellm/.test(imageName(container)))
          yield { at: value, message: says("LiteLLM", "write 0.0.0.0") };
    }
  },
};

interface Strict {
  readonly name: string;
  readonly program: RegExp;
  readonly image?: RegExp;
  readonly flag: RegExp;
  /** What makes it answer both families, or not at all here. */
  readonly unless?: RegExp;
  readonly instead: string;
}

const uvicorn = "take --workers 2, or gunicorn";

/**
 * {@link https://github.com/Kludex/uvicorn/issues/2945} {@link https://github.com/redis/redis/blob/unstable/src/anet.c}
 * {@link https://github.com/memcached/memcached/blob/master/memcached.c} {@link https://github.com/Pylons/waitress/blob/main/src/waitress/server.py}
 * {@link https://github.com/tornadoweb/tornado/blob/master/tornado/netutil.py}
 */
const strict: readonly Strict[] = [
  {
    name: "uvicorn",
    program: /^(?:uvicorn|fastapi)$/,
    flag: /^--host$/,
    unless: /--workers[= ](?!1\b)|--reload|--fd|^gunicorn/,
    instead: uvicorn,
  },
  // https://github.com/BerriAI/litellm/blob/main/litellm/proxy/proxy_cli.py
  {
    name: "LiteLLM",
    program: /^litellm$/,
    image: /^litellm(?:-.+)?$/,
    flag: /^--host$/,
    unless: /--run_gunicorn|--run_hypercorn|--num_workers[= ](?!1\b)/,
    instead: "write 0.0.0.0",
  },
  { name: "aiohttp", program: /^aiohttp\.web$/, flag: /^(?:-H|--hostname)$/, instead: "leave the host out" },
  {
    name: "Redis",
    program: /^(?:redis|valkey)-server$/,
    image: /^(?:redis|valkey)$/,
    flag: /^--bind$/,
    instead: "write --bind * -::*",
  },
  {
    name: "memcached",
    program: /^memcached$/,
    image: /^memcached$/,
    flag: /^(?:-l|--listen)$/,
    instead: "write -l 0.0.0.0,::",
  },
  { name: "waitress", program: /^waitress(?:-serve)?$/, flag: /^--(?:listen|host)$/, instead: "write *" },
  { name: "Jupyter", program: /^jupyter(?:-lab|-notebook|-server)?$/, flag: /^--ip$/, instead: "write --ip=*" },
];

/** The word that names every IPv6 address behind the flag, if no other one stands there. */
function boundTo(words: readonly { readonly text: string; readonly at: Place | undefined }[], { flag }: Strict) {
  const [flags, values] = [words.map(({ text }) => text.replace(/=.*/s, "")), words.map(({ text }) => text)];
  const at = flags.findIndex((text) => flag.test(text));
  if (at < 0 || flags.filter((text) => flag.test(text)).length > 1) return undefined;
  const joined = values[at]?.includes("=");
  const value = joined ? values[at]?.replace(/^[^=]*=/, "") : values[at + 1];
  const more = values[joined ? at + 1 : at + 2];
  // `--bind :: 0.0.0.0` goes on behind it.
  if (!/^["']?(?:-?::\*?|\[::\](?::\d+)?)["']?$/.test(value ?? "") || (more && /^["']?[-*\d.]*[*.]/.test(more)))
    return undefined;
  return words[joined ? at : at + 1]?.at;
}

function says(name: string, instead: string): string {
  return `${name} turns IPv4 off on ::, and IPv4 comes first in this cluster: ${instead}`;
}

function bare(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
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
      command: ${command}
`;
}
