import { dnsMessageOf } from "../dns.ts";
import type { WirePacket } from "../packet.ts";
import { type CaptureEnd, isTooLate, noAnswer, type PacketsSay, Seen, socket, type Teller, Tracked } from "./tale.ts";

interface Question {
  readonly family: PacketsSay["family"];
  readonly client: string;
  readonly server: string;
  readonly name: string;
  readonly type: string;
  readonly asked: Seen;
  answer: { readonly bad: boolean; readonly says: string; readonly seen: Seen } | undefined;
}

/** Milliseconds; resolvers ask again after seconds, and A and AAAA are asked at once with different ids. */
const apart = 50;

/** DNS over UDP: what was asked, and what came of it. */
export class Names implements Teller {
  readonly about = "DNS";
  readonly source = "https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1";
  readonly #questions = new Tracked<Question>();

  take(packet: WirePacket): void {
    const { ip, udp } = packet;
    if (!ip || !udp || (udp.sourcePort !== 53 && udp.targetPort !== 53)) return;
    const dns = dnsMessageOf(udp.body);
    if (!dns) return;
    const [client, server] = dns.response
      ? [ip.target, socket(ip.source, udp.sourcePort)]
      : [ip.source, socket(ip.target, udp.targetPort)];
    const { name, type } = dns;
    const question = this.#questions.of(`${client} ${server} ${name} ${type}`, () => ({
      family: packet.family,
      client,
      server,
      name,
      type,
      asked: new Seen(),
      answer: undefined,
    }));
    if (!question) return;
    if (!dns.response) {
      question.asked.add(packet, apart);
      return;
    }
    const seen = question.answer?.seen ?? new Seen();
    seen.add(packet, apart);
    question.answer = { ...saidBy(dns), seen };
  }

  tell(end: CaptureEnd): PacketsSay[] {
    return this.#questions.values().map(({ family, client, server, name, type, asked, answer }) => {
      const says = `${client} asks ${server} for ${type} of ${name}`;
      if (answer) {
        const packets = [...asked.packets.slice(0, 2), ...answer.seen.packets].slice(0, 5);
        return { odd: answer.bad, family, says: `${says}: ${answer.says}`, packets };
      }
      if (isTooLate(asked, end))
        return { odd: false, family, says: `${says} as the capture ends`, packets: asked.packets };
      return { odd: true, family, says: `${says}${asked.times}: ${noAnswer}`, packets: asked.packets };
    });
  }
}

function saidBy({ status, answers, addresses, truncated, cut }: NonNullable<ReturnType<typeof dnsMessageOf>>): {
  readonly bad: boolean;
  readonly says: string;
} {
  // A search list makes many names that are nowhere.
  const bad = status !== "NOERROR" && status !== "NXDOMAIN";
  if (status !== "NOERROR") return { bad, says: status };
  if (truncated) return { bad, says: "too long for UDP, to be asked again over TCP" };
  if (answers === 0) return { bad, says: "there is no such record" };
  const shown = addresses.slice(0, 4).join(" ");
  const more = addresses.length > 4 ? ` and ${addresses.length - 4} more` : "";
  if (shown === "") return { bad, says: cut ? "answered; what was not kept" : "answered" };
  return { bad, says: `${shown}${more}${cut ? ", the rest was not kept" : ""}` };
}
