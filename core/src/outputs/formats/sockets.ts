import type { Format, Line, Sign } from "../output.ts";

interface Socket {
  readonly line: Line;
  readonly address: string;
  readonly port: string;
}

/** `ss -tln` and `netstat -tln`: {@link https://man7.org/linux/man-pages/man8/ss.8.html} */
export const format: Format = {
  title: "ss -tln",
  source: "https://man7.org/linux/man-pages/man8/ss.8.html",

  hear({ lines }) {
    const understood: number[] = [];
    const sockets: Socket[] = [];
    for (const line of lines) {
      const ss = /^(?:tcp\s+)?LISTEN\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+:\*/.exec(line.text);
      const netstat = /^tcp6?\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+\s+LISTEN\b/.exec(line.text);
      const [, address = "", port = ""] = ss ?? netstat ?? [];
      if (port !== "") {
        // netstat does not tell whether a socket on :: takes IPv4 as well.
        sockets.push({ line, address: netstat && address === "::" ? "*" : address.replace(/%.*/, ""), port });
        understood.push(line.number);
      } else if (/^(?:Netid\s+)?State\s+Recv-Q|^Active Internet connections|^Proto\s+Recv-Q/.test(line.text))
        understood.push(line.number);
    }
    return { understood, signs: sockets.flatMap((socket) => signsOf(socket, sockets)) };
  },
};

function signsOf({ line, address, port }: Socket, all: readonly Socket[]): Sign[] {
  const on = (...addresses: string[]) => all.some((one) => one.port === port && addresses.includes(one.address));
  if (address === "0.0.0.0" && !on("*", "[::]", "::"))
    return [
      {
        line: line.number,
        family: "IPv6",
        says: `port ${port} is open for IPv4 alone (0.0.0.0)`,
        pointsTo: ["listener-ipv4-only"],
      },
    ];
  if (address === "[::]" && !on("0.0.0.0", "*"))
    return [
      {
        line: line.number,
        family: "IPv4",
        says: `port ${port} is open for IPv6 alone ([::] and no *)`,
        pointsTo: ["listener-ipv6-only"],
      },
    ];
  return [];
}
