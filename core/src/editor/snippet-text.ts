import { type Address, formatAddress, type Prefix } from "../addresses/address.ts";
import type { Snippet } from "./snippet.ts";

/**
 * A snippet's body with the prefixes of one ULA /48 put in: `{{ula}}` is the /48 itself, `{{ula:100:/112}}` the /112 at its
 * subnet 0x100. The places to fill in stay.
 */
export function bodyOf({ body }: Snippet, ula: Prefix): string {
  return body.replace(/\{\{ula(?::([0-9a-f]+):\/(\d+))?\}\}/g, (_, subnet?: string, length?: string) => {
    const value = ula.address.value | (BigInt(`0x${subnet ?? "0"}`) << 64n);
    const address: Pick<Address, "family" | "value"> = { family: "IPv6", value };
    return `${formatAddress(address)}/${length ?? "48"}`;
  });
}
