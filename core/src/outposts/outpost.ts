import type { KubeObject } from "../cluster/cluster.ts";
import { type Outlook, type Outpost, ownerLabel } from "../cluster/outposts.ts";
import { outOfMesh } from "../probing/mesh.ts";

/** What decides how an outpost is made, beside where it stands. */
export interface Making {
  /** The image to run from; it needs a shell and `sleep`. */
  readonly image: string;
  /** Where pods of our own are created. */
  readonly namespace: string;
  /** A name nobody has; "kube-ipv6-x7k2p9w4qd". */
  name(): string;
}

/** Seconds: many times what a diagnosis takes, and little where nobody takes it away. */
export const lifetime = 300;

/** A pod on a node: in the place of a pod that nothing can be run in (`probe-pod`), or in the network of the node itself. */
export function podOn(
  node: string,
  level: Exclude<Outlook, "ephemeral">,
  { image, namespace, name }: Making,
  of?: Outpost["of"],
): Outpost {
  const pod = name();
  const onNode = level !== "probe-pod";
  const body = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: pod,
      namespace,
      labels: {
        "app.kubernetes.io/managed-by": "kube-ipv6",
        [ownerLabel]: pod,
        ...outOfMesh.labels,
      },
      annotations: outOfMesh.annotations,
    },
    spec: {
      nodeName: node,
      ...(onNode ? { hostNetwork: true, hostPID: true } : {}),
      restartPolicy: "Never",
      activeDeadlineSeconds: lifetime,
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      tolerations: [{ operator: "Exists" }],
      containers: [
        {
          name: pod,
          image,
          imagePullPolicy: "IfNotPresent",
          command: waiting(pod),
          resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
          securityContext: level === "privileged-node" ? privileged : restrictedContainer,
        },
      ],
    },
  };
  return { level, namespace, pod, container: pod, node, image, seconds: lifetime, ...(of ? { of } : {}), body };
}

/**
 * One more container in a pod that is there: the restricted profile of `kubectl debug`, or for one that captures the netadmin profile
 * without what changes anything.
 */
export function containerIn(
  target: KubeObject,
  { image, name }: Pick<Making, "image" | "name">,
  captures = false,
): Outpost {
  const container = name();
  const { namespace = "", name: pod } = target.metadata;
  const spec = { name: container, image, imagePullPolicy: "IfNotPresent", command: waiting(container) };
  return {
    level: "ephemeral",
    namespace,
    pod,
    container,
    node: target.spec?.nodeName ?? "",
    image,
    seconds: lifetime,
    of: { namespace, name: pod },
    ...(captures ? { captures } : {}),
    body: { spec: { ephemeralContainers: [{ ...spec, securityContext: captures ? capturing : restrictedContainer }] } },
  };
}

/**
 * It does nothing until it is told to end or its time is over. Its own name is in its command, so that it can be found among the
 * processes of a pod that share one namespace.
 */
function waiting(name: string): string[] {
  return ["sh", "-c", 'trap "exit 0" TERM; sleep "$1" & wait', name, `${lifetime}`];
}

/** Ends what {@link waiting} began, from within: every process but this one whose command holds the name. */
export function endingOf({ container }: Pick<Outpost, "container">): string[] {
  const program = `for p in /proc/[0-9]*; do
n=${"$"}{p#/proc/}; [ "$n" = $$ ] && continue
c=; { read -r c <"$p/cmdline"; } 2>/dev/null
case $c in *"$1"*) kill -TERM "$n" 2>/dev/null;; esac
done; :`;
  return ["sh", "-c", program, "sh", container];
}

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
export const restrictedContainer = {
  runAsNonRoot: true,
  runAsUser: 65534,
  runAsGroup: 65534,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
};

/**
 * A packet socket takes NET_RAW, and only root has what is added; with the other two Debian's tcpdump becomes nobody of importance once it
 * listens. https://man7.org/linux/man-pages/man7/packet.7.html
 */
const capturing = {
  ...restrictedContainer,
  runAsNonRoot: false,
  runAsUser: 0,
  runAsGroup: 0,
  capabilities: { drop: ["ALL"], add: ["NET_RAW", "SETUID", "SETGID"] },
};

const privileged = { privileged: true, readOnlyRootFilesystem: true };
