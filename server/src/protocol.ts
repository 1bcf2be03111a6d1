/**
 * The code action that mends the spelling of a document. Not below `source.fixAll`: who has that made on every save asked for it
 * in the name of other linters.
 */
export const fixAllKind = "source.kube-ipv6.fixAll";

export const commands = {
  /** Server: arguments `[uri]`; mends the spelling of a document. */
  fixAll: "kube-ipv6.fixAll",
  /** Client: arguments `[rule]`; writes the setting. */
  turnRuleOff: "kube-ipv6.turnRuleOff",
} as const;
