/** The text of one object of a kind, made of its name and of numbers that look random. */

function meta(kind: string, apiVersion: string, name: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: team-${name.length % 5}\n  labels:\n    app.kubernetes.io/name: ${name}\n    app.kubernetes.io/part-of: shop\n`;
}

export function deployment(name: string, next: () => number): string {
  const container = (index: number) => `      - name: c${index}
        image: registry.test/${name}:1.${Math.floor(next() * 40)}.0
        args:
        - --listen=[::]:${8080 + index}
        - --log-level=info
        - --cluster-dns=fd00:10:96::a
        env:
        - name: DATABASE_URL
          value: postgres://db-${index}:5432/shop
        - name: POD_IP
          valueFrom:
            fieldRef:
              fieldPath: status.podIP
        ports:
        - name: http
          containerPort: ${8080 + index}
          protocol: TCP
        readinessProbe:
          httpGet:
            path: /ready
            port: http
          initialDelaySeconds: 5
          periodSeconds: 10
        resources:
          requests:
            cpu: 100m
            memory: 128Mi
          limits:
            memory: 256Mi
`;
  return `${meta("Deployment", "apps/v1", name)}spec:
  replicas: ${1 + Math.floor(next() * 5)}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
${container(0)}${next() > 0.6 ? container(1) : ""}`;
}

export function service(name: string, next: () => number): string {
  const dual = next() > 0.7 ? "  ipFamilyPolicy: PreferDualStack\n" : "";
  return `${meta("Service", "v1", name)}spec:
${dual}  selector:
    app: ${name}
  ports:
  - name: http
    port: 80
    targetPort: http
`;
}

export function config(name: string, next: () => number): string {
  const lines = Array.from(
    { length: 5 + Math.floor(next() * 25) },
    (_, index) => `    key.${index} = value ${Math.floor(next() * 1e6)}\n`,
  );
  return `${meta("ConfigMap", "v1", name)}data:\n  app.properties: |\n${lines.join("")}`;
}

export function policy(name: string): string {
  return `${meta("NetworkPolicy", "networking.k8s.io/v1", name)}spec:
  podSelector:
    matchLabels:
      app: ${name}
  policyTypes:
  - Ingress
  ingress:
  - from:
    - namespaceSelector: {}
    - ipBlock:
        cidr: 10.0.0.0/8
    - ipBlock:
        cidr: fd12:3456:789a::/48
    ports:
    - port: 8080
`;
}

export function account(name: string): string {
  return meta("ServiceAccount", "v1", name);
}

export function role(name: string, next: () => number): string {
  const rules = Array.from(
    { length: 1 + Math.floor(next() * 6) },
    () => '- apiGroups: [""]\n  resources: [pods, services]\n  verbs: [get, list, watch]\n',
  );
  return `${meta("Role", "rbac.authorization.k8s.io/v1", name)}rules:\n${rules.join("")}`;
}

export function ingress(name: string): string {
  return `${meta("Ingress", "networking.k8s.io/v1", name)}spec:
  rules:
  - host: ${name}.shop.test
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: ${name}
            port:
              name: http
`;
}

export function pool(name: string, next: () => number): string {
  return `${meta("IPAddressPool", "metallb.io/v1beta1", name)}spec:
  addresses:
  - 10.${Math.floor(next() * 250)}.${Math.floor(next() * 250)}.0/28
  - fd12:3456:${Math.floor(next() * 0xffff).toString(16)}:${Math.floor(next() * 0xffff).toString(16)}::/112
`;
}

export function budget(name: string): string {
  return `${meta("PodDisruptionBudget", "policy/v1", name)}spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: ${name}
`;
}

/** A CustomResourceDefinition of about 90 kB. */
export function definition(index: number): string {
  const field = (number: number) => `              field${number}:
                description: What field ${number} of this resource does, in as many words as authors of schemas use for it.
                type: string
`;
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: things${index}.shop.test
spec:
  group: shop.test
  names: {kind: Thing${index}, plural: things${index}}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        properties:
          spec:
            properties:
${Array.from({ length: 500 }, (_, number) => field(number)).join("")}`;
}
