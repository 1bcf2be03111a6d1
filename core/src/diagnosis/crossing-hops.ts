import type { Answer } from "../cluster/cluster.ts";
import type { Crossed, Crossing } from "../judging/crossing.ts";
import { atNode } from "../judging/failures.ts";
import { type Leaving, leavingBy, reachedHow } from "../judging/leaving.ts";
import type { Known, PathStation } from "../judging/path.ts";
import { completed, trackedOf, trackedWith } from "../judging/tracking.ts";
import { probe as forwarding } from "../probes/forwarding.ts";
import { probe as routes } from "../probes/routes.ts";
import type { Transit } from "../probes/transit.ts";
import { type Question, question } from "../probing/probe.ts";

/** The stations between the pods, by what their nodes saw of the dial that was watched. */
export function crossingHops(crossing: Crossing, known: Known): PathStation[] {
  const { near, flow, questions } = crossing;
  const crossed: Crossed = {
    again: known(questions.again) ?? unasked,
    near: seenOf(questions.near, known),
    far: questions.far && seenOf(questions.far, known),
    control: questions.control && known(questions.control),
    direct: questions.direct && known(questions.direct),
  };
  const where = `node ${near.name}`;
  const here = crossed.near.ok ? crossed.near.value : undefined;
  const tracked = trackedOf(flow, here);
  if (tracked) {
    const because = `${where} tracks the connection: it came from the pod and was passed on`;
    const answered = tracked.unreplied ? "no answer came back to it" : `an answer came back to it (${tracked.state})`;
    return [
      { hop: "host side", where, state: "works", because },
      { hop: "node forwarding", where, state: "works", because },
      { hop: "policy", where, state: "works", because: `nothing on ${where} stopped the first packet` },
      ...(tracked.unreplied ? [] : [{ hop: "underlay", where, state: "works", because: answered } as const]),
      ...(flow.service
        ? [{ hop: "Service rules", where, ...translated(tracked.reply.source, flow.host ?? "") } as const]
        : []),
      ...onwards(crossing, crossed, known),
    ];
  }
  const off = known(question(forwarding, { node: near.name }));
  const died = here?.counters.Ip6InAddrErrors ?? 0;
  const stopped: PathStation[] =
    off?.ok && off.value === 0 && died > 0 && flow.family === "IPv6"
      ? [
          {
            hop: "node forwarding",
            where,
            state: "fails",
            because: `${where} does not forward, and refused ${died} packets while we dialled`,
          },
        ]
      : [];
  return [...stopped, ...onwards(crossing, crossed, known)];
}

function seenOf(asked: Question<Transit>, known: Known): Answer<Transit> {
  return completed(known(asked) ?? unasked, known(trackedWith(asked)));
}

const unasked = { ok: false, refusal: { reason: "cancelled", message: "not asked" } } as const;

/** The source of the answer is who was translated to. */
function translated(answers: string, address: string): Pick<PathStation, "state" | "because"> {
  return answers === address
    ? { state: "fails", because: `${address} left untranslated: no rule for the Service took it` }
    : { state: "works", because: `${address} was translated to ${answers}` };
}

function onwards(crossing: Crossing, crossed: Crossed, known: Known): PathStation[] {
  const { near, far } = crossing;
  const leaving = leavingBy(crossing, known(question(routes, atNode(near))));
  const { reached, by, own } = reachedHow(crossing, crossed, leaving);
  const way = leaving && `by ${leaving.device}`;
  const where = `node ${near.name}`;
  const gap = far ? `between node ${near.name} and node ${far.name}` : where;
  const there = `node ${far?.name}`;
  if (reached === "delivered")
    return [
      { hop: "encapsulation or route", where, state: "works", because: `it left ${way ?? "the node"}` },
      { hop: "underlay", where: gap, state: "works", because: by },
      { hop: "far node", where: there, state: "works", because: by },
    ];
  if (reached === "arrived, not delivered")
    return [
      { hop: "encapsulation or route", where, state: "works", because: by },
      { hop: "far node", where: there, state: "fails", because: by },
    ];
  if (reached === "not sent") return [{ hop: "encapsulation or route", where, state: "fails", because: by }];
  if (reached !== "left, not arrived")
    return leaving && own
      ? [{ hop: "encapsulation or route", where, state: "works", because: leftBy(crossing, crossed, leaving) }]
      : [];
  const look = leaving?.between ? lookAt(leaving.tunnel, crossing.flow.family, leaving.between) : "";
  return [
    { hop: "encapsulation or route", where, state: "works", because: by },
    {
      hop: "underlay",
      where: gap,
      state: "fails",
      because: `left ${near.name} ${way}, never arrived at ${far?.name}${look} (${by})`,
    },
  ];
}

/** As whom, and where to look on if nothing came back. */
function leftBy({ near, far, flow }: Crossing, { near: seen }: Crossed, { device }: Leaving): string {
  const tracked = trackedOf(flow, seen.ok ? seen.value : undefined);
  const as =
    tracked && tracked.reply.destination !== flow.from.ips[flow.family] ? ` as ${tracked.reply.destination}` : "";
  const left = `it left by ${device}${as}`;
  if (!tracked?.unreplied) return left;
  const beyond = far
    ? `at node ${far.name} and what lies between`
    : "at its router's routes and filters, and at the target";
  return `${left}, and no answer came back; look beyond node ${near.name}: ${beyond}`;
}

function lookAt(tunnel: string | undefined, family: string, [a, b]: readonly [string, string]): string {
  const what = tunnel ? `${tunnel} over ${family}` : `what filters packets with pod addresses over ${family}`;
  return `; look at ${what} between ${a} and ${b}`;
}
