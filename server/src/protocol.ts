/**
 * The code action that mends the spelling of a document. Not below `source.fixAll`: who has that made on every save asked for it
 * in the name of other linters.
 */
export const fixAllKind = "source.kube-ipv6.fixAll";

export const offeredCommands = {
  /** Server: arguments `[uri]`; mends the spelling of a document. */
  fixAll: "kube-ipv6.fixAll",
  /** Server: arguments `[uri, rule]`; makes the fixes of one rule in a document. */
  fixRule: "kube-ipv6.fixRule",
  /** Client: arguments `[rule]`; writes the setting. With `[{rule, uri}]` the `.kube-ipv6.yaml` that counts for the document. */
  turnRuleOff: "kube-ipv6.turnRuleOff",
  /** Client: arguments `[rule]`; shows its page. */
  explainRule: "kube-ipv6.explainRule",
  /** Client: arguments `[{rule, where, uri, line}]`; says that a comment was written, and takes it back if that is wanted. */
  turnedOff: "kube-ipv6.turnedOff",
  /** Client: arguments `[{uri, line, character}]`; shows the hover of a policy's kind. */
  showAllowed: "kube-ipv6.showAllowed",
} as const;
