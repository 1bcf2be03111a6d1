import { answered } from "../cluster/cluster.ts";
import type { ApiProbe } from "../probing/probe.ts";

/** Sentences of programs that say by themselves why a family does not work; nothing else of a log is kept. */
const sentences = {
  /** {@link https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-proxy/app/server.go} */
  "kube-proxy": [
    /kube-proxy running in single-stack (?:IPv4|IPv6)? ?mode[^\n"]{0,80}/,
    /No iptables support for family[^\n]{0,60}/,
    /can't initialize ip6tables table[^\n]{0,120}/,
    /Couldn't load target `?KUBE-MARK-DROP[^\n]{0,80}/,
    /Failed to execute iptables-restore[^\n]{0,160}/,
    /ip6tables(?:-restore|-save)?[^\n]{0,60}(?:not found|does not exist)[^\n]{0,60}/,
  ],
  coredns: [
    /not an IP address or file: "fe80:[0-9a-f:]*%[^"\n]{1,20}"/i,
    /dial udp \[fe80:[0-9a-f:]*%[^\]\n]{1,20}\]:\d+: connect: invalid argument/i,
    /(?:read|write|dial) udp [^\n]{0,90}connect: network is unreachable/,
  ],
  /** {@link https://github.com/projectcalico/calico/issues/8433} */
  calico: [/errorOutput="ip6tables(?:-nft|-legacy)?-restore[^"\n]{0,200}/],
  /** {@link https://github.com/ovn-kubernetes/ovn-kubernetes/pull/2013}, {@link https://github.com/kubeovn/kube-ovn/issues/1379} */
  ovn: [/multiple gateway interfaces detected: [^"\n]{0,60}/, /failed to add route no route to host/],
  application: [
    /socket\(\) \[::\]:\d+ failed \(97: Address family not supported by protocol\)/,
    /Address family not supported by protocol/,
    /Protocol family unavailable/,
    /address [0-9a-fA-F:]+:\d+: too many colons in address/,
    /too many colons in address/,
    /bind[^\n]{0,60}(?:EADDRNOTAVAIL|[Cc]annot assign requested address)/,
  ],
} as const;

export type Speaker = keyof typeof sentences;

export interface LogArgs {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly of: Speaker;
  /** A name: what is said of it is marked with it. */
  readonly about?: string;
  /** The log of the container's life before this one. */
  readonly previous?: true;
}

/** What of it was found, the newest last, `NAME: ...` where the line is about that name, and how many lines were read. */
export interface LogWords {
  readonly lines: number;
  readonly found: readonly string[];
}

const lines = 400;
const mostFound = 5;

/** Looks in a container's log for what programs say of a family that does not work. */
export const probe: ApiProbe<LogArgs, LogWords> = {
  id: "log-words",
  access: "api",
  asks: ({ namespace, pod, container, previous }) =>
    `what container ${container} of pod ${namespace}/${pod} said of address families${previous ? " before it was started again" : ""}`,
  right: ({ namespace }) => ({ verbs: ["get"], apiGroup: "", resource: "pods/log", namespace }),
  types: ({ namespace, pod, container, previous }) => [
    "logs",
    "-n",
    namespace,
    pod,
    "-c",
    container,
    `--tail=${lines}`,
    ...(previous ? ["--previous"] : []),
  ],
  line: ({ found, lines: read }) => found.at(-1) ?? `nothing of the kind in ${read} lines`,
  look: async (cluster, { namespace, pod, container, of, previous, about }, signal) => {
    const options = { lines, ...(previous ? { previous } : {}), ...(signal ? { signal } : {}) };
    const log = await cluster.logs({ namespace, pod, container }, options);
    if (!log.ok) return log;
    const all = log.value.split("\n");
    const found = all.flatMap((line) => {
      const said = sentences[of].map((sentence) => sentence.exec(line)?.[0]).find(Boolean);
      return said === undefined
        ? []
        : [about !== undefined && line.includes(` ${about}. `) ? `${about}: ${said}` : said];
    });
    return answered({ lines: all.length, found: lastOfEach(found).slice(-mostFound) });
  },
};

/** What was said twice stands where it was said last. */
function lastOfEach(found: readonly string[]): readonly string[] {
  return [...new Set(found.toReversed())].toReversed();
}
