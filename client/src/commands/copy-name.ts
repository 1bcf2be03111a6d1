import { copying } from "../copying.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Copy Name",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [
      {
        when: "view == kube-ipv6.cluster && viewItem =~ /^(context|current-context|namespace|node|pod|service|object)$/",
        group: "5_copy@1",
      },
    ],
  },
};

export const command = copying(({ label, object }) => [object?.name ?? label]);
