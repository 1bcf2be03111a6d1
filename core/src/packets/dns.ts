import { u16 } from "./bytes.ts";
import { addressText } from "./ip.ts";

/** One DNS message with one question: {@link https://www.rfc-editor.org/rfc/rfc1035#section-4.1} */
export interface Dns {
  readonly id: number;
  readonly response: boolean;
  /** "NOERROR", "NXDOMAIN", ... */
  readonly status: string;
  /** Without the last dot; a byte that is no letter as \DDD. */
  readonly name: string;
  /** "A", "AAAA", "TYPE65" */
  readonly type: string;
  /** Of answers, by its header. */
  readonly answers: number;
  /** Addresses of the type asked for, as far as they were kept. */
  readonly addresses: readonly string[];
  /** It did not fit into one packet, and is to be asked for over TCP. */
  readonly truncated: boolean;
  /** Not all of it was kept. */
  readonly cut: boolean;
}

const statuses = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];
const types: Readonly<Record<number, string>> = {
  1: "A",
  2: "NS",
  5: "CNAME",
  6: "SOA",
  12: "PTR",
  15: "MX",
  16: "TXT",
  28: "AAAA",
  33: "SRV",
  64: "SVCB",
  65: "HTTPS",
};
const mostAnswers = 64;

/** Undefined where the question was not kept whole, or it is no such message. */
export function dnsMessageOf(bytes: Uint8Array): Dns | undefined {
  if (bytes.length < 17 || u16(bytes, 4) !== 1 || ((bytes[2] ?? 0) & 0x78) !== 0) return undefined;
  const question = nameAt(bytes, 12);
  if (!question || question.end + 4 > bytes.length) return undefined;
  const number = u16(bytes, question.end);
  const response = ((bytes[2] ?? 0) & 0x80) > 0;
  const answers = response ? u16(bytes, 6) : 0;
  const rcode = (bytes[3] ?? 0) & 0xf;
  return {
    id: u16(bytes, 0),
    response,
    status: statuses[rcode] ?? `rcode ${rcode}`,
    name: question.name,
    type: types[number] ?? `TYPE${number}`,
    answers,
    truncated: ((bytes[2] ?? 0) & 2) > 0,
    ...answersIn(bytes, question.end + 4, answers, number),
  };
}

function answersIn(bytes: Uint8Array, start: number, count: number, type: number): Pick<Dns, "addresses" | "cut"> {
  const addresses: string[] = [];
  let at = start;
  for (let left = Math.min(count, mostAnswers); left > 0; left--) {
    const owner = nameAt(bytes, at);
    if (!owner || owner.end + 10 > bytes.length) return { addresses, cut: true };
    const length = u16(bytes, owner.end + 8);
    const data = bytes.subarray(owner.end + 10, owner.end + 10 + length);
    if (data.length < length) return { addresses, cut: true };
    const isAddress = (type === 1 && length === 4) || (type === 28 && length === 16);
    if (isAddress && u16(bytes, owner.end) === type) addresses.push(addressText(data));
    at = owner.end + 10 + length;
  }
  return { addresses, cut: false };
}

/** A name, and where what follows it begins. Of a compressed one nobody reads the rest here: the question alone is shown. */
function nameAt(bytes: Uint8Array, start: number): { readonly name: string; readonly end: number } | undefined {
  const labels: string[] = [];
  let at = start;
  for (let length = bytes[at]; ; length = bytes[at]) {
    if (length === undefined || at - start > 255) return undefined;
    if (length === 0) return { name: labels.join(".") || ".", end: at + 1 };
    if (length >= 0xc0) return { name: [...labels, "..."].join("."), end: at + 2 };
    if (length >= 0x40 || at + 1 + length > bytes.length) return undefined;
    labels.push([...bytes.subarray(at + 1, at + 1 + length)].map(letter).join(""));
    at += 1 + length;
  }
}

/** As master files write it: {@link https://www.rfc-editor.org/rfc/rfc1035#section-5.1} */
function letter(byte: number): string {
  const plain = byte > 0x20 && byte < 0x7f && byte !== 0x5c && byte !== 0x2e;
  return plain ? String.fromCharCode(byte) : `\\${`${byte}`.padStart(3, "0")}`;
}
