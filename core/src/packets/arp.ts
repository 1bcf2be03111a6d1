import { macOf, u16 } from "./bytes.ts";
import { addressText } from "./ip.ts";

/** {@link https://www.rfc-editor.org/rfc/rfc826} */
export interface Arp {
  readonly reply: boolean;
  readonly sender: string;
  readonly senderMac: string | undefined;
  readonly target: string;
}

/** Undefined for anything but IPv4 on Ethernet. */
export function arpOf(bytes: Uint8Array): Arp | undefined {
  const operation = u16(bytes, 6);
  if (bytes.length < 28 || u16(bytes, 2) !== 0x0800 || bytes[4] !== 6 || bytes[5] !== 4) return undefined;
  if (operation !== 1 && operation !== 2) return undefined;
  return {
    reply: operation === 2,
    senderMac: macOf(bytes.subarray(8, 14)),
    sender: addressText(bytes.subarray(14, 18)),
    target: addressText(bytes.subarray(24, 28)),
  };
}
