import { createSocket, type Socket } from "node:dgram";
import { createServer } from "node:net";
import { type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet, RECURSION_AVAILABLE } from "dns-packet";
import type { Zone } from "./records.ts";

/**
 * The cluster's DNS server, a process of its own inside the DNS pod's network: UDP and TCP port 53 of every address.
 * Its zone arrives as messages from the process that started it; it ends with that process.
 */
let zone: Zone = { A: {}, AAAA: {}, noAAAA: [] };
process.on("message", (next: Zone) => {
  zone = next;
  process.send?.("loaded");
});
process.on("disconnect", () => process.exit(0));

/** The answer to one question: NOERROR without an answer where the name has only the other family, else NXDOMAIN. */
export function answer(query: Packet, from: Zone): Packet {
  const question = query.questions?.[0];
  const name = question?.name.toLowerCase().replace(/\.$/, "") ?? "";
  const type = question?.type;
  const known = name in from.A || name in from.AAAA;
  const emptied =
    type === "AAAA" && from.noAAAA.some((zone) => zone === "." || name === zone || name.endsWith(`.${zone}`));
  const found = type === "AAAA" ? from.AAAA[name] : type === "A" ? from.A[name] : undefined;
  const answers = emptied
    ? []
    : (found ?? []).map(
        (data): Answer => ({ name: question?.name ?? "", type: type === "A" ? "A" : "AAAA", ttl: 30, data }),
      );
  const code = known || emptied ? 0 : 3;
  return {
    id: query.id ?? 0,
    type: "response",
    flags: AUTHORITATIVE_ANSWER | RECURSION_AVAILABLE | ((query.flags ?? 0) & 0x100) | code,
    questions: query.questions ?? [],
    answers,
  };
}

function listenUdp(type: "udp4" | "udp6"): Promise<Socket> {
  const socket = createSocket({ type, ipv6Only: type === "udp6" });
  socket.on("message", (message, from) => {
    try {
      socket.send(encode(answer(decode(message), zone)), from.port, from.address);
    } catch (error) {
      // A packet that is no DNS question is dropped, as every DNS server does.
      console.error(`dropped a packet from ${from.address}: ${(error as Error).message}`);
    }
  });
  return new Promise((resolve, reject) => socket.once("error", reject).bind(53, () => resolve(socket)));
}

function listenTcp(): void {
  createServer((client) => {
    let waiting = Buffer.alloc(0);
    client.on("error", () => client.destroy());
    client.on("data", (data) => {
      waiting = Buffer.concat([waiting, data]);
      while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
        const end = 2 + waiting.readUInt16BE(0);
        const reply = encode(answer(decode(waiting.subarray(2, end)), zone));
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
