import { byPolicy, ofConnection, watchedDrops } from "../judging/agent-drops.ts";
import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "service",
  summary: "Cilium drops what is sent to a Service's IPv6 address",
  why: "Where Cilium does kube-proxy's work, a Service's address is known to its eBPF maps alone. One that is missing there in one family, or has backends there that are gone, is an address of nobody, and is dropped as such.",
  source: "https://github.com/cilium/cilium/issues/29498",
  looksLike: ["kube-proxy-no-ipv6-rules", "no-ready-ipv6-endpoints", "network-policy-ipv4-only"], // it leaves the node untranslated / there is nobody to send to / the reason is a policy
  code: "C14",

  *judge(subject) {
    const lost = failedDials(subject).filter(({ flow }) => flow?.scope === "service");
    if (lost.length === 0) return excluded("no IPv6 dial to a Service failed", dialsOverIPv6(subject, "service"));
    const watched = yield* watchedDrops(subject);
    if (!watched) return unknown("no agent of Cilium was seen on the node that dials");
    const { dial, flow, looked, unheard } = watched;
    if (flow.scope !== "service" || !flow.service)
      return unknown(`${dial.to} was watched in its place, which fails without a Service`);
    const mine = ofConnection(watched).filter(
      ({ drop }) => drop.destination === flow.host && !byPolicy.test(drop.reason),
    );
    const [first] = mine;
    if (!first)
      return unheard === undefined
        ? excluded("Cilium dropped nothing that was sent to the Service", looked)
        : unknown(unheard);
    const { namespace, name: service } = flow.service;
    const listed = question(endpointSlices, { namespace, service });
    const slices = yield* ask(endpointSlices, { namespace, service });
    const ready = slices
      .filter(({ addressType }) => addressType === "IPv6")
      .flatMap(({ endpoints }) => endpoints ?? []);
    if (ready.length === 0)
      return excluded(`Service ${namespace}/${service} has no IPv6 endpoints: that is no-ready-ipv6-endpoints`, [
        listed,
      ]);
    const remedy = {
      fix: `Look for the address with cilium-dbg bpf lb list in the agent on node ${flow.from.node}; restart that agent if it is missing there, and upgrade Cilium. k8sServiceHost has to be of a family that all nodes reach.`,
      confirm: `cilium-dbg bpf lb list names [${flow.host}]:${flow.port} with its backends, and the dial connects.`,
      explains: lost.filter((one) => one.flow?.service === flow.service).map(({ id }) => id),
    };
    const because = `${first.says}, although Service ${namespace}/${service} has IPv6 endpoints`;
    const other = notOverIPv4(subject, dial);
    if (!other) return possible(because, { ...remedy, missing: "the same Service reached over IPv4" });
    return proven(because, {
      ...remedy,
      died: { how: "tuple", dial, by: [first.by] },
      instead: [
        { lookalike: "kube-proxy-no-ipv6-rules", by: [first.by] },
        { lookalike: "no-ready-ipv6-endpoints", by: [listed] },
        other,
      ],
    });
  },
};
