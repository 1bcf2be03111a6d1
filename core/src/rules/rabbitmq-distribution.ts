import { clusterOf } from "../facts/service-ranges.ts";
import { containersOf, envOf } from "../kinds/containers.ts";
import { imageName } from "../kinds/runtime.ts";
import type { Rule } from "../lint/rule.ts";
import { podKinds } from "../manifest/resource.ts";

const server = ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "RABBITMQ_SERVER_ERL_ARGS"];

export const rule: Rule = {
  summary: "RabbitMQ's nodes, or its tools, look for each other over IPv4 alone",
  why: `Erlang's distribution uses IPv4 unless it is told \`-proto_dist inet6_tcp\`: without IPv4 in the cluster nodes do not find each other. The
tools \`rabbitmqctl\` and \`rabbitmq-diagnostics\`, which probes call, are told by a variable of their own.`,
  source: "https://www.rabbitmq.com/docs/networking#distribution-ipv6",
  severity: "warning",
  kinds: podKinds,
  mentions: [/RABBITMQ_/],
  example: {
    cluster: "v6",
    bad: pod(""),
    good: pod(`
        - name: RABBITMQ_CTL_ERL_ARGS
          value: -proto_dist inet6_tcp`),
  },

  *check(resource, world) {
    const cluster = clusterOf(world);
    for (const container of containersOf(resource)) {
      const env = envOf(container);
      const overIPv6 = (names: readonly string[]) =>
        env.find(({ name, value }) => names.includes(name) && value?.text?.includes("inet6_tcp"));
      const node = overIPv6(server);
      const isCtl = overIPv6(["RABBITMQ_CTL_ERL_ARGS"]) !== undefined;
      if (node && !isCtl && !env.some(({ name, value }) => name === "RABBITMQ_CTL_ERL_ARGS" && !value))
        yield {
          at: node.value,
          message: "rabbitmqctl does not look for the node over IPv6: give it the same in RABBITMQ_CTL_ERL_ARGS",
        };
      const args = env.find(({ name }) => server.includes(name))?.value;
      if (cluster === "v6" && !node && args?.text !== undefined && imageName(container).startsWith("rabbitmq"))
        yield {
          at: args,
          message: "nodes find each other over IPv4, which there is none of: add -proto_dist inet6_tcp",
        };
    }
  },
};

function pod(more: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: rabbitmq
spec:
  containers:
    - name: rabbitmq
      image: rabbitmq:4.1
      env:
        - name: RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS
          value: -proto_dist inet6_tcp${more}
`;
}
