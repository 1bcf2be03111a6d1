import type { ScenePod } from "./scene.ts";

/** `127.0.0.1:8080`, `[::1]:8080` */
export function isLoopbackSocket(socket: string): boolean {
  return /^(127\.|\[::1\])/.test(socket);
}

interface Container {
  readonly name: string;
  readonly ports?: readonly { readonly containerPort?: number }[];
  readonly args?: readonly string[];
}

const flag = "-Djava.net.preferIPv4Stack=true";

/** The containers of a pod whose Java machine is told to do without IPv6. */
export function javaWithoutIPv6({ object }: ScenePod): readonly Container[] {
  return ((object.spec?.containers ?? []) as Container[]).filter(({ args }) => args?.includes(flag));
}

/** All containers that could hold the socket have the flag. */
export function prefersIPv4(pod: ScenePod): boolean {
  const all = (pod.object.spec?.containers ?? []) as Container[];
  return all.length > 0 && javaWithoutIPv6(pod).length === all.length;
}
