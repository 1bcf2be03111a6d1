import type { Shape } from "#core/addresses/shape.ts";
import type { FileMeant, MeantBy } from "#core/editor/messages.ts";
import { l10n } from "./l10n.ts";

const families: Readonly<Record<Shape, string>> = {
  "dual-v4": l10n`dual-stack, IPv4 first`,
  "dual-v6": l10n`dual-stack, IPv6 first`,
  v4: l10n`IPv4 only`,
  v6: l10n`IPv6 only`,
  unknown: l10n`families not known`,
};

export function familiesText(shape: Shape): string {
  return families[shape];
}

/** "dual-stack, IPv4 first, Kubernetes 1.34" */
export function assumed({ cluster, kubernetes }: Pick<FileMeant, "cluster" | "kubernetes">): string {
  return l10n`${familiesText(cluster)}, Kubernetes ${kubernetes}`;
}

/** "from .kube-ipv6.yaml" */
export function by(who: MeantBy): string {
  return {
    folder: l10n`from .kube-ipv6.yaml`,
    settings: l10n`from the settings`,
    cluster: l10n`from the connected cluster`,
    nobody: l10n`set nowhere`,
  }[who];
}
