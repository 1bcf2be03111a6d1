import { covers } from "../../judging/corefile-server.ts";
import { mapping, string } from "../../policy/read.ts";
import { parseCorefile } from "../../program-files/corefile.ts";
import type { Directive } from "../../program-files/directive.ts";
import { type MendWay, notOffered } from "../way.ts";

/** https://coredns.io/plugins/template/, https://coredns.io/plugins/reload/ */
export const way: MendWay = {
  kind: "ConfigMap",
  types: [{ apiVersion: "v1", resource: "configmaps" }],
  says: "no longer answers every question for an AAAA record with nothing",
  besides: () => [
    "Names outside the cluster have their AAAA records again, too: pods without a way out over IPv6 try it first.",
    "Somebody may have held them back for that very reason; ask him if you do not know.",
  ],
  settles: 150,
  afterwards: ({ data, metadata }) =>
    hasReload(string(mapping(data).Corefile) ?? "")
      ? []
      : ["-n", metadata.namespace ?? "kube-system", "rollout", "restart", `deployment/${metadata.name}`],

  async patch({ data }) {
    const text = string(mapping(data).Corefile);
    if (text === undefined) return notOffered("it has no Corefile");
    const hiding = parseCorefile(text).flatMap(({ plugins }) => {
      const zones = clusterZones(plugins);
      return plugins.filter((plugin) => hidesAaaa(plugin) && zones.some((zone) => concerns(plugin, zone)));
    });
    if (hiding.length === 0)
      return notOffered("no `template IN AAAA` of its Corefile answers for the cluster's names with nothing");
    const mended = hiding.reduceRight((rest, one) => without(rest, one), text);
    return { data: { Corefile: mended } };
  },
};

/** One that gives answers of its own has another purpose. */
function hidesAaaa({ name, args, block = [] }: Directive): boolean {
  const [, type] = args.map(({ text }) => text);
  return name.text === "template" && type === "AAAA" && !block.some((entry) => entry.name.text === "answer");
}

/** The zones whose names are Services', where this server has them. */
function clusterZones(plugins: readonly Directive[]): string[] {
  const own = plugins.filter(({ name }) => name.text === "kubernetes").flatMap(({ args }) => args);
  return own.map(({ text }) => text).filter((zone) => !/\.arpa\.?$/.test(zone));
}

/** One of another zone alone, such as that of a host whose IPv6 is dead, was meant so. */
function concerns({ args: [, , ...zones] }: Directive, cluster: string): boolean {
  return zones.length === 0 || zones.some(({ text }) => covers(text, cluster));
}

function hasReload(text: string): boolean {
  return parseCorefile(text).some(({ plugins }) => plugins.some(({ name }) => name.text === "reload"));
}

/** Its lines as a whole, comments in them too. */
function without(text: string, { name, end }: Directive): string {
  const start = text.lastIndexOf("\n", name.start) + 1;
  const next = text.indexOf("\n", end);
  return text.slice(0, start) + (next < 0 ? "" : text.slice(next + 1));
}
