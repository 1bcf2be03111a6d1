import * as vscode from "vscode";
import { l10n } from "../l10n.ts";
import type { Badge } from "./row.ts";

const scheme = "kube-ipv6-families";

/** An address that stands for a row, so that VS Code asks for its badge. */
export function badgeUri(badge: Badge, id: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${badge}/${encodeURIComponent(id)}` });
}

const words: Readonly<Record<Badge, string>> = {
  "4": l10n`IPv4 only`,
  "6": l10n`IPv6 only`,
  "46": l10n`IPv4 and IPv6`,
};

/** Shows the families of rows at their right edge. */
export function showBadges(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: (uri) => {
      const badge = uri.scheme === scheme ? uri.path.split("/")[1] : undefined;
      if (badge !== "4" && badge !== "6" && badge !== "46") return undefined;
      return { badge, tooltip: words[badge] };
    },
  });
}
