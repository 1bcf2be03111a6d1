import type { Outpost } from "../cluster/outposts.ts";
import { kubectlLine } from "../probing/kubectl.ts";

/** What a person can type who may do what we may not: the same outpost, made by kubectl. */
export function byHand(context: string, { level, namespace, pod, node, image, of }: Outpost): string {
  return kubectlLine(context, argsOf());

  /** https://kubernetes.io/docs/reference/kubectl/generated/kubectl_debug/ */
  function argsOf(): string[] {
    const shell = [`--image=${image}`, "-it"];
    switch (level) {
      case "ephemeral":
        return ["-n", namespace, "debug", pod, ...shell, "--profile=restricted", "--", "sh"];
      case "probe-pod": {
        const overrides = JSON.stringify({ spec: { nodeName: node } });
        const name = of ? `look-for-${of.name}`.slice(0, 60) : "look";
        return ["-n", namespace, "run", name, "--rm", ...shell, `--overrides=${overrides}`, "--", "sh"];
      }
      case "node":
        return ["debug", `node/${node}`, ...shell, "--profile=general", "--", "sh"];
      case "privileged-node":
        return ["debug", `node/${node}`, ...shell, "--profile=sysadmin", "--", "chroot", "/host", "sh"];
    }
  }
}
