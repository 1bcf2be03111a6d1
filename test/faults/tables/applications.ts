import type { Step } from "#test/lab/faults.ts";
import { by, type Faults, listening, merge, pair, paths, service, staying } from "../case.ts";

const status = (pod: string, more: object): Step => merge(`${paths.pods}/${pod}/status`, { status: more });
const notReady = [{ type: "Ready", status: "False" }];
const event = (pod: string, reason: string, message: string): Step => ({
  create: paths.events,
  body: {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: `${pod}.1` },
    involvedObject: { kind: "Pod", namespace: "default", name: pod },
    reason,
    message,
    type: "Warning",
    lastTimestamp: "2026-01-01T00:00:00Z",
  },
});
/** The application has ended, and is started again and again. */
const ended = (says: string): Step[] => [
  { serve: "n2-p1", listen: "[::]:9" },
  { log: "n2-p1", says },
  status("n2-p1", {
    conditions: notReady,
    containerStatuses: [
      {
        name: "web",
        ready: false,
        restartCount: 4,
        state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 1m20s restarting failed container" } },
        lastState: { terminated: { exitCode: 1, reason: "Error" } },
      },
    ],
  }),
];
/** Its network was never made. */
const withoutNetwork = (message: string): Step[] => [
  { serve: "n2-p1", listen: "[::]:9" },
  event("n2-p1", "FailedCreatePodSandBox", `Failed to create pod sandbox: ${message}`),
  status("n2-p1", {
    phase: "Pending",
    podIP: null,
    podIPs: null,
    conditions: notReady,
    containerStatuses: [
      { name: "web", ready: false, restartCount: 0, state: { waiting: { reason: "ContainerCreating" } } },
    ],
  }),
];
const refusedProbe = (pod: string, address: string): Step[] => [
  { serve: pod, listen: "0.0.0.0:8080" },
  event(
    pod,
    "Unhealthy",
    `Readiness probe failed: Get "http://[${address}]:8080/": dial tcp [${address}]:8080: connect: connection refused`,
  ),
  status(pod, { conditions: notReady }),
];

/** A server that takes IPv6 alone. */
const v6Only = `perl -e 'use Socket qw(:all);socket my $s,AF_INET6,SOCK_STREAM,0;setsockopt $s,SOL_SOCKET,SO_REUSEADDR,1;setsockopt $s,IPPROTO_IPV6,IPV6_V6ONLY,1;bind $s,pack_sockaddr_in6(8080,inet_pton(AF_INET6,"::"))or die;listen $s,50;while(accept my $c,$s){sysread $c,my $b,4096;syswrite $c,"HTTP/1.0 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok";close $c}'`;

/** Of programs and their containers. */
export const applicationFaults: Faults = {
  "listener-ipv4-only": { what: "on 0.0.0.0", make: [{ serve: "n2-p1", listen: "0.0.0.0:8080" }], subject: pair },
  "listener-loopback-only": {
    what: "on 127.0.0.1",
    make: [{ serve: "n2-p1", listen: "127.0.0.1:8080" }],
    subject: pair,
  },
  "listener-ipv6-only": {
    what: "on :: with IPV6_V6ONLY",
    on: ["dual"],
    make: [{ serve: "n2-p1", listen: "[::]:8081" }, staying("n2-p1", v6Only, listening)],
    subject: pair,
  },
  "java-prefers-ipv4": {
    what: "by its arguments",
    on: ["dual"],
    lab: {
      objects: {
        "Pod/n2-p1": {
          spec: {
            containers: [
              {
                name: "web",
                image: "docker.io/library/eclipse-temurin:21",
                args: ["-Djava.net.preferIPv4Stack=true", "-jar", "/app.jar"],
                ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
              },
            ],
          },
        },
      },
    },
    make: [{ serve: "n2-p1", listen: "0.0.0.0:8080" }],
    subject: pair,
  },
  "insists-on-ipv6-socket": {
    what: "nginx where the kernel has none",
    make: ended("nginx: [emerg] socket() [::]:80 failed (97: Address family not supported by protocol)"),
    subject: pair,
    // The kernel it runs on has IPv6 all the same.
    verdict: "possible",
  },
  "literal-without-brackets": {
    what: "an address and a port in one flag",
    make: ended("listen tcp: address fd00:10:244:2::11:9094: too many colons in address"),
    subject: pair,
  },
  "probed-over-ipv6-only": {
    what: "IPv6 is the cluster's first family, and the programs are on 0.0.0.0",
    on: ["ipv6"],
    make: [...refusedProbe("n1-p1", "fd00:10:244:1::11"), ...refusedProbe("n2-p1", "fd00:10:244:2::11")],
    subject: service,
  },
  "addresses-exhausted": {
    what: "host-local has none left",
    make: withoutNetwork(
      'plugin type="host-local" failed (add): no IP addresses available in range set: fd00:10:244:2::1-fd00:10:244:2::ff',
    ),
    subject: pair,
  },
  "vpc-cni-without-address": {
    what: "the node has no prefix",
    make: withoutNetwork(
      'plugin type="aws-cni" name="aws-cni" failed (add): add cmd: failed to assign an IP address to container',
    ),
    subject: pair,
  },
  "undeclared-family": {
    what: "a way out over IPv4 that the API does not list",
    on: ["ipv6"],
    make: by("n1-p1", "ip addr add 169.254.172.2/22 dev eth0", "ip route add default via 169.254.172.1 dev eth0"),
    subject: pair,
    verdict: "latent",
  },
};
