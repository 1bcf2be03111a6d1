import { type Answer, type PodVantage, refused } from "../cluster/cluster.ts";
import type { Container } from "./containers.ts";
import { execArgs, kubectlLine, outpostArgs, shellLine } from "./kubectl.ts";
import { type Observation, type Question, questionId, type Right, whereAsked } from "./probe.ts";

/** Makes an answer an observation: with its question, its place, and the command a person would have typed. */
export function observe(
  context: string,
  question: Question,
  container: Container | undefined,
  answer: Answer<unknown>,
): Observation {
  try {
    return observed(context, question, container, answer);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const what = `the answer has another form than Kubernetes gives it (${error.message})`;
    return observed(context, question, container, refused("failed", what));
  }
}

function observed(
  context: string,
  question: Question,
  container: Container | undefined,
  answer: Answer<unknown>,
): Observation {
  const { probe, args } = question;
  const argv = probe.types(args, answer.ok ? answer.value : undefined);
  const through = container && { namespace: container.namespace, pod: container.pod, container: container.container };
  const outpost = container?.outpost;
  return {
    id: questionId(question),
    probe: probe.id,
    args,
    access: outpost?.level ?? probe.access,
    vantage: whereAsked(question),
    ...(through ? { through } : {}),
    asked: probe.asks(args),
    command: probe.access === "here" ? shellLine(argv) : kubectlLine(context, typed()),
    answer,
    ...lacking(question, through, answer),
    line: answer.ok ? probe.line(answer.value, args) : `could not look: ${answer.refusal.message}`,
  };

  function typed(): string[] {
    if (probe.access !== "exec") return [...argv];
    return container?.outpost
      ? outpostArgs(container, container.outpost, argv)
      : execArgs(through, probe.vantage(args), argv);
  }
}

/** Over a WebSocket an exec is a GET, and since Kubernetes 1.35 it takes `create` as well. */
function lacking(
  { probe, args }: Question,
  through: PodVantage | undefined,
  answer: Answer<unknown>,
): { lacks?: Right } {
  if (answer.ok || answer.refusal.reason !== "forbidden") return {};
  if (probe.access === "here") return {};
  if (probe.access === "api") return { lacks: probe.right(args) };
  // Nobody was asked: then it was the pods that could not be listed, which is an observation of its own.
  if (!through) return {};
  // The words about a missing `create` end before they name it: that check comes second.
  const refused = /cannot get resource/.test(answer.refusal.message) ? "get" : "create";
  const right = { verbs: ["get", "create"], apiGroup: "", resource: "pods/exec", refused };
  return { lacks: { ...right, namespace: through.namespace } };
}
