import { createSocket, type Socket } from "node:dgram";
import { appendFileSync } from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet, RECURSION_AVAILABLE } from "dns-packet";
import type { Zone } from "./records.ts";

/**
 * The cluster's DNS server, a process of its own inside the DNS pod's network: UDP and TCP port 53 of every address.
 * Its zone arrives as messages from the process that started it; it ends with that process.
 */
let zone: Zone = { A: {}, AAAA: {}, domain: "", words: { templates: [], forward: [] } };
process.on("message", (next: Zone) => {
  zone = next;
  process.send?.("loaded");
});
process.on("disconnect", () => process.exit(0));

/** Who asks, and how. */
interface Asked {
  readonly overIPv6: boolean;
  /** Takes a line of the server's log. */
  readonly log: (line: string) => void;
}

/** The answer to one question: NOERROR without an answer where the name has only the other family, else NXDOMAIN. */
export function answer(query: Packet, from: Zone, asked: Asked): Packet {
  const question = query.questions?.[0];
  const name = question?.name.toLowerCase().replace(/\.$/, "") ?? "";
  const type = question?.type === "AAAA" ? "AAAA" : question?.type === "A" ? "A" : undefined;
  const template =
    type === "AAAA"
      ? from.words.templates.find(({ zone }) => zone === "." || name === zone || name.endsWith(`.${zone}`))
      : undefined;
  const unasked = template ? undefined : upstreamError(name, from);
  if (unasked) asked.log(`[ERROR] plugin/errors: 2 ${name}. ${question?.type}: ${unasked}`);
  const known = name in from.A || name in from.AAAA;
  const found = template || unasked ? [] : type ? recordsOf(name, type, from, asked) : [];
  const code = template ? template.rcode : unasked ? SERVFAIL : known ? 0 : NXDOMAIN;
  return {
    id: query.id ?? 0,
    type: "response",
    flags: AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | ((query.flags ?? 0) & 0x100) | code,
    questions: query.questions ?? [],
    answers: found.map((data): Answer => ({ name: question?.name ?? "", type: type ?? "A", ttl: 30, data })),
  };
}

const SERVFAIL = 2;
const NXDOMAIN = 3;

function recordsOf(name: string, type: "A" | "AAAA", { A, AAAA, words }: Zone, { overIPv6 }: Asked): string[] {
  const own = (type === "A" ? A : AAAA)[name] ?? [];
  const { dns64 } = words;
  if (type === "A" || !dns64 || !(overIPv6 || dns64.overIPv4) || (own.length > 0 && !dns64.all)) return own;
  return (A[name] ?? []).map((four) => {
    const [a = 0, b = 0, c = 0, d = 0] = four.split(".").map(Number);
    return dns64.prefix.replace(/::\/96$/, `::${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
  });
}

/** What keeps this server from asking for a name that is not the cluster's, as Go says it; undefined if nothing does. */
function upstreamError(name: string, { domain, words }: Zone): string | undefined {
  const [to] = words.forward;
  if (to === undefined || name === domain || name.endsWith(`.${domain}`)) return undefined;
  if (/^fe80:/i.test(to)) return `dial udp [${to}]:53: connect: invalid argument`;
  const six = to.includes(":");
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const reaches = own.some(({ family, internal, scopeid }) => !internal && !scopeid && (family === "IPv6") === six);
  return reaches ? undefined : `dial udp ${six ? `[${to}]` : to}:53: connect: network is unreachable`;
}

function listenUdp(type: "udp4" | "udp6"): Promise<Socket> {
  const socket = createSocket({ type, ipv6Only: type === "udp6" });
  socket.on("message", (message, from) => {
    try {
      const asked = { overIPv6: type === "udp6", log };
      socket.send(encode(answer(decode(message), zone, asked)), from.port, from.address);
    } catch (error) {
      // A packet that is no DNS question is dropped, as every DNS server does.
      console.error(`dropped a packet from ${from.address}: ${(error as Error).message}`);
    }
  });
  return new Promise((resolve, reject) => socket.once("error", reject).bind(53, () => resolve(socket)));
}

/** The file its container's log is kept in. */
const [, , logFile] = process.argv;

function log(line: string): void {
  if (logFile) appendFileSync(logFile, `${line}\n`);
}

function listenTcp(): void {
  createServer((client) => {
    let waiting = Buffer.alloc(0);
    client.on("error", () => client.destroy());
    client.on("data", (data) => {
      waiting = Buffer.concat([waiting, data]);
      while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
        const end = 2 + waiting.readUInt16BE(0);
        const asked = { overIPv6: !client.remoteAddress?.startsWith("::ffff:"), log };
        const reply = encode(answer(decode(waiting.subarray(2, end)), zone, asked));
        client.write(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]));
        waiting = waiting.subarray(end);
      }
    });
  }).listen(53, "::");
}

if (process.send) {
  listenTcp();
  await Promise.all([listenUdp("udp4"), listenUdp("udp6")]);
  process.send("listening");
}
