import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Refresh",
  icon: "$(refresh)",
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "navigation@2" }],
    "view/item/context": [{ when: "view == kube-ipv6.cluster && viewItem == current-context", group: "inline@2" }],
  },
};

/** Reads the kubeconfig again and asks the cluster everything again. */
export const command: EditorCommand = async ({ connection }) => {
  await connection.refresh();
};
