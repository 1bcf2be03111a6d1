import { familyOf } from "../addresses/address.ts";
import { type CoreServer, parseCorefile, portOf, zonesOf } from "../program-files/corefile.ts";
import type { Directive } from "../program-files/directive.ts";

/** The server of a Corefile that answers a name: that of the longest zone. {@link https://coredns.io/manual/toc/#query-processing} */
export function serverOf(corefile: string, name: string): CoreServer | undefined {
  const fits = parseCorefile(corefile)
    .filter((server) => portOf(server) !== undefined)
    .flatMap((server) => zonesOf(server).flatMap((zone) => (covers(zone, name) ? [{ server, zone: bare(zone) }] : [])));
  return fits.toSorted((a, b) => b.zone.length - a.zone.length)[0]?.server;
}

/**
 * What a Corefile takes in from files, which may answer in place of what stands in it: `/etc/coredns/custom/*.server` on AKS and k3s. Its own
 * snippets are none. {@link https://coredns.io/plugins/import/}
 */
export function importsIn(corefile: string): string | undefined {
  const words = corefile.split("\n").map((line) => line.replace(/#.*/, "").trim().split(/\s+/));
  return words.flatMap(([first, what]) => {
    if (first !== "import" || what === undefined) return [];
    return words.some(([name]) => name === `(${what})`) ? [] : what;
  })[0];
}

/** Where it sends a name: addresses without ports and schemes, and files that name them; undefined where it forwards it nowhere. */
export function forwardsOf(
  { plugins }: CoreServer,
  name: string,
): { readonly addresses: readonly string[]; readonly files: readonly string[] } | undefined {
  const own = plugins.filter((plugin) => plugin.name.text === "forward" && forwards(plugin, name));
  if (own.length === 0) return undefined;
  const [first] = own;
  const targets = (first?.args ?? []).slice(1).map(({ text }) => addressIn(text) ?? text);
  return {
    addresses: targets.filter((target) => familyOf(target)),
    files: targets.filter((target) => !familyOf(target)),
  };
}

/** The first of its templates that answers every AAAA query of a name. {@link https://coredns.io/plugins/template/} */
export function templateFor(server: CoreServer, name: string): Directive | undefined {
  return server.plugins.find(({ name: plugin, args: [, type, ...zones], block = [] }) => {
    if (plugin.text !== "template" || !/^(AAAA|ANY)$/i.test(type?.text ?? "")) return false;
    const some = block.filter((entry) => entry.name.text === "match").flatMap(({ args }) => args);
    const all = some.length === 0 || some.some(({ text }) => /^\^?\(?\.\*?\)?\$?$/.test(text));
    return all && (zones.length === 0 || zones.some(({ text }) => covers(text, name)));
  });
}

function forwards({ args: [zone], block = [] }: Directive, name: string): boolean {
  const except = block.filter((entry) => entry.name.text === "except").flatMap(({ args }) => args);
  return zone !== undefined && covers(zone.text, name) && !except.some(({ text }) => covers(text, name));
}

/** Whether a zone, `.` or `example.org`, holds a name. */
export function covers(zone: string, name: string): boolean {
  const [outer, inner] = [bare(zone), bare(name)];
  return outer === "" || inner === outer || inner.endsWith(`.${outer}`);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

function addressIn(target: string): string | undefined {
  const host = target.replace(/^(?:dns|tls):\/\//, "").replace(/^\[(.*)\](?::\d+)?$/, "$1");
  return [host, host.replace(/:\d+$/, "")].find((one) => familyOf(one));
}
