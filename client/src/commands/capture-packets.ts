import type { Point } from "#core/capturing/wish.ts";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { withHeldCluster } from "../diagnosing/diagnose.ts";
import { l10n } from "../l10n.ts";
import { isRow, type Row } from "../tree/row.ts";

export const declared: Declared = {
  title: "Capture Packets",
  icon: "$(record)",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [
      {
        when: "view == kube-ipv6.cluster && !listMultiSelection && viewItem =~ /^(node|pod)$/",
        group: "1_diagnose@2",
      },
    ],
  },
};

/** "Capture Packets" of a pod or a node: what, how long and where to is asked, then what is about to be done; then what they show. */
export const command: EditorCommand = async (environment, argument) => {
  const at = isRow(argument) ? pointOfRow(argument) : undefined;
  if (at === undefined) return;
  if (environment.connection.demo !== undefined) throw new Error(l10n`No packets flow in the recorded cluster.`);
  const { chooseCapture } = await import("../capturing/choose.ts");
  const { captureAndShow } = await import("../capturing/run.ts");
  return withHeldCluster(environment, async (cluster) => {
    const chosen = await chooseCapture(at);
    return chosen && captureAndShow(cluster, chosen, environment.connection.view?.namespace ?? "default");
  });
};

export function pointOfRow({ menu, object }: Row): Point | undefined {
  if (object === undefined) return undefined;
  const { name, namespace = "default" } = object;
  if (menu === "pod") return { kind: "pod", namespace, pod: name };
  return menu === "node" ? { kind: "node", node: name } : undefined;
}
