import type { KubeObject } from "../../cluster/cluster.ts";
import { withEdit } from "../../parity/edit.ts";
import { readPolicies } from "../../parity/live.ts";
import type { Difference } from "../../parity/model.ts";
import { parityOf } from "../../parity/parity.ts";
import { between } from "../patch.ts";
import { type MendWay, notOffered } from "../way.ts";

/** Rules that one change may have to follow; each is looked for anew, since an item added moves the ones behind it. */
const most = 20;

export const way: MendWay = {
  kind: "NetworkPolicy",
  types: [{ apiVersion: "networking.k8s.io/v1", resource: "networkpolicies" }],
  says: "lets in or out over IPv6 whom it lets in or out over IPv4, in the rule that keeps this connection back",
  besides: () => [
    "It opens that rule to every pod it selects, not to the one that was dialled alone.",
    "If IPv6 was to stay closed there, leave it, and declare it as intended in .kube-ipv6.yaml.",
  ],
  settles: 20,

  async patch(policy, { cluster, wanted, signal }) {
    const read = await readPolicies(cluster, signal ? { signal } : {});
    const [unread] = read.unread;
    if (unread) return notOffered(`what the policies say together is not known: ${unread.refusal.message}`);
    const engine = read.engine ? { engine: read.engine } : {};
    let objects = read.objects;
    let own = objects.find((object) => isSame(object, policy));
    for (let done = 0; own && done < most; done++) {
      const current: KubeObject = own;
      const difference = parityOf(objects, engine).differences.find((one) => concerns(one, current, wanted.pods));
      const edit = difference?.edit;
      if (difference && !edit)
        return notOffered(`nobody can tell which IPv6 range stands for ${difference.divergence.text}: add it by hand`);
      if (!edit)
        return done === 0
          ? notOffered("both families fare alike by what it says now")
          : { spec: between(policy.spec, current.spec) };
      const edited = withEdit(current, edit);
      objects = objects.map((object) => (object === current ? edited : object));
      own = edited;
    }
    return notOffered("it was not found among the policies in force");
  },
};

function concerns({ open, divergence, instances }: Difference, policy: KubeObject, pods: readonly string[] = []) {
  const { kind, namespace, name } = divergence.policy;
  if (open !== "IPv4" || kind !== policy.kind) return false;
  if (namespace !== policy.metadata.namespace || name !== policy.metadata.name) return false;
  const about = instances.flatMap(({ subject }) => subject.groups.flatMap((group) => group.pods));
  return pods.length === 0 || about.some((pod) => pods.includes(`${pod.namespace}/${pod.name}`));
}

function isSame(object: KubeObject, { metadata: { namespace, name } }: KubeObject): boolean {
  return (
    object.kind === "NetworkPolicy" &&
    object.apiVersion === "networking.k8s.io/v1" &&
    object.metadata.name === name &&
    object.metadata.namespace === namespace
  );
}
