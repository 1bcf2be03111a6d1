import type { Family } from "../addresses/address.ts";
import { type Case, excluded, type Judgement, unknown } from "./cause.ts";
import { dialsOverIPv6 } from "./compared.ts";
import { failedDials, isLate } from "./failures.ts";
import type { Ground } from "./proof.ts";
import type { ScenePod } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/** What a pod itself refused at once, where no proxy of a mesh may have done so in its place. */
export function refusedByPod(subject: Case): Symptom[] {
  return failedDials(subject, "refused").filter(
    (one) => one.flow?.toPod && one.proxied === undefined && !isLate(subject, one),
  );
}

/** Nobody refused, which says nothing of applications behind the proxy of a mesh: it takes what they would refuse. */
export function nobodyRefused(subject: Case, family: Family = "IPv6", dials: readonly Ground[] = []): Judgement {
  const taken = subject.symptoms.find((one) => one.family === family && one.proxied !== undefined);
  if (taken)
    return unknown(`${taken.to} is answered by the proxy of ${taken.proxied}, whatever listens behind it`, family);
  const why = `no pod refused an ${family} connection at once`;
  return excluded(why, dials.length > 0 ? dials : dialsOverIPv6(subject), family);
}

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
