import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import { probe as events } from "../probes/events.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { type Asking, question, tryAsk } from "../probing/probe.ts";
import type { Ground } from "./proof.ts";

/** What the kubelet says of a pod whose application it asked over IPv6. */
interface RefusedProbe {
  readonly pod: string;
  readonly host: string;
  readonly port: number;
  readonly message: string;
}

interface ProbedInVain {
  readonly found?: {
    readonly complaint: RefusedProbe;
    /** What the port is bound to, none of which takes IPv6; undefined where nobody may look. */
    readonly bound: string | undefined;
    readonly unread: string | undefined;
  };
  readonly looked: readonly Ground[];
  /** Why it is not known of one of the pods. */
  readonly unseen?: string;
}

/** More pods of one Service fail for the same reason. */
const mostPods = 2;

/** A pod behind a Service that is never ready, because it is probed over IPv6 and does not listen there. */
export function* probedInVain(namespace: string, slices: readonly KubeObject[]): Asking<ProbedInVain> {
  const looked: Ground[] = [];
  let unseen: string | undefined;
  for (const pod of podsIn(slices).slice(0, mostPods)) {
    const asked = { namespace, pod };
    const told = yield* tryAsk(events, asked);
    if (!told.ok) {
      unseen ??= told.refusal.message;
      continue;
    }
    looked.push(question(events, asked));
    const complaint = told.value.flatMap((event) => refusedProbe(event, pod))[0];
    if (!complaint) continue;
    const at = { at: { kind: "pod", namespace, pod } } as const;
    const sockets = yield* tryAsk(listeners, at);
    if (!sockets.ok) return { found: { complaint, bound: undefined, unread: sockets.refusal.message }, looked };
    looked.push(question(listeners, at));
    const { host, port } = complaint;
    const own = sockets.value.filter((one) => one.port === port);
    if (own.length === 0 || own.some((one) => accepts(one, "IPv6", host, port))) continue;
    return { found: { complaint, bound: own.map(({ address }) => address).join(", "), unread: undefined }, looked };
  }
  return { looked, ...(unseen === undefined ? {} : { unseen }) };
}

interface Endpoint {
  readonly targetRef?: { readonly kind?: string; readonly name: string };
}

function podsIn(slices: readonly KubeObject[]): string[] {
  const endpoints = slices.flatMap((slice) => (slice.endpoints ?? []) as Endpoint[]);
  return [...new Set(endpoints.flatMap(({ targetRef }) => (targetRef?.kind === "Pod" ? targetRef.name : [])))];
}

/** `Readiness probe failed: Get "http://[fd00::1]:80/": dial tcp [fd00::1]:80: connect: connection refused` */
function refusedProbe({ message = "" }: KubeObject, pod: string): RefusedProbe[] {
  const [, host = "", port = ""] =
    /probe failed: .*dial tcp \[?([0-9a-f:.]+)\]?:(\d+): connect: connection refused/i.exec(String(message)) ?? [];
  return familyOf(host) === "IPv6" ? [{ pod, host, port: Number(port), message: String(message).slice(0, 200) }] : [];
}
