import { parseAddress } from "./address.ts";

/** An IPv6 address in a place for `host` or `host:port` that stands without the brackets it needs. */
export interface BareAddress {
  /** How it may be meant, the likelier first: `[fd00::1]:8080`, `[fd00::1:8080]`. */
  readonly bracketed: readonly string[];
  /** It cannot be a lone address: it has nine groups, a port of five digits, or is `:::80`. */
  readonly certainPort: boolean;
}

/** undefined for names, IPv4, what has brackets, and what is no address either way. */
export function bareAddress(text: string): BareAddress | undefined {
  if (!/^[0-9a-f:.]+$/i.test(text) || text.indexOf(":") === text.lastIndexOf(":")) return undefined;
  const whole = parseAddress(text);
  const [, host = "", port = ""] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  const parted = port !== "" && Number(port) <= 65_535 && parseAddress(host) ? `[${host}]:${port}` : undefined;
  if (!whole) return parted ? { bracketed: [parted], certainPort: true } : undefined;
  // "fd00::1" could be port 1 of fd00::, and never is.
  const likely = parted && port.length > 1 && !host.endsWith(":") ? [parted] : [];
  return { bracketed: [...likely, `[${text}]`], certainPort: false };
}
