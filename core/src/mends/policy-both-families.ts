import type { Patch } from "../cluster/changes.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { withEdit } from "../parity/edit.ts";
import { readPolicies } from "../parity/live.ts";
import type { Difference } from "../parity/model.ts";
import { parityOf } from "../parity/parity.ts";
import { between } from "./patch.ts";
import { type MendWay, notOffered } from "./way.ts";

/** Rules that one change may have to follow; each is looked for anew, since an item added moves the ones behind it. */
const most = 20;

/** A kind of policy, and where the API keeps it: NetworkPolicy is one of Kubernetes and one of Calico. */
type Where = Pick<MendWay, "kind" | "types">;

export function policyBothFamilies(where: Where): MendWay {
  return {
    ...where,
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
      let own = objects.find((object) => isSame(object, policy, where));
      for (let done = 0; own && done < most; done++) {
        const current: KubeObject = own;
        const difference = parityOf(objects, engine).differences.find((one) =>
          concerns(one, current, where, wanted.pods),
        );
        const edit = difference?.edit;
        if (difference && !edit)
          return notOffered(
            `nobody can tell which IPv6 range stands for ${difference.divergence.text}: add it by hand`,
          );
        if (!edit)
          return done === 0
            ? notOffered("both families fare alike by what it says now")
            : between(rules(policy), rules(current));
        const edited = withEdit(current, edit);
        objects = objects.map((object) => (object === current ? edited : object));
        own = edited;
      }
      return notOffered(
        own ? `more than ${most} of its rules are of one family` : "it was not found among the policies in force",
      );
    },
  };
}

/** `specs` is what Cilium has beside `spec`. */
function rules({ spec, specs }: KubeObject): Patch {
  return { ...(spec === undefined ? {} : { spec }), ...(specs === undefined ? {} : { specs }) };
}

function concerns(
  { open, divergence, instances }: Difference,
  policy: KubeObject,
  where: Where,
  pods: readonly string[] = [],
) {
  const { policy: named } = divergence;
  if (open !== "IPv4" || !isOf(where, named)) return false;
  if (named.namespace !== policy.metadata.namespace || named.name !== policy.metadata.name) return false;
  const about = instances.flatMap(({ subject }) => subject.groups.flatMap((group) => group.pods));
  return pods.length === 0 || about.some((pod) => pods.includes(`${pod.namespace}/${pod.name}`));
}

function isSame(object: KubeObject, { metadata: { namespace, name } }: KubeObject, where: Where): boolean {
  return isOf(where, object) && object.metadata.name === name && object.metadata.namespace === namespace;
}

function isOf({ kind, types }: Where, object: { readonly kind?: string; readonly apiVersion?: string }): boolean {
  return object.kind === kind && types.some(({ apiVersion }) => apiVersion === object.apiVersion);
}
