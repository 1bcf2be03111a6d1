import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { newsSeen } from "../news.ts";
import { showChangelog } from "../pages.ts";

export const declared: Declared = {
  title: "What's New",
  anywhere: true,
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "2_help" }],
  },
};

/** The changelog, which is part of the extension: nothing is fetched. */
export const command: EditorCommand<Desk> = async ({ context }) => {
  await showChangelog(context);
  await newsSeen(context);
};
