import type { ProgramWant } from "../../probing/want.ts";
import { type AgentPlugin, joined, mapped, ofGo, parsed, someText } from "../agent-words.ts";
import { overIPv6, parseGobgpNeighbors, sessionTroubles } from "../bgp-sessions.ts";

const neighbours: ProgramWant = { op: "program", names: ["gobgp"], args: ["neighbor"], ...ofGo, most: someText };
const version: ProgramWant = { op: "program", names: ["kube-router"], args: ["--version"], ...ofGo, most: 2000 };

/** kube-router: its BGP sessions over IPv6. */
export const plugin: AgentPlugin = {
  name: "kube-router",
  container: /^kube-router$/,
  wants: [neighbours, version],
  types: ["gobgp", "neighbor"],
  read: (reading) =>
    joined([
      {
        of: "version",
        answer: mapped(parsed(reading.program(version), version, versionOf), (one) => ({ version: one })),
      },
      {
        of: "GoBGP",
        answer: mapped(parsed(reading.program(neighbours), neighbours, parseGobgpNeighbors), (all) => {
          const sessions = overIPv6(all);
          const up = sessions.filter((one) => one.up).length;
          return {
            sessions,
            says: [`GoBGP has ${up} of ${sessions.length} IPv6 sessions up`],
            troubles: sessionTroubles(sessions),
          };
        }),
      },
    ]),
};

/** "Running /usr/local/bin/kube-router version v2.5.0, built on ..." */
function versionOf(text: string): string | undefined {
  return /kube-router version v?(\d+\.\d+\.\d+[\w.+-]*)/.exec(text)?.[1];
}
