import { parseAddress } from "../addresses/address.ts";
import type { Answer } from "../cluster/cluster.ts";
import type { Status } from "../judging/cause.ts";
import type { Crossing } from "../judging/crossing.ts";
import { dialArgs, vantageOf } from "../judging/dial-args.ts";
import { atPod, leavesThePod, podName } from "../judging/failures.ts";
import { type Hop, type HopName, hopNames, type Known, type PathStation } from "../judging/path.ts";
import type { Flow } from "../judging/scene.ts";
import { isStalling, type Symptom } from "../judging/symptom.ts";
import { trackedOf } from "../judging/tracking.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { accepts } from "../linux/tcp-sockets.ts";
import { probe as addresses } from "../probes/addresses.ts";
import { probe as bigRequest } from "../probes/big-request.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as listeners } from "../probes/listeners.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Question, question } from "../probing/probe.ts";
import { agentStation } from "./agent-hop.ts";
import { crossingHops } from "./crossing-hops.ts";
import type { Engine } from "./engine.ts";
import { hopOfCause, type ProvenCause } from "./hop-of-cause.ts";

/** More ways than these say nothing new, and nobody reads them. */
const mostPaths = 6;

/** The ways of the dials that failed, those over IPv6 first. */
export function pathsOf(
  symptoms: readonly Symptom[],
  engine: Pick<Engine, "answerTo">,
  crossings: readonly Crossing[],
  verdicts: readonly (ProvenCause & { readonly status: Status; readonly latent: boolean })[],
  patience: number,
): Hop[] {
  const known: Known = <V>(asked: Question<V>) => engine.answerTo(asked) as Answer<V> | undefined;
  const named = verdicts.filter(({ status, latent }) => status === "proven" && !latent);
  const dials = symptoms.filter(({ kind, failed }) => kind === "dial" && failed);
  const six = dials.filter(({ family }) => family === "IPv6");
  return [...six, ...dials.filter((dial) => !six.includes(dial))].slice(0, mostPaths).flatMap((symptom) => {
    const crossing = crossings.find(({ flow }) => flow.id === symptom.flow?.id);
    const way = pathOf(symptom, known, crossing, named, patience);
    const twin = symptoms.find(({ flow, family }) => flow?.to === symptom.flow?.to && family !== symptom.family);
    // What takes another way, or another port, in the other family tells where not to look. That it connects says nothing of large packets.
    return twin?.outcome === "ok" && symptom.outcome !== "stalls"
      ? way.map((hop) =>
          hop.hop === "underlay" && hop.state === "fails"
            ? { ...hop, because: `${hop.because}; ${twin.family} works` }
            : hop,
        )
      : way;
  });
}

/**
 * The way of a dial that failed, station by station. What a proven cause says of its station stands above everything that
 * was pieced together from counters; what nobody looked at is said to be so.
 */
export function pathOf(
  symptom: Symptom,
  known: Known,
  crossing: Crossing | undefined,
  named: readonly ProvenCause[],
  patience: number,
): Hop[] {
  const { flow, family, id } = symptom;
  if (!flow || flow.host === undefined) return [];
  const near = crossing && known(crossing.questions.near);
  const silent = symptom.outcome === "stalls" ? silentServer(flow, known, patience) : [];
  const seen = [
    ...silent,
    ...podStations(symptom, flow, known, trackedOf(flow, near?.ok ? near.value : undefined) !== undefined),
    ...(crossing ? crossingHops(crossing, known) : []),
    agentStation(flow, known, patience, crossing?.far),
  ];
  const broken = named.filter(({ explains }) => explains.includes(id)).map((one) => hopOfCause(one));
  const stations = hopNames
    .filter((hop) => onTheWay(hop, flow))
    .map((hop): PathStation => {
      const mine = [...broken, ...seen].filter((station) => station.hop === hop);
      return mine.find(({ state }) => state === "fails") ?? mine[0] ?? notLooked(hop, flow);
    });
  return stations.map((station) => ({ symptom: id, family, ...station }));
}

/** A dial of an address asks no DNS, and a packet that stays on its node meets no underlay. */
function onTheWay(hop: HopName, { scope, service, toPod, family }: Flow): boolean {
  if (hop === "DNS") return false;
  if (hop === "network agent") return family === "IPv6";
  if (hop === "Service rules") return service !== undefined;
  if (hop === "endpoints") return service !== undefined || toPod !== undefined;
  if (hop === "underlay" || hop === "far node") return scope !== "same-node";
  return true;
}

