/** What of a Corefile makes this server answer otherwise than its records say. */
export interface CorefileWords {
  /** Names whose AAAA questions are answered without a record, as a `template IN AAAA` does; "." is every name. */
  templates: { zone: string; rcode: number }[];
  /** {@link https://coredns.io/plugins/dns64/} */
  dns64?: { prefix: string; all: boolean; overIPv4: boolean };
  /** Where everything outside of the cluster is asked; empty where that is the machine's own resolver. */
  forward: string[];
}

/** {@link https://coredns.io/plugins/template/ Templates} without an answer, dns64 and forward, of all servers alike. */
export function wordsOf(corefile: string): CorefileWords {
  const blocks = corefile.matchAll(/^\s*template\s+(?:IN|ANY)\s+AAAA\s*([^\s{]*)\s*\{?([^}]*)/gm);
  const templates = [...blocks]
    .filter(([, , body = ""]) => !/\banswer\b/.test(body))
    .map(([, zone = "", body = ""]) => ({
      zone: zone.replace(/\.$/, "").toLowerCase() || ".",
      rcode: rcodes[/\brcode\s+(\w+)/.exec(body)?.[1] ?? ""] ?? 0,
    }));
  const [, own, inside = ""] = /^\s*dns64(?:[ \t]+([0-9a-f:]+\/\d+))?[ \t]*(?:\{([^}]*)\})?/m.exec(corefile) ?? [];
  const prefix = own ?? /\bprefix\s+(\S+)/.exec(inside)?.[1] ?? "64:ff9b::/96";
  const [, to = ""] = /^\s*forward\s+\S+[ \t]+([^{\n]+)/m.exec(corefile) ?? [];
  return {
    templates,
    ...(/^\s*dns64\b/m.test(corefile)
      ? { dns64: { prefix, all: /\btranslate_all\b/.test(inside), overIPv4: /\ballow_ipv4\b/.test(inside) } }
      : {}),
    forward: to
      .trim()
      .split(/\s+/)
      .filter((word) => word.includes(":") || /^\d+\./.test(word)),
  };
}

const rcodes: Readonly<Record<string, number>> = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
