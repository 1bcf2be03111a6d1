import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Leave Demo Cluster",
  icon: "$(close)",
  menus: {
    commandPalette: [{ when: "kube-ipv6.demo" }],
    "view/title": [{ when: "view == kube-ipv6.cluster && kube-ipv6.demo", group: "1_context@4" }],
    "view/item/context": [
      { when: "view == kube-ipv6.cluster && viewItem == demo-context", group: "inline@2" },
      { when: "view == kube-ipv6.cluster && viewItem == demo-context", group: "1_context" },
    ],
  },
};

/** Looks at the cluster of the kubeconfig again. */
export const command: EditorCommand = async ({ connection }) => {
  await connection.leaveDemo();
};
