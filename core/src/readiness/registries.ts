/**
 * Registries of which no AAAA record was seen, and when and by whom it was said last. It is information: a mirror, a cache or NAT64 changes
 * it, and so may they, any day.
 */
export const registriesWithoutIPv6: Readonly<Record<string, { readonly seen: string; readonly source: string }>> = {
  "ghcr.io": { seen: "2026-10", source: "https://github.com/kube-vip/kube-vip/issues/1165" },
  "reg.kyverno.io": { seen: "2026-10", source: "https://github.com/kyverno/kyverno/issues/13257" },
};

/** The registry of an image's reference: what stands before the first slash, if it is a host. */
export function registryOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first.replace(/:\d+$/, "") : "docker.io";
}
