import { chooseRule } from "../choose-rule.ts";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { showPageOf } from "../pages.ts";

export const declared: Declared = {
  title: "Explain Rule",
  anywhere: true,
};

/** Shows the page of a rule, which is part of the extension: nothing is fetched. */
export const command: EditorCommand<Desk> = async ({ context }, argument) => {
  const rule =
    typeof argument === "string" ? argument : await chooseRule(context, l10n`Explain Rule`, l10n`The rule to explain`);
  if (rule !== undefined) await showPageOf(context, "rules", rule);
};
