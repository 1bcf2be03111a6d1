import { lines, words } from "./lines.ts";

/** The ports that UDP sockets are bound to, those of the kernel's tunnels too, in `/proc/net/udp` or `/proc/net/udp6`. */
export function parseUdpPorts(text: string): number[] {
  const ports = lines(text).flatMap((line) => {
    const [, local = ""] = words(line);
    const port = /^(?:[0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/i.exec(local)?.[1];
    return port === undefined ? [] : [Number.parseInt(port, 16)];
  });
  return [...new Set(ports)].sort((a, b) => a - b);
}
