import { type Cause, excluded, possible, proven, unknown } from "../judging/cause.ts";
import { dialsOverIPv6 } from "../judging/compared.ts";
import { failedDials } from "../judging/failures.ts";
import { narrowUnderlay } from "../judging/narrow-underlay.ts";
import { throughPods } from "../judging/same-fate.ts";
import { serverAnswers } from "../judging/silent-server.ts";
import { takenBySize } from "../judging/size-rules.ts";
import { NotLooked } from "../probing/probe.ts";

export const cause: Cause = {
  layer: "link",
  summary: "The network between the nodes carries smaller packets than the nodes' own interfaces",
  why: "A switch, a virtual switch or a provider's overlay drops frames that are too large without a word: only routers send Packet Too Big. So nodes and pods go on sending what vanishes; connections open, and hang on the first full packet.",
  source: "https://www.rfc-editor.org/rfc/rfc4821#section-1",
  looksLike: ["path-mtu-black-hole"], // there a router drops it, and what it says of that is filtered
  code: "M03",

  *judge(subject) {
    const stalled = failedDials(subject, "stalls");
    if (stalled.length === 0)
      return excluded("no connection was seen to hang on a large packet", dialsOverIPv6(subject));
    const answer = yield* narrowUnderlay(subject, stalled);
    if (!answer.ok) throw new NotLooked("the way between the nodes themselves", answer.refusal);
    const seen = answer.value;
    const [dial] = seen?.dials ?? [];
    if (!seen || !dial)
      return excluded("what hangs on a large packet does not go to a pod of another node", dialsOverIPv6(subject));
    if (!seen.narrow)
      return seen.looked.length > 0
        ? excluded("between the nodes themselves packets of all sizes pass, or the sender is told", seen.looked)
        : unknown("the nodes have no addresses by which the way between them could be tried");
    const { between, because, largest, unsure } = seen.narrow;
    const { uplink, near, far, by } = between;
    const remedy = {
      fix: `Let the network between the nodes carry ${uplink.mtu} bytes (ports of switches and virtual switches, the provider's network), or give ${uplink.device} of the nodes an MTU of ${largest}, and the CNI one that is smaller by what its tunnel takes; then recreate the pods.`,
      confirm: `ping -s ${uplink.mtu - headers[between.family]} from node ${near.name} to node ${far.name} is answered, and so is the large request.`,
      explains: [...seen.dials.map(({ id }) => id), ...throughPods(subject, seen.dials)],
    };
    const server = yield* serverAnswers(subject, dial);
    if (server?.answers === false)
      return excluded(`the server is silent on large requests: ${server.said}`, [server.by]);
    if (unsure)
      return possible(because, {
        ...remedy,
        missing: `that what pods send travels between the nodes over ${between.family}`,
      });
    if (!server)
      return possible(because, {
        ...remedy,
        missing: "the same request where no path is too narrow: a server that is silent on large ones looks the same",
      });
    const taken = yield* takenBySize(subject, [dial]);
    if (taken !== undefined) return possible(because, { ...remedy, missing: taken });
    return proven(`${because}, and nobody tells; ${server.said}`, {
      ...remedy,
      died: { how: "control", dial, by: [server.by, by] },
      instead: [
        { lookalike: "path-mtu-black-hole", by: [by] },
        { lookalike: "a server that is silent on large requests", by: [server.by] },
      ],
    });
  },
};

/** Of IP and ICMP. */
const headers = { IPv4: 28, IPv6: 48 } as const;
