/**
 * Text that another program puts the value in place of before the API server sees it: envsubst and Flux (`${IP}`, `$IP`), Argo CD's vault
 * plugin (`<path:...>`), Concourse (`((ip))`), SOPS (`ENC[...]`), and what people write for "your own" (`<your-ip>`, `__IP__`).
 */
export function isPlaceholder(text: string): boolean {
  return /\$[{(\w]|<[^>]*>|^__|\(\(|^ENC\[/.test(text);
}
