import { familyOf, parseAddress } from "../addresses/address.ts";
import { type Route, routeTo } from "../linux/ipv6-route.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { atNode } from "./failures.ts";
import { tunnelBy } from "./leaving.ts";
import type { Flow, SceneNode } from "./scene.ts";

/** By which devices a packet comes and goes on a node, as far as routes tell. */
export interface Passing {
  readonly iif?: string;
  readonly oif?: string;
  /** By which device the node would answer its source; null where it has no route there. */
  readonly back?: string | null;
}

/** What is dialled, and the answer to it, as they pass a node. What the other node sends by says by what it comes in. */
export function* passingOn(subject: Case, node: SceneNode, flow: Flow): Asking<{ there: Passing; answer: Passing }> {
  const own = yield* tableOf(node);
  const source = flow.from.ips.IPv6 ?? "";
  const { host = "" } = flow;
  const { nodes } = subject.scene;
  const near = nodes.find(({ name }) => name === flow.from.node);
  const far = nodes.find(({ name }) => name === flow.toPod?.node);
  const [atSource, atTarget] = [node === near, node === far];
  const come = atSource || !near ? undefined : yield* entryFrom(near, own, host);
  const returned = atTarget || !far ? undefined : yield* entryFrom(far, own, source);
  const [toSource, toHost] = [deviceTo(own, source), deviceTo(own, host)];
  return {
    there: passing(come ?? toSource, toHost, come === undefined && !atSource ? undefined : (toSource ?? null)),
    answer: passing(returned ?? toHost, toSource, returned === undefined && !atTarget ? undefined : (toHost ?? null)),
  };
}

function passing(iif: string | undefined, oif: string | undefined, back: string | null | undefined): Passing {
  return { ...(iif ? { iif } : {}), ...(oif ? { oif } : {}), ...(back === undefined ? {} : { back }) };
}

/** By which device comes what another node sends to an address: its tunnel's, else the one that leads to that node. */
function* entryFrom(peer: SceneNode, own: readonly Route[], address: string): Asking<string | undefined> {
  const leaves = deviceTo(yield* tableOf(peer), address);
  if (leaves === undefined) return undefined;
  if (tunnelBy(leaves) !== undefined) return own.some(({ device }) => device === leaves) ? leaves : undefined;
  const known = peer.internalIPs.find((ip) => familyOf(ip) === "IPv6");
  return known === undefined ? undefined : deviceTo(own, known);
}

function* tableOf(node: SceneNode): Asking<readonly Route[]> {
  const table = yield* tryAsk(routes, atNode(node));
  return table.ok ? table.value : [];
}

function deviceTo(table: readonly Route[], text: string): string | undefined {
  const address = parseAddress(text);
  const route = address && routeTo(table, address);
  return route?.reject ? undefined : route?.device;
}
