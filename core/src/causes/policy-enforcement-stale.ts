import { droppedByPolicy, type OurDrop, type WatchedDial } from "../judging/agent-drops.ts";
import { type Case, type Cause, excluded, type Judgement, possible, proven, unknown } from "../judging/cause.ts";
import { ciliumDenial } from "../judging/cilium-denials.ts";
import { dialsOverIPv6, notOverIPv4 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { filterStops } from "../judging/filter-stops.ts";
import { carriesOutPolicies, policyRulings } from "../judging/policy-rulings.ts";
import { throughPods } from "../judging/same-fate.ts";
import { kindsFor, type ServedKind } from "../policy/served.ts";
import { probe as policies } from "../probes/policies.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "policy",
  summary: "The policies allow the connection, and the rules that the node made of them do not",
  why: "A policy engine turns policies into rules on every node. Where it loses an update, or handles one family only, its rules go on dropping what no policy denies any more: the fault is in the agent, and no policy has to be changed.",
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  looksLike: ["network-policy-ipv4-only", "forward-policy-drops-ipv6"], // a policy denies it / the rule is no policy engine's
  code: "NP05",

  *judge(subject) {
    const lost = failedDials(subject, "timeout", "refused", "denied", "host-unreachable");
    if (lost.length === 0)
      return excluded("no IPv6 dial failed that a policy could have stopped", dialsOverIPv6(subject));
    const { stops, looked, unreadable } = yield* filterStops(subject, lost);
    const stop = stops.find(({ chain }) => carriesOutPolicies.test(chain));
    const ebpf = stop ? undefined : yield* droppedByPolicy(subject);
    if (ebpf?.drop) return yield* judgeDrop(subject, ebpf.watched, ebpf.drop);
    if (!stop)
      return unreadable === undefined && ebpf?.watched.unheard === undefined
        ? excluded("no rule of a policy engine stopped what was dialled", [...looked, ...(ebpf?.watched.looked ?? [])])
        : unknown(ebpf?.watched.unheard ?? `the rules of the nodes could not be read: ${unreadable}`);
    const { denial, doubt } = yield* policyRulings(subject);
    if (denial) return excluded(`${denial.policy} denies it`, stop.by);
    const remedy = {
      fix: `Restart the policy engine's agent on node ${stop.node.name}, look at its log for failed updates over IPv6, and at its version. The policies need no change.`,
      confirm: "Dial again; it connects, and the rule is gone from the node.",
      explains: [...stop.symptoms.map(({ id }) => id), ...throughPods(subject, stop.symptoms)],
    };
    const because = `${stop.says}, a chain of the policy engine, while the policies in force allow it`;
    if (doubt !== undefined) return possible(`${stop.says}; whether a policy denies it is not known: ${doubt}`, remedy);
    // Policies of a node's own interfaces take what it forwards, too, and are not decided here.
    const hosts = /^cali-/.test(stop.chain) ? yield* tryAsk(policies, hostEndpoints) : undefined;
    if (hosts?.ok && hosts.value.length > 0)
      return possible(`${stop.says}, a chain of the policy engine`, {
        ...remedy,
        missing: `that no policy of HostEndpoint ${hosts.value[0]?.metadata.name} denies it: what it is for is not decided here`,
      });
    const twin = notOverIPv4(subject, stop.symptoms[0]);
    return stop.sure
      ? proven(because, {
          died: { how: "tuple", dial: stop.symptoms[0], by: stop.by },
          instead: [{ lookalike: "network-policy-ipv4-only", by: stop.by }, ...(twin ? [twin] : [])],
          ...remedy,
        })
      : possible(because, remedy);
  },
};

const hostEndpoints = kindsFor("calico").find(({ kind }) => kind === "HostEndpoint") as ServedKind;

/**
 * Cilium's eBPF is no rule of a packet filter; what it dropped, and why, it says by itself, and Hubble which policy that was. A policy of that
 * name that is there all the same is read otherwise by Cilium than here.
 */
function* judgeDrop(subject: Case, { dial, flow }: WatchedDial, drop: OurDrop): Asking<Judgement> {
  const { says, by } = drop;
  const { denial, doubt } = yield* policyRulings(subject);
  if (denial) return excluded(`${denial.policy} denies it, and Cilium carries that out`, [by]);
  const { named, always, by: seen } = yield* ciliumDenial(drop);
  if (always)
    return excluded('cilium-config has enable-policy "always": what no policy allows is denied', [by, ...seen]);
  const names = named.map(({ policy, there }) => `${policy}${there ? "" : ", which is not there any more"}`);
  const hubble = names.length > 0 ? `; Hubble names ${names.join(" and ")}` : "";
  const remedy = {
    fix: `Compare cilium-dbg endpoint get and bpf policy get of the pod with the policies that select it; restart the agent on node ${flow.from.node}, look at its log and version. The policies need no change.`,
    confirm: "Dial again; it connects, and cilium-dbg monitor --type drop stays silent.",
    explains: [dial.id, ...throughPods(subject, [dial])],
  };
  const open =
    doubt !== undefined
      ? `whether a policy denies it: ${doubt}`
      : named.some(({ there }) => there)
        ? "how Cilium reads that policy: by what is known of it here, it allows the connection"
        : always === undefined
          ? "whether cilium-config denies what no policy names"
          : undefined;
  if (open !== undefined) return possible(`${says}${hubble}`, { ...remedy, missing: open });
  const twin = notOverIPv4(subject, dial);
  return proven(`${says}, while the policies in force allow it${hubble}`, {
    died: { how: "tuple", dial, by: [by] },
    instead: [{ lookalike: "network-policy-ipv4-only", by: [by, ...seen] }, ...(twin ? [twin] : [])],
    ...remedy,
  });
}
