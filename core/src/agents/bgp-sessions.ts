import { familyOf, formatAddress, parseAddress } from "../addresses/address.ts";
import type { BgpSession } from "./agent-words.ts";

/**
 * Reads `birdcl -r -s .../bird6.ctl show protocols` of Calico, whose sessions are named after their peers (`Mesh_fd00_1__2`); undefined where it is
 * no such list. Which of the columns the time takes depends on its age.
 *
 * @see https://github.com/projectcalico/calico/blob/master/calicoctl/calicoctl/commands/node/status.go
 */
export function parseBirdSessions(
  text: string,
): { readonly version?: string; readonly sessions: readonly BgpSession[] } | undefined {
  const version = /^(?:\d{4}[ -])?BIRD (v?\d[\w.+-]*)/m.exec(text)?.[1];
  if (!/^(?:\d{4}-)?[ \t]*name\s+proto\s+table\s+state\s+since\s+info/im.test(text)) return undefined;
  const sessions = text.split("\n").flatMap((line) => birdSession(line) ?? []);
  return { ...(version ? { version } : {}), sessions };
}

const bird = /^(?:\d{4}-)?\s*(?:Mesh|Node|Global)_(\S+)\s+BGP\s+\S+\s+(\S+)\s+(\S.*)$/;
const states = /\b(Established|Active|Connect|Idle|OpenSent|OpenConfirm|Passive|Failed|Close|Down)\b/;

function birdSession(line: string): BgpSession | undefined {
  const [, name = "", column = "", rest = ""] = bird.exec(line.trimEnd()) ?? [];
  const address = parseAddress(name.replaceAll("_", ":"));
  if (!address || column === "") return undefined;
  const found = states.exec(rest);
  const state = found?.[1] ?? column;
  return {
    peer: formatAddress(address),
    up: column === "up" && state === "Established",
    state,
    info: found
      ? rest
          .slice(found.index + state.length)
          .trim()
          .slice(0, 100)
      : "",
  };
}

/**
 * Reads `gobgp neighbor` of kube-router: "Peer AS Up/Down State |#Received Accepted". undefined where it is no such list, or where peers
 * are without their address, as one version prints them.
 *
 * @see https://github.com/osrg/gobgp/blob/master/docs/sources/cli-command-syntax.md
 */
export function parseGobgpNeighbors(text: string): readonly BgpSession[] | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  const head = lines.findIndex((line) => /^Peer\s+AS\s+Up\/Down\s+State/.test(line));
  if (head < 0) return undefined;
  const rows = lines.slice(head + 1).filter((line) => line.includes("|"));
  const sessions = rows.map((line) => {
    const [, peer = "", rest = ""] = /^(\S+)\s+\d+\s([^|]*)\|/.exec(line) ?? [];
    const address = parseAddress(peer);
    const state = rest.trim().split(/\s+/).at(-1) ?? "";
    return address && state !== ""
      ? { peer: formatAddress(address), up: /^Establ/.test(state), state, info: "" }
      : undefined;
  });
  return sessions.every((one) => one !== undefined) ? sessions : undefined;
}

/** Those between IPv6 addresses. */
export function overIPv6(sessions: readonly BgpSession[]): BgpSession[] {
  return sessions.filter(({ peer }) => familyOf(peer) === "IPv6");
}

export function sessionTroubles(sessions: readonly BgpSession[]): string[] {
  return sessions
    .filter(({ up }) => !up)
    .slice(0, 3)
    .map(({ peer, state, info }) => `its BGP session with ${peer} is ${state}${info ? ` (${info})` : ""}`);
}
