import type { Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { settings, wordLines } from "./lines.ts";

/** Where a server's file binds it to 0.0.0.0 and nothing else, and what to write for both families. */
export interface IPv4Listen {
  readonly at: Place | undefined;
  readonly advice: string;
}

const readers: Readonly<Record<string, (file: Resource) => readonly IPv4Listen[]>> = {
  MongoConf: mongo,
  RabbitConf: rabbit,
  MosquittoConf: mosquitto,
  FluentdConf: fluentd,
};

export const ipv4ListenKinds: readonly string[] = Object.keys(readers);

export function ipv4Listens(file: Resource): readonly IPv4Listen[] {
  return readers[file.kind]?.(file) ?? [];
}

/** {@link https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.ipv6} */
function mongo(file: Resource): readonly IPv4Listen[] {
  const net = file.get("net");
  const bind = net?.get("bindIp");
  if (net?.get("ipv6")?.boolean === true) return [];
  if (bind?.text?.split(",").some((text) => text.trim() === "0.0.0.0"))
    return [{ at: bind, advice: "write ::,0.0.0.0 and ipv6: true" }];
  const all = net?.get("bindIpAll");
  return all?.boolean === true ? [{ at: all, advice: "add ipv6: true" }] : [];
}

/** {@link https://www.rabbitmq.com/docs/networking#interfaces} */
function rabbit(file: Resource): readonly IPv4Listen[] {
  const all = settings(file.source);
  const listeners = all.filter(({ key }) => /(?:^|\.)listeners\.(?:tcp|ssl)\.\w+$/.test(key));
  const tcp = listeners.flatMap(({ key, value }) => {
    const port = /^0\.0\.0\.0:(\d+)$/.exec(value.text)?.[1];
    const other = listeners.some((one) => one.key !== key && one.value.text.includes(`::`));
    return port && !other ? [{ at: file.at(value.start, value.end), advice: `write ${port}, the port alone,` }] : [];
  });
  const plugins = all.filter(({ key, value }) => /\.(?:tcp|ssl)\.ip$/.test(key) && value.text === "0.0.0.0");
  return [
    ...tcp,
    ...plugins.map(({ value }) => ({ at: file.at(value.start, value.end), advice: "leave it out, or write ::," })),
  ];
}

/** {@link https://mosquitto.org/man/mosquitto-conf-5.html} */
function mosquitto(file: Resource): readonly IPv4Listen[] {
  const lines = wordLines(file.source);
  const ports = new Set(
    lines.flatMap(([name, port, address]) =>
      name?.text === "listener" && address?.text.includes(":") ? port?.text : [],
    ),
  );
  return lines.flatMap(([name, port, address]) =>
    name?.text === "listener" && address?.text === "0.0.0.0" && !ports.has(port?.text)
      ? [{ at: file.at(address.start, address.end), advice: "leave the address out" }]
      : [],
  );
}

/** {@link https://docs.fluentd.org/input/forward#bind} */
function fluentd(file: Resource): readonly IPv4Listen[] {
  return wordLines(file.source).flatMap(([name, address]) =>
    name?.text === "bind" && address?.text === "0.0.0.0"
      ? [{ at: file.at(address.start, address.end), advice: "write ::" }]
      : [],
  );
}
