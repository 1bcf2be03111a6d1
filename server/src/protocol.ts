/** The code action that makes every fix of a document that can be made without a doubt. */
export const fixAllKind = "source.fixAll.kube-ipv6";

export const commands = {
  /** Server: arguments `[uri]`; makes every fix of a document that can be made without a doubt. */
  fixAll: "kube-ipv6.fixAll",
  /** Client: arguments `[rule]`; writes the setting. */
  turnRuleOff: "kube-ipv6.turnRuleOff",
} as const;
