import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("yaml-duplicate-key");

reports("two values, of which none can be told to be meant")`
  apiVersion: v1
  kind: Service
  spec:
    ipFamilyPolicy: SingleStack
    ipFamilyPolicy: PreferDualStack
   #^^^^^^^^^^^^^^ key "ipFamilyPolicy" already set in map: kubectl takes the last, kustomize refuses it; remove one
`;

accepts("merge keys, branches of a template, and files that are no Kubernetes objects")`
  apiVersion: v1
  kind: Pod
  metadata:
    <<: *a
    <<: *b
  ---
  apiVersion: v1
  kind: Service
  spec:
    {{- if .dual }}
    ipFamilyPolicy: PreferDualStack
    {{- else }}
    ipFamilyPolicy: SingleStack
    {{- end }}
  ---
  replicas: 1
  replicas: 2
`;

fixes("by removing the second where both say the same")`
  apiVersion: v1
  kind: Service
  spec:
    type: ClusterIP
    ports: []
    type: ClusterIP # again
`.to`
  apiVersion: v1
  kind: Service
  spec:
    type: ClusterIP
    ports: []
`;

reports("two objects with nothing between them, of which no line is taken away")`
  apiVersion: v1
  kind: Service
  metadata: {name: web}

  # the second
  apiVersion: v1
 #^^^^^^^^^^ key "apiVersion" already set in map: another object begins here; write --- above it
  kind: Service
  metadata: {name: web}
`;

accepts("a suite of tests that says no kind")`
  apiVersion: apiextensions.k8s.io/v1
  name: Storage
  tests:
    onCreate: []
    onCreate: []
`;

fixes("never by taking away the last of three, which wins, nor what a name is given to")`
  apiVersion: v1
  kind: Service
  spec:
    type: ClusterIP
    type: NodePort
    type: ClusterIP
    selector: {app: web}
    selector: &all {app: web}
`.to`
  apiVersion: v1
  kind: Service
  spec:
    type: ClusterIP
    type: NodePort
    type: ClusterIP
    selector: {app: web}
    selector: &all {app: web}
`;
