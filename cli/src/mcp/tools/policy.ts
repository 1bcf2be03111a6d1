import { type Decision, decide, isPolicy } from "#core/policy/policy.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { objectsOfFiles, policyFlowsOf } from "../../policy-flow.ts";
import { givenDocuments } from "../given-manifests.ts";
import { type Served, type ToolArguments, text } from "../tool.ts";

export const tool: Served = {
  async ask(given: ToolArguments) {
    const { files, unjudged } = givenDocuments(given);
    const objects = objectsOfFiles(files);
    const asked = ["from", "to", "port", "protocol", "family"].map((name) => [name, text(given, name)]);
    const decisions = policyFlowsOf(Object.fromEntries(asked), objects).map((flow) => decide(objects, flow));
    const rulings = new Set(decisions.map(({ ruling }) => ruling));
    const [only] = rulings;
    return {
      // What was not read may hold a policy that denies or allows it.
      verdict: unjudged.length > 0 || rulings.has("unknown") ? "unknown" : rulings.size === 1 && only ? only : "mixed",
      ours: [
        ...decisions.map(({ flow: { family }, ruling }) => `${family} ${ruling}`),
        `${objects.filter(isPolicy).length} policies read`,
        "kubectl get networkpolicies --all-namespaces --output yaml shows those in force",
      ],
      head: {},
      lists: [
        ["rulings", decisions.map(shown)],
        ["notRead", unjudged.map(sentenceOf)],
      ],
    };
  },
};

function shown({ flow: { family }, ruling, egress, ingress }: Decision): object {
  const direction = ({ ruling, why, decidedBy, caveat }: Decision["egress"]) => {
    const by = decidedBy && [decidedBy.policy.kind, decidedBy.policy.namespace, decidedBy.policy.name].filter(Boolean);
    return {
      ruling,
      why,
      ...(decidedBy && by ? { decidedBy: by.join("/"), at: decidedBy.path } : {}),
      ...(caveat === undefined ? {} : { note: caveat }),
    };
  };
  return { family, ruling, egress: direction(egress), ingress: direction(ingress) };
}
