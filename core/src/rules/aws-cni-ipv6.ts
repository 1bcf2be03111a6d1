import { containersOf, envOf } from "../kinds/containers.ts";
import { imageName } from "../kinds/runtime.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "The VPC CNI of AWS does not start with these switches of families",
  why: `\`aws-node\` serves one family: \`ENABLE_IPv4\` or \`ENABLE_IPv6\`. IPv6 works with \`ENABLE_PREFIX_DELEGATION\` only, and neither with
custom networking nor with security groups for pods. With anything else it writes a line into its log and stops, and no node gets ready.`,
  source: "https://github.com/aws/amazon-vpc-cni-k8s/blob/master/pkg/ipamd/ipamd.go",
  severity: "error",
  kinds: ["DaemonSet", "HelmValues"],
  mentions: [/ENABLE_IPv[46]/],
  example: {
    bad: daemonSet("false"),
    good: daemonSet("true"),
  },

  *check(resource) {
    for (const env of resource.kind === "HelmValues" ? inValues(resource) : inContainers(resource)) yield* judge(env);
  },
};

/** The variables of an agent, by name. */
type Switches = ReadonlyMap<string, Field>;

function inContainers(resource: Resource): readonly Switches[] {
  return containersOf(resource)
    .filter((container) => imageName(container) === "amazon-k8s-cni")
    .map((container) => new Map(envOf(container).flatMap(({ name, value }) => (value ? [[name, value]] : []))));
}

/** https://github.com/aws/eks-charts/blob/master/stable/aws-vpc-cni/values.yaml, alone or below its name */
function inValues({ root }: Resource): readonly Switches[] {
  return [root, ...root.entries().map(([, field]) => field)].flatMap((chart) => {
    const env = chart.get("env");
    return env?.has("ENABLE_IPv6") && env.type === "map" ? [new Map(env.entries())] : [];
  });
}

function* judge(env: Switches): Iterable<Report> {
  const is = (name: string, value: string) => env.get(name)?.text?.toLowerCase() === value;
  const [four, six] = [env.get("ENABLE_IPv4"), env.get("ENABLE_IPv6")];
  if (is("ENABLE_IPv4", "true") && is("ENABLE_IPv6", "true"))
    yield {
      at: four,
      message: 'IPv4 and IPv6 are both enabled. VPC CNI currently doesn\'t support dual stack mode: write "false" here',
    };
  if (is("ENABLE_IPv4", "false") && is("ENABLE_IPv6", "false"))
    yield { at: six, message: 'IPv4 and IPv6 are both disabled. One of them have to be enabled: write "true" here' };
  if (!is("ENABLE_IPv6", "true")) return;
  const delegation = env.get("ENABLE_PREFIX_DELEGATION");
  if (delegation?.text?.toLowerCase() === "false")
    yield {
      at: delegation,
      message: 'IPv6 is supported only in Prefix Delegation mode: write "true"',
      fix: { kind: "decision", title: 'Write "true"', edits: [delegation.replace("true")] },
    };
  for (const [name, what] of unsupported)
    if (is(name, "true"))
      yield { at: env.get(name), message: `${what} not supported in IPv6 mode: write "false", or leave IPv6 off` };
}

const unsupported = [
  ["ENABLE_POD_ENI", "Security Group Per Pod is"],
  ["AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "Custom Networking is"],
] as const;

function daemonSet(delegation: string): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: aws-node
spec:
  template:
    spec:
      containers:
        - name: aws-node
          image: 602401143452.dkr.ecr.us-west-2.amazonaws.com/amazon-k8s-cni:v1.19.0
          env:
            - {name: ENABLE_IPv4, value: "false"}
            - {name: ENABLE_IPv6, value: "true"}
            - {name: ENABLE_PREFIX_DELEGATION, value: "${delegation}"}
`;
}
