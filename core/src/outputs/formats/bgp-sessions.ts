import { overIPv6, parseBirdSessions, parseGobgpNeighbors } from "../../agents/bgp-sessions.ts";
import type { Format, Line } from "../output.ts";

const birdHead = /^(?:BIRD v?\d\S* ready\.|name\s+proto\s+table\s+state\s+since\s+info)/i;
const birdRow = /^\S+\s+(?:BGP|Kernel|Device|Direct|Static|Pipe)\s+\S+\s+(?:up|down|start|stop)\b/;
const gobgpHead = /^Peer\s+AS\s+Up\/Down\s+State/;
const gobgpRow = /^\S+\s+\d+\s+\S.*\|/;

/** `birdcl show protocols` and `gobgp neighbor`: {@link https://docs.tigera.io/calico/latest/reference/troubleshoot/troubleshooting} */
export const format: Format = {
  title: "birdcl show protocols, gobgp neighbor",
  source: "https://bird.network.cz/?get_doc&v=16&f=bird-4.html",

  hear({ lines }) {
    const isBird = lines.some(({ text }) => /^name\s+proto\s+table/i.test(text));
    const isGobgp = lines.some(({ text }) => gobgpHead.test(text));
    if (!isBird && !isGobgp) return { understood: [], signs: [] };
    const own = lines.filter(({ text }) =>
      isBird ? birdHead.test(text) || birdRow.test(text) : gobgpHead.test(text) || gobgpRow.test(text),
    );
    return {
      understood: own.map(({ number }) => number),
      signs: own.flatMap((line) =>
        overIPv6(sessionsOf(line, isBird))
          .filter(({ up }) => !up)
          .map(({ peer, state, info }) => ({
            line: line.number,
            family: "IPv6" as const,
            says: `the BGP session with ${peer} is ${state}${info ? ` (${info})` : ""}`,
            pointsTo: ["bgp-session-down"] as const,
          })),
      ),
    };
  },
};

/** Of one row, below a head of its kind. */
function sessionsOf({ text }: Line, isBird: boolean) {
  if (isBird) return parseBirdSessions(`name proto table state since info\n${text}`)?.sessions ?? [];
  return parseGobgpNeighbors(`Peer AS Up/Down State\n${text}`) ?? [];
}
