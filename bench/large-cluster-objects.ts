/** Objects of a large cluster as an API server prints them, each made of its number. */

export const podsOfDeployment = 25;

export function pod(index: number, nodes: number) {
  const deployment = Math.floor(index / podsOfDeployment);
  const [namespace, app] = [namespaceOf(deployment), `app-${deployment}`];
  const ips = [{ ip: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` }, { ip: `fd00::${index.toString(16)}` }];
  const conditions = ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({
    type,
    status: "True",
    lastProbeTime: null,
    lastTransitionTime: timeOf(index),
  }));
  const own = meta(`${app}-7d9f8b6c5d-${index.toString(36).padStart(5, "x")}`, namespace, {
    labels: { app, "pod-template-hash": "7d9f8b6c5d", "app.kubernetes.io/part-of": "shop" },
    annotations: { "checksum/config": `${index}`.padStart(64, "0"), "prometheus.io/scrape": "true" },
    ownerReferences: [
      { apiVersion: "apps/v1", kind: "ReplicaSet", name: `${app}-7d9f8b6c5d`, uid: uid(deployment), controller: true },
    ],
  });
  return {
    ...own,
    spec: {
      volumes: [
        { name: "token", projected: { sources: [{ serviceAccountToken: { path: "token" } }], defaultMode: 420 } },
      ],
      containers: [container(app)],
      nodeName: `node-${index % nodes}`,
      serviceAccountName: "default",
      tolerations: ["not-ready", "unreachable"].map((key) => ({
        key: `node.kubernetes.io/${key}`,
        operator: "Exists",
      })),
    },
    status: {
      phase: "Running",
      conditions,
      hostIP: "192.0.2.1",
      podIP: ips[0]?.ip,
      podIPs: ips,
      startTime: timeOf(index),
      containerStatuses: [
        {
          name: "web",
          state: { running: { startedAt: timeOf(index) } },
          lastState: {},
          ready: true,
          restartCount: index % 4,
          image: `registry.example/${app}:1.2.3`,
          containerID: `containerd://${uid(index)}${uid(index)}`,
        },
      ],
      qosClass: "Burstable",
    },
  };
}

function container(app: string) {
  return {
    name: "web",
    image: `registry.example/${app}:1.2.3`,
    ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
    env: Array.from({ length: 12 }, (_, at) => ({ name: `SETTING_${at}`, value: `value of setting ${at} of ${app}` })),
    resources: { limits: { cpu: "1", memory: "512Mi" }, requests: { cpu: "100m", memory: "256Mi" } },
    volumeMounts: [{ name: "token", readOnly: true, mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }],
    readinessProbe: { httpGet: { path: "/ready", port: "http", scheme: "HTTP" }, periodSeconds: 10 },
  };
}

export function node(index: number) {
  const third = `${index >> 8}.${index & 255}`;
  return {
    ...meta(`node-${index}`, undefined, { labels: { "kubernetes.io/hostname": `node-${index}` } }),
    spec: { podCIDRs: [`10.${third}.0/24`, `fd00:0:${index.toString(16)}::/64`] },
    status: {
      addresses: [`192.168.${third}`, `2001:db8::${index.toString(16)}`].map((address) => ({
        type: "InternalIP",
        address,
      })),
      conditions: [{ type: "Ready", status: "True", reason: "KubeletReady", lastHeartbeatTime: timeOf(index) }],
      nodeInfo: { kernelVersion: "6.12.0", kubeletVersion: "v1.36.0" },
      images: Array.from({ length: 40 }, (_, at) => ({ names: [`registry.example/app-${at}:1.2.3`], sizeBytes: at })),
    },
  };
}

export function service(index: number) {
  return {
    ...meta(`app-${index}`, namespaceOf(index)),
    spec: {
      clusterIPs: [`10.96.${index >> 8}.${index & 255}`],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      selector: { app: `app-${index}` },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    },
    status: { loadBalancer: {} },
  };
}

export function endpointSlice(index: number) {
  const endpoints = Array.from({ length: podsOfDeployment }, (_, at) => ({
    addresses: [`10.0.${index & 255}.${at}`],
    conditions: { ready: true },
    targetRef: { kind: "Pod", name: `app-${index}-${at}`, namespace: namespaceOf(index) },
  }));
  const labels = { "kubernetes.io/service-name": `app-${index}` };
  return { ...meta(`app-${index}-abc`, namespaceOf(index), { labels }), addressType: "IPv4", endpoints, ports: [] };
}

/** With what the API server adds: who last wrote each field is a good part of an object. */
export function meta(name: string, namespace?: string, rest: object = {}) {
  const fields = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f:field${at}`, { "f:name": {} }]));
  return {
    metadata: {
      name,
      ...(namespace ? { namespace } : {}),
      uid: uid(name.length),
      resourceVersion: "123456789",
      creationTimestamp: timeOf(name.length),
      ...rest,
      managedFields: [{ manager: "kubelet", operation: "Update", apiVersion: "v1", fieldsV1: { "f:spec": fields } }],
    },
  };
}

function namespaceOf(deployment: number): string {
  return `team-${Math.floor(deployment / 10)}`;
}

function uid(of: number): string {
  return `${of.toString(16).padStart(8, "0")}-0000-4000-8000-000000000000`;
}

function timeOf(index: number): string {
  return new Date(1_790_000_000_000 + index * 1000).toISOString();
}
