/** The number in a file under `/proc/sys` (or `/sys/class/net/<if>/mtu`), undefined for anything else. */
export function parseSysctl(text: string): number | undefined {
  const trimmed = text.trim();
  return /^-?\d+$/.test(trimmed) ? Number(trimmed) : undefined;
}

/** The device in a path such as `/proc/sys/net/ipv6/conf/eth0/accept_ra` or `/sys/class/net/eth0/mtu`. */
export function deviceOf(path: string): string {
  return path.split("/").at(-2) ?? "";
}
