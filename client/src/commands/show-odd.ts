import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { showOnlyOdd } from "../only-odd.ts";

export const declared: Declared = {
  title: "Show Only What Is Odd",
  icon: "$(filter)",
  menus: {
    commandPalette: [{ when: "!kube-ipv6.onlyOdd" }],
    "view/title": [{ when: "view == kube-ipv6.cluster && !kube-ipv6.onlyOdd", group: "navigation@3" }],
  },
};

/** Of nodes, pods, Services and policies only what lacks a family or is marked. */
export const command: EditorCommand = (environment) => showOnlyOdd(environment, true);
