/**
 * Text that another program puts the value in place of before the API server sees it: envsubst and Flux (`${IP}`, `$IP`), Argo CD's vault
 * plugin (`<path:...>`), Concourse (`((ip))`), SOPS (`ENC[...]`), and what people write for "your own" (`<your-ip>`, `__IP__`,
 * `CLUSTER_DNS_IP`, `192.168.x.x`).
 */
export function isPlaceholder(text: string): boolean {
  return /\$[{(\w]|<[^<>]*>|^__|\(\(|^ENC\[|^[A-Z]+\d*(?:_[A-Z\d]+)+$|(?:^|[.:])[xX]+(?=[.:/]|$)/.test(text);
}
