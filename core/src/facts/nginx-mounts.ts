import { type Listener, mainContainers } from "../kinds/listeners.ts";
import { imageName, ipv4Program } from "../kinds/runtime.ts";
import { fact } from "../lint/fact.ts";
import type { World } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import { podSpec, type Resource } from "../manifest/resource.ts";
import { walk } from "../program-files/directive.ts";
import { parseNginx } from "../program-files/nginx.ts";
import { nginxListens } from "../program-files/nginx-listen.ts";

/** A configuration of nginx in a ConfigMap. */
interface NginxConf {
  readonly map: string;
  readonly namespace: string;
  readonly key: string;
  /** Ports of `listen 80`, and of `listen [::]:80` and any other IPv6 address. */
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
  /** What it may listen on besides is not known. */
  readonly open: boolean;
  readonly includesConfD: boolean;
}

const nginxConfs = fact<NginxConf>(
  ["NginxConf"],
  (file) => {
    const { field } = file.embedded ?? {};
    const map = field?.resource.name;
    if (!field || map === undefined) return undefined;
    const listens = nginxListens(file.source).flat();
    const isIPv6 = ({ directive }: (typeof listens)[number]) => directive.args[0]?.text.startsWith("[") === true;
    const included = includes(file.source);
    return {
      map,
      namespace: namespaceOf(field.resource),
      key: String(field.step),
      ipv4: listens.filter(({ wildcard }) => wildcard === "IPv4").map(({ port }) => port),
      ipv6: listens.filter(isIPv6).map(({ port }) => port),
      open: listens.some(({ unread }) => unread) || included.some((path) => path !== confD),
      includesConfD: included.includes(confD),
    };
  },
  /server|upstream|listen|proxy_pass|resolver/,
);

const confD = "conf.d/*.conf";

/** Without those that never hold a server. */
function includes(text: string): readonly string[] {
  return [...walk(parseNginx(text))]
    .filter(({ directive }) => directive.name.text === "include")
    .map(({ directive }) => (directive.args[0]?.text ?? "").replace(/^\/etc\/nginx\//, ""))
    .filter((path) => !/mime\.types$|_params$/.test(path));
}

/** Where nginx, as its images start it, is configured by ConfigMaps to listen on a port over IPv4 alone. */
export function nginxListeners(workload: Resource, world: World): readonly Listener[] {
  if (workload.partial) return [];
  return mainContainers(workload)
    .filter(runsNginx)
    .flatMap((container) => {
      const mounts = mountsOf(container, workload);
      const confs = mounts.map((mount) => confsOf(mount, workload, world));
      if (!isKnown(mounts, confs)) return [];
      const ipv6 = confs.flat().flatMap((conf) => conf.ipv6);
      return mounts.flatMap(({ at }, index) => {
        const ports = new Set((confs[index] ?? []).flatMap((conf) => conf.ipv4));
        return [...ports]
          .filter((port) => !ipv6.includes(port))
          .map((port) => ({ at, port, refusal: `nginx refuses them, add listen [::]:${port}` }));
      });
    });
}

function runsNginx(container: Field): boolean {
  const items = ["command", "args"].flatMap((list) => container.get(list)?.items() ?? []);
  if (items.length === 0) return /^nginx(?:-unprivileged)?$/.test(imageName(container));
  return ipv4Program(items) === "nginx" && !items.some(({ text = "-c" }) => /^-[cp]/.test(text));
}

interface Mount {
  readonly at: Field;
  /** Below /etc/nginx/, "" for all of it. */
  readonly path: string;
  /** undefined where what is mounted cannot be told. */
  readonly map: string | undefined;
  /** The one that is mounted, or of the whole folder all. */
  readonly key: string | undefined;
}

/** What is mounted where nginx looks for its configuration. {@link https://hub.docker.com/_/nginx} */
function mountsOf(container: Field, workload: Resource): readonly Mount[] {
  const volumes = podSpec(workload)?.get("volumes")?.items() ?? [];
  return (container.get("volumeMounts")?.items() ?? []).flatMap((mount) => {
    const at = mount.get("mountPath");
    const found = /^\/etc\/nginx(?:\/(nginx\.conf|conf\.d(?:\/[^/]+\.conf)?))?\/?$/.exec(at?.text ?? "");
    if (!at || !found) return [];
    const path = found[1] ?? "";
    const volume = volumes.find((one) => one.get("name")?.text === mount.get("name")?.text)?.get("configMap");
    const isFile = path.endsWith(".conf");
    const plain = !volume?.has("items") && !mount.has("subPathExpr") && mount.has("subPath") === isFile;
    const key = path === "" ? "nginx.conf" : mount.get("subPath")?.text;
    return [{ at, path, map: plain ? volume?.get("name")?.text : undefined, key }];
  });
}

function confsOf({ map, key }: Mount, workload: Resource, world: World): readonly NginxConf[] {
  return world
    .all(nginxConfs)
    .map(({ value }) => value)
    .filter((conf) => conf.map === map && conf.namespace === namespaceOf(workload))
    .filter((conf) => key === undefined || conf.key === key);
}

/** All that nginx reads is there, and the server that its image has in conf.d is not read. */
function isKnown(mounts: readonly Mount[], confs: readonly (readonly NginxConf[])[]): boolean {
  const all = confs.flat();
  const twice = new Set(all.map(({ map, key }) => `${map}/${key}`)).size < all.length;
  if (twice || confs.some((of) => of.length === 0) || all.some(({ open }) => open)) return false;
  const main = mounts.findIndex(({ path }) => path === "" || path === "nginx.conf");
  const readsConfD = main < 0 || confs[main]?.some(({ includesConfD }) => includesConfD);
  const replaces = ["", "conf.d", "conf.d/default.conf"];
  return readsConfD ? mounts.some(({ path }) => replaces.includes(path)) : mounts.length === 1;
}

function namespaceOf({ namespace }: Resource): string {
  return namespace ?? "default";
}
