import type { ProgramWant } from "../../probing/want.ts";
import { type AgentPlugin, joined, mapped, ofC, ofGo, parsed, someText, versionOf } from "../agent-words.ts";
import { overIPv6, parseBirdSessions, sessionTroubles } from "../bgp-sessions.ts";

/** -r lets it show, and nothing else. */
const bird: ProgramWant = {
  op: "program",
  names: ["birdcl6", "birdcl"],
  args: ["-r", "-s", "/var/run/calico/bird6.ctl", "show", "protocols"],
  ...ofC,
  most: someText,
};
const version: ProgramWant = { op: "program", names: ["calico-node"], args: ["-v"], ...ofGo, most: 2000 };

/** Calico: the sessions of its BIRD for IPv6, where routes go by BGP. */
export const plugin: AgentPlugin = {
  name: "Calico",
  container: /^calico-node$/,
  // Canal has it for policies alone.
  second: true,
  wants: [bird, version],
  types: ["birdcl", "-r", "-s", "/var/run/calico/bird6.ctl", "show", "protocols"],
  read: (reading) =>
    joined([
      {
        of: "version",
        answer: mapped(parsed(reading.program(version), version, versionOf), (one) => ({ version: one })),
      },
      {
        of: "BIRD for IPv6",
        answer: mapped(parsed(reading.program(bird), bird, parseBirdSessions), (said) => {
          const sessions = overIPv6(said.sessions);
          const up = sessions.filter((one) => one.up).length;
          return {
            sessions,
            says: [`BIRD${said.version ? ` ${said.version}` : ""} has ${up} of ${sessions.length} IPv6 sessions up`],
            troubles: sessionTroubles(sessions),
          };
        }),
      },
    ]),
};
