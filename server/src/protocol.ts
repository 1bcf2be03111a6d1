/** What this server and its client say to each other beyond the Language Server Protocol. */
export const methods = {
  /** Client to server, a notification: `{cluster?: Shape, kubernetes?: "1.34"}` of the connected cluster; `{}` when it is gone. */
  cluster: "kube-ipv6/cluster",
  /** Server to client, a request: `{uri}`; the answer is `{text}`, the file as it is in git HEAD, or null. Sent only if `initializationOptions.old` is true. */
  old: "kube-ipv6/old",
  /** Client to server, a request: `{uri?}`; the answer is `{plans}`, the address plan of the files meant for one cluster: that of the file, or all. */
  plan: "kube-ipv6/plan",
  /** Client to server, a request: `{}` lists `{id, title, source}`, `{id}` gets `{body}` in the editor's snippet syntax, or null. */
  snippet: "kube-ipv6/snippet",
} as const;

/** The code action that makes every fix of a document that can be made without a doubt. */
export const fixAllKind = "source.fixAll.kube-ipv6";

export const commands = {
  /** Server: arguments `[uri]`; makes every fix of a document that can be made without a doubt. */
  fixAll: "kube-ipv6.fixAll",
  /** Client: arguments `[rule]`; writes the setting. */
  turnRuleOff: "kube-ipv6.turnRuleOff",
} as const;
