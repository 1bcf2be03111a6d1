import { copying } from "../copying.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Copy Address",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [
      { when: "view == kube-ipv6.cluster && viewItem =~ /^(node|pod|service|address)$/", group: "5_copy@2" },
    ],
  },
};

export const command = copying(({ label, addresses, menu }) => (menu === "address" ? [label] : (addresses ?? [])));
