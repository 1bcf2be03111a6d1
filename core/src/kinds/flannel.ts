/** What flannel's net-conf.json says of IPv6. {@link https://github.com/flannel-io/flannel/blob/master/pkg/subnet/config.go} */
export interface FlannelIPv6 {
  readonly enabled: unknown;
  readonly network: unknown;
}

/** undefined for what is no JSON object. Keys may be written in any case: {@link https://pkg.go.dev/encoding/json#Unmarshal}. */
export function flannelIPv6(text: string): FlannelIPv6 | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const keys = new Map(Object.entries(value).map(([key, one]: [string, unknown]) => [key.toLowerCase(), one]));
  return { enabled: keys.get("enableipv6"), network: keys.get("ipv6network") };
}
