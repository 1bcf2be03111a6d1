import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { showOnlyOdd } from "../only-odd.ts";

export const declared: Declared = {
  title: "Show All",
  icon: "$(filter-filled)",
  menus: {
    commandPalette: [{ when: "kube-ipv6.onlyOdd" }],
    "view/title": [{ when: "view == kube-ipv6.cluster && kube-ipv6.onlyOdd", group: "navigation@3" }],
  },
};

export const command: EditorCommand = (environment) => showOnlyOdd(environment, false);