function notLooked(hop: HopName, { from, toPod, service }: Flow): PathStation {
  const behind = service && `pods of Service ${service.namespace}/${service.name}`;
  const places: Partial<Record<HopName, string | undefined>> = {
    "application socket": podName(from),
    "pod address": podName(from),
    "pod route": podName(from),
    underlay: toPod ? `between node ${from.node} and node ${toPod.node}` : "between the nodes",
    "far node": toPod ? `node ${toPod.node}` : "the far node",
    endpoints: toPod ? podName(toPod) : behind,
  };
  return {
    hop,
    where: places[hop] ?? `node ${from.node}`,
    state: "not looked",
    because: "nothing that was read tells",
  };
}

function podStations({ outcome, ms = 0, text }: Symptom, flow: Flow, known: Known, isTracked: boolean): PathStation[] {
  const { from, family, host = "", toPod } = flow;
  const where = podName(from);
  const noSocket = outcome === "no-family" || outcome === "no-local-address";
  const stations: PathStation[] = [
    {
      hop: "application socket",
      where,
      state: noSocket ? "fails" : "works",
      because: noSocket ? text : "the kernel of the pod began to connect",
    },
  ];
  const own = from.ips[family];
  const has = known(question(addresses, atPod(from)));
  if (family === "IPv6" && has?.ok) {
    const mine = has.value.find(({ address }) => address === own);
    const usable = mine !== undefined && !mine.dadFailed && !mine.tentative;
    const why = mine ? `${own} is on ${mine.device}${usable ? "" : ", and not usable"}` : `${own} is on no interface`;
    stations.push({ hop: "pod address", where, state: usable ? "works" : "fails", because: why });
  }
  const table = known(question(routes, atPod(from)));
  const address = parseAddress(host);
  const route = table?.ok && address ? routeTo(table.value, address) : undefined;
  if (family === "IPv6" && table?.ok && address) {
    const usable = route !== undefined && !route.reject && (outcome !== "network-unreachable" || ms >= leavesThePod);
    const because = route
      ? `${route.destination}${route.gateway ? ` via ${route.gateway}` : ""} dev ${route.device}${route.reject ? ", which rejects" : ""}`
      : `no route to ${host}`;
    stations.push({ hop: "pod route", where, state: usable ? "works" : "fails", because });
  }
  return [
    ...stations,
    ...unanswered(flow, route, known, isTracked),
    ...(toPod ? endpoint(outcome, ms, flow, known) : []),
  ];
}

/**
 * Neighbour solicitations without an answer end at the host's side of the pod's link, or at a target that is on link; where the node
 * tracks the connection they were for somebody else.
 */
function unanswered(
  { from, family, host, toPod }: Flow,
  route: Route | undefined,
  known: Known,
  isTracked: boolean,
): PathStation[] {
  if (family !== "IPv6" || !route) return [];
  const counted = known(question(counters, atPod(from)));
  if (!counted?.ok) return [];
  const { Icmp6OutNeighborSolicits: asked = 0, Icmp6InNeighborAdvertisements: got = 0 } = counted.value.moved;
  if (asked < 2 || got > 0 || isTracked) return [];
  const because = `${podName(from)} asked ${asked} times who has ${route.gateway ?? host}, and nobody answered`;
  if (route.gateway) return [{ hop: "host side", where: `node ${from.node}`, state: "fails", because }];
  return toPod ? [{ hop: "endpoints", where: podName(toPod), state: "fails", because }] : [];
}

/** Where there is no path at all, from within the pod, none can be too narrow. */
function silentServer(flow: Flow, known: Known, patience: number): PathStation[] {
  const { toPod } = flow;
  if (!toPod) return [];
  const itself = known(question(bigRequest, { ...dialArgs(flow, patience), at: vantageOf(toPod) }));
  if (!itself?.ok || !isStalling(itself.value, patience)) return [];
  const where = podName(toPod);
  const because = `${where} does not answer large requests from within itself either: it is the server, and not the path`;
  return [{ hop: "endpoints", where, state: "fails", because }];
}

function endpoint(outcome: Symptom["outcome"], ms: number, flow: Flow, known: Known): PathStation[] {
  const { toPod, port, family, host = "" } = flow;
  if (!toPod) return [];
  const where = podName(toPod);
  const listens = known(question(listeners, atPod(toPod)));
  const isOpen =
    family === "IPv6" && listens?.ok === true && listens.value.some((one) => accepts(one, family, host, port));
  if (outcome === "refused" && ms < 500 && isOpen)
    return [
      {
        hop: "endpoints",
        where,
        state: "not looked",
        because: `port ${port} is open in ${where}, and the connection is refused: by something on the way, or as ${where} came up`,
      },
    ];
  if (outcome === "refused" && ms < 500)
    return [{ hop: "endpoints", where, state: "fails", because: `${where} answers, and refuses port ${port}` }];
  if (!listens?.ok) return [];
  const found = listens.value.filter((one) => one.port === port);
  return found.length === 0
    ? []
    : [{ hop: "endpoints", where, state: "works", because: `port ${port} is bound to ${found[0]?.address}` }];
}
