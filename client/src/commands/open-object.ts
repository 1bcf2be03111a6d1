import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { showObject } from "../object/open.ts";
import { isRow } from "../tree/row.ts";

export const declared: Declared = {
  title: "Open as YAML",
  icon: "$(go-to-file)",
  menus: {
    commandPalette: [{ when: "false" }],
    "view/item/context": [
      { when: "view == kube-ipv6.cluster && viewItem =~ /^(node|pod|service|object)$/", group: "2_open" },
    ],
  },
};

/** Shows the object of a row as YAML, of the context that is looked at or of one that is named. */
export const command: EditorCommand = async ({ connection }, row, context) => {
  if (isRow(row)) await showObject(connection, row, typeof context === "string" ? context : undefined);
};
