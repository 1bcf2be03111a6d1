import { parseAddress } from "../addresses/address.ts";
import { type Cause, excluded, possible } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { nodeDial } from "../judging/dial-args.ts";
import { atNode, failedDials } from "../judging/failures.ts";
import { outcomeOf } from "../judging/symptom.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { probe as routes } from "../probes/routes.ts";
import { ask, question } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  unprovable: true,
  summary: "The node's IPv6 gateway does not answer neighbour solicitations",
  why: "A default route may name a gateway that is gone, in another VLAN, or kept from answering by a filter on the switch. The node asks three times, a second apart, and tells whoever sent the packet that the host is unreachable.",
  source: "https://www.rfc-editor.org/rfc/rfc4861#section-7.2",
  looksLike: ["no-way-out-upstream", "neighbour-discovery-dropped"], // the gateway answers / the node hears nobody at all
  code: "R07",

  *judge(subject) {
    const outside = failedDials(subject, "host-unreachable").filter(({ flow }) => flow?.scope === "outside");
    const [dial] = outside;
    const [node] = subject.scene.nodes;
    const address = parseAddress(dial?.flow?.host ?? "");
    if (!dial?.flow || !node || !address)
      return excluded(
        "no IPv6 dial to the outside was told that the host is unreachable",
        dialsOverIPv6(subject, "outside"),
      );
    const table = yield* ask(routes, atNode(node));
    const gateway = routeTo(table, address)?.gateway;
    if (gateway === undefined)
      return excluded(`node ${node.name} has no gateway for ${dial.flow.host}`, [question(routes, atNode(node))]);
    const args = nodeDial(dial.flow, node.name, Math.max(subject.patience, unanswered));
    const own = yield* ask(dialProbe, args);
    const { outcome } = outcomeOf(own);
    const { moved } = yield* ask(counters, atNode(node));
    const { Icmp6OutNeighborSolicits: asked = 0, Icmp6InNeighborAdvertisements: heard = 0 } = moved;
    // Others whom the node looks for meanwhile answer too.
    if (outcome !== "host-unreachable" || asked === 0 || heard >= asked)
      return excluded(
        `node ${node.name} itself gets "${own.text || "no answer"}"; it asked for neighbours ${asked} times and got ${heard} answers`,
        [question(dialProbe, args), question(counters, atNode(node))],
      );
    return possible(
      `node ${node.name} has the gateway ${gateway} for ${dial.flow.host}, is told itself that the host is unreachable, and asked for neighbours ${asked} times ${heard === 0 ? "without an answer" : `and got ${heard} answers`} while we dialled`,
      {
        fix: `Look whether ${gateway} is there (ip -6 neigh show ${gateway} on node ${node.name}: FAILED), in the same VLAN, and allowed to answer; correct the default route.`,
        confirm: `ip -6 neigh show ${gateway} on node ${node.name} is REACHABLE.`,
        explains: outside.map(({ id }) => id),
        missing: `that it was ${gateway} that was asked for: the counters do not say whom`,
      },
    );
  },
};

/** Seconds until the kernel has given a neighbour up. */
const unanswered = 3.5;
