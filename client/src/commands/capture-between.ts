import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { withHeldCluster } from "../diagnosing/diagnose.ts";
import { l10n } from "../l10n.ts";
import { isRow } from "../tree/row.ts";
import { pointOfRow } from "./capture-packets.ts";

export const declared: Declared = {
  title: "Capture at Both Ends",
  icon: "$(record)",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [
      { when: "view == kube-ipv6.cluster && listDoubleSelection && viewItem =~ /^(node|pod)$/", group: "1_diagnose@3" },
    ],
  },
};

/** "Capture at Both Ends" of two pods or nodes: packets at the nodes of both at once, and how far they come. */
export const command: EditorCommand = async (environment, _argument, selected) => {
  const points = Array.isArray(selected) ? selected.filter(isRow).flatMap((row) => pointOfRow(row) ?? []) : [];
  const [one, other] = points;
  if (!one || !other) throw new Error(l10n`Select two rows, each of them a pod or a node.`);
  if (environment.connection.demo !== undefined) throw new Error(l10n`No packets flow in the recorded cluster.`);
  const { choosePair } = await import("../capturing/choose.ts");
  const { capturePairAndShow } = await import("../capturing/run-pair.ts");
  return withHeldCluster(environment, async (cluster) => {
    const chosen = await choosePair([one, other]);
    return chosen && capturePairAndShow(cluster, chosen, environment.connection.view?.namespace ?? "default");
  });
};
