import { isLoopback, parseAddress } from "./address.ts";

/** Nobody but the pod itself gets in at a loopback address. Redis takes a hyphen before an address that may be missing. */
export function isOwn(text: string): boolean {
  const address = parseAddress(text.replace(/^-/, ""));
  return address !== undefined && isLoopback(address);
}

/** A program that listens there answers other pods over IPv6. */
export function servesIPv6(text: string): boolean {
  return text.includes(":") && !isOwn(text);
}

/** An argument or a value that names every IPv6 address to listen on. */
export function namesAnyIPv6(text: string): boolean {
  return /(?:^|[\s=])(?:\[::\]|-?::\*?(?:\s|$))/.test(text);
}
