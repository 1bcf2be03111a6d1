import { parseAddress } from "../addresses/address.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { crossingOf, trackingSeen, watchCrossing } from "../judging/crossing.ts";
import { eachService } from "../judging/each-service.ts";
import { isListed, slicesSince } from "../judging/endpoints.ts";
import { failedDials } from "../judging/failures.ts";
import type { SceneService } from "../judging/scene.ts";
import type { Symptom } from "../judging/symptom.ts";
import { trackedOf } from "../judging/tracking.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { type Asking, ask, type Question, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "The node sends a Service's IPv6 connections to an address that is no endpoint of it",
  why: "kube-proxy keeps the rules of each family by itself. When it cannot write those of one any more, or is gone, they go on naming pods that were deleted since, in iptables, nftables or IPVS, while the other family follows the EndpointSlices.",
  source: "https://kubernetes.io/docs/reference/networking/virtual-ips/",
  looksLike: ["kube-proxy-no-ipv6-rules", "no-ready-ipv6-endpoints"], // it leaves untranslated there / nothing is behind it
  code: "P08",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "network-unreachable", "host-unreachable").filter(
      ({ flow }) => flow?.scope === "service" && flow.service !== undefined,
    );
    const judged = yield* eachService(lost, (service, dials) => judgeService(subject, service, dials));
    return judged ?? excluded("no IPv6 dial to a Service was lost on the way", dialsOverIPv6(subject, "service"));
  },
};

function* judgeService(
  subject: Case,
  service: SceneService,
  lost: readonly [Symptom, ...Symptom[]],
): Asking<Judgement> {
  const [dial] = lost;
  const seen = yield* translation(subject, dial);
  if (!seen) return unknown("to whom the node passed the connection on was not seen");
  const { to, by } = seen;
  if (to === dial.flow?.host) return excluded(`the node passed the connection to ${to} on untranslated`, [by]);
  const { namespace, name } = service;
  const listed = question(endpointSlices, { namespace, service: name });
  const slices = yield* ask(endpointSlices, { namespace, service: name });
  const endpoints = slices.filter(({ addressType }) => addressType === "IPv6").flatMap(addressesOf);
  if (endpoints.some((address) => isSame(address, to)))
    return excluded(`the node passed the connection on to ${to}, an endpoint of the Service`, [by, listed]);
  const node = subject.scene.nodes[0]?.name;
  const because = `node ${node} passed the connection to ${dial.flow?.host} on to ${to}, which is no endpoint of Service ${namespace}/${name} (${endpoints.join(", ") || "it has no IPv6 endpoint"})`;
  const remedy = {
    fix: `Look at the log of kube-proxy on node ${node} for why it does not write its IPv6 rules any more, and restart that pod: it then writes all of them anew.`,
    confirm: `the rules of node ${node} (ip6tables-save -t nat; nft list table ip6 kube-proxy; ipvsadm -Ln) name no ${to}.`,
    explains: lost.map(({ id }) => id),
  };
  if (endpoints.length === 0)
    return possible(because, { ...remedy, missing: "an IPv6 endpoint that should be there instead" });
  const since = yield* slicesSince({ namespace, service: name });
  if (!since.ok || isListed(since.value, to))
    return possible(because, {
      ...remedy,
      missing: since.ok
        ? `that it was none when it was dialled: by now ${to} is listed`
        : `that it is none by now: ${since.refusal.message}`,
    });
  const other = notOverIPv4(subject, dial);
  return proven(because, {
    ...remedy,
    died: { how: "tuple", dial, by: [by, listed] },
    instead: [
      { lookalike: "kube-proxy-no-ipv6-rules", by: [by] },
      { lookalike: "no-ready-ipv6-endpoints", by: [listed] },
      ...(other ? [other] : []),
    ],
  });
}

/** Whom the answer is expected from, as the node tracks the connection: that holds whatever has translated it. */
function* translation(
  { scene, patience }: Case,
  { flow }: Symptom,
): Asking<{ readonly to: string; readonly by: Question } | undefined> {
  const crossing = flow && crossingOf(scene, flow, patience);
  if (!crossing) return undefined;
  const { near } = yield* watchCrossing(crossing);
  const tracked = near.ok ? trackedOf(flow, near.value) : undefined;
  return tracked?.unreplied ? { to: tracked.reply.source, by: trackingSeen(crossing, { near }) } : undefined;
}

function addressesOf({ endpoints }: { readonly [field: string]: unknown }): string[] {
  const all = Array.isArray(endpoints) ? (endpoints as { readonly addresses?: readonly string[] }[]) : [];
  return all.flatMap(({ addresses }) => addresses ?? []);
}

function isSame(one: string, other: string): boolean {
  return parseAddress(one)?.value === parseAddress(other)?.value;
}
