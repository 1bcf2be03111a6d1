import { type Address, formatAddress } from "../addresses/address.ts";
import { type FileForm, lines, words } from "./lines.ts";

/** One line of `/proc/net/if_inet6`; format and flags: net/ipv6/addrconf.c and include/uapi/linux/if_addr.h. */
export interface InterfaceAddress {
  readonly device: string;
  /** RFC 5952 text */
  readonly address: string;
  readonly length: number;
  /** Unique local addresses are "global" for the kernel. */
  readonly scope: "global" | "link" | "host" | "site" | "other";
  /** False for an address learned from router advertisements. */
  readonly permanent: boolean;
  /** Duplicate address detection is running or has failed: nothing may use the address. */
  readonly tentative: boolean;
  /** Somebody else answered for the address. */
  readonly dadFailed: boolean;
  readonly deprecated: boolean;
  readonly temporary: boolean;
}

/** Address, index, length, scope, flags, device. */
export const ifInet6Form: FileForm = { line: /^[0-9a-f]{32}(?: [0-9a-f]{2,8}){4}\s+\S+$/i };

/** Parses `/proc/net/if_inet6`; lines of another form are left out. */
export function parseIfInet6(text: string): InterfaceAddress[] {
  return lines(text).flatMap((line) => {
    const [hex = "", , length = "", scope = "", flags = "", device] = words(line);
    if (!/^[0-9a-f]{32}$/i.test(hex) || !device) return [];
    const bits = Number.parseInt(flags, 16);
    return {
      device,
      address: formatAddress(fromHex(hex)),
      length: Number.parseInt(length, 16),
      scope: scopes[scope] ?? "other",
      permanent: (bits & 0x80) !== 0,
      tentative: (bits & 0x40) !== 0,
      dadFailed: (bits & 0x08) !== 0,
      deprecated: (bits & 0x20) !== 0,
      temporary: (bits & 0x01) !== 0,
    };
  });
}

/** 32 hexadecimal digits, as `/proc/net` prints an IPv6 address. */
export function fromHex(hex: string): Pick<Address, "family" | "value"> {
  return { family: "IPv6", value: BigInt(`0x${hex}`) };
}

const scopes: Readonly<Record<string, InterfaceAddress["scope"]>> = {
  "00": "global",
  "10": "host",
  "20": "link",
  "40": "site",
};
