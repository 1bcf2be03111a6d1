import type { Family } from "../addresses/address.ts";
import type { Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { isComment, settings, wordLines } from "./lines.ts";

/** Where a server's file binds it to 0.0.0.0 and nothing else, and what to write for both families. */
export interface IPv4Listen {
  readonly at: Place | undefined;
  readonly advice?: string;
  /** In the place of words with the advice. */
  readonly says?: string;
  /** It is one where this family comes first alone. */
  readonly ifFirst?: Family;
  /** It is one where the cluster lacks this family alone, and a hint. */
  readonly ifMissing?: Family;
}

const readers: Readonly<Record<string, (file: Resource) => readonly IPv4Listen[]>> = {
  MongoConf: mongo,
  RabbitConf: rabbit,
  MosquittoConf: mosquitto,
  FluentdConf: fluentd,
  SupervisorConf: supervisor,
  EmqxConf: emqx,
  GunicornConf: gunicorn,
};

export const ipv4ListenKinds: readonly string[] = Object.keys(readers);

export function ipv4Listens(file: Resource): readonly IPv4Listen[] {
  return readers[file.kind]?.(file) ?? [];
}

/** {@link https://www.mongodb.com/docs/manual/reference/configuration-options/#mongodb-setting-net.ipv6} */
function mongo(file: Resource): readonly IPv4Listen[] {
  const at = (key: string) => file.get("net", key) ?? file.get(`net.${key}`);
  const [bind, all] = [at("bindIp"), at("bindIpAll")];
  const isOn = at("ipv6")?.boolean === true;
  const addresses = bind?.text?.split(",").map((text) => text.trim()) ?? [];
  const asksIPv6 = all?.boolean === true || addresses.some((text) => text === "*" || text.includes(":"));
  if (asksIPv6 && !isOn) return [{ at: all ?? bind, advice: "add ipv6: true" }];
  // The sockets are IPV6_V6ONLY: src/mongo/transport/transport_layer_asio.cpp
  const outside = addresses.filter((text) => !/^(?:localhost$|127\.|::1$)/.test(text));
  const says = "this server answers over IPv6 only: write ::,0.0.0.0 for both families";
  if (asksIPv6)
    return outside.length > 0 && outside.every((text) => text.includes(":"))
      ? [{ at: bind, says, ifFirst: "IPv4" }]
      : [];
  if (!addresses.includes("0.0.0.0")) return [];
  return [{ at: bind, advice: isOn ? "write ::,0.0.0.0" : "write ::,0.0.0.0 and ipv6: true" }];
}

/**
 * It opens IPv4 sockets alone, whatever stands there: supervisor_af_inet_http_server in
 * {@link https://github.com/Supervisor/supervisor/blob/main/supervisor/http.py}
 */
function supervisor(file: Resource): readonly IPv4Listen[] {
  const port = settings(file.source).findLast(
    ({ section, key }) => section === "inet_http_server" && key === "port",
  )?.value;
  if (!port || /^(?:127\.|localhost:)/.test(port.text)) return [];
  const at = file.at(port.start, port.end);
  if (/^\[?[\da-f]*:[\da-f]*:/i.test(port.text))
    return [{ at, says: "supervisord opens IPv4 sockets alone, and cannot bind this: write *:9001, or a unix socket" }];
  return [{ at, says: "supervisord serves this over IPv4 alone, which nobody here has", ifMissing: "IPv4" }];
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

/** Erlang binds what is written. {@link https://docs.emqx.com/en/emqx/latest/configuration/listener.html} */
function emqx(file: Resource): readonly IPv4Listen[] {
  return [...file.source.matchAll(/\bbind\s*=\s*"?(0\.0\.0\.0:(\d+))/g)].flatMap(
    ({ 0: whole, 1: address = "", 2: port, index }) => {
      // Another listener has the other family.
      if (isComment(file.source, index) || file.source.includes(`[::]:${port}`)) return [];
      const start = index + whole.length - address.length;
      return [{ at: file.at(start, start + address.length), advice: `write [::]:${port}` }];
    },
  );
}

/** {@link https://docs.gunicorn.org/en/stable/settings.html#bind} */
function gunicorn(file: Resource): readonly IPv4Listen[] {
  return settings(file.source).flatMap(({ key, value: { text, start, end } }) => {
    const port = key === "bind" ? /^0\.0\.0\.0:(\d+)$/.exec(text)?.[1] : undefined;
    return port ? [{ at: file.at(start, end), advice: `write [::]:${port}` }] : [];
  });
}
