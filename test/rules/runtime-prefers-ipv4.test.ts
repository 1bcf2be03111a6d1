import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("runtime-prefers-ipv4");

reports("a JVM without IPv6, and Node.js with IPv4 first")`
  kind: Pod
  spec:
    containers:
      - args: [-Djava.net.preferIPv4Stack=true, -jar, app.jar]
      #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 the JVM uses IPv4 only with this: remove it to serve and reach IPv6
        env:
          - {name: NODE_OPTIONS, value: --dns-result-order=ipv4first}
          #                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Node.js tries IPv4 first with this: remove it unless IPv6 is known to be broken
`;

accepts("the opposite, and no word of it")`
  kind: Pod
  spec:
    containers:
      - args: [-Djava.net.preferIPv4Stack=false, -Djava.net.preferIPv6Addresses=true]
        env:
          - {name: NODE_OPTIONS, value: --dns-result-order=verbatim}
`;

fixes("by taking the option away")`
  kind: Pod
  spec:
    containers:
      - args:
          - -Djava.net.preferIPv4Stack=true # old
          - -jar
        env:
          - name: JAVA_TOOL_OPTIONS
            value: "-Xmx512m -Djava.net.preferIPv4Stack=true -Xss1m"
`.to`
  kind: Pod
  spec:
    containers:
      - args:
          - -jar
        env:
          - name: JAVA_TOOL_OPTIONS
            value: "-Xmx512m -Xss1m"
`;

reports("what a ConfigMap holds for a JVM and for Node.js")`
  kind: ConfigMap
  data:
    JAVA_OPTS: -Xmx1g -Djava.net.preferIPv4Stack=true
    #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 the JVM uses IPv4 only with this: remove it to serve and reach IPv6
    NODE_OPTIONS: --dns-result-order=ipv4first
    #             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Node.js tries IPv4 first with this: remove it unless IPv6 is known to be broken
    jvm.options: |
      # -Djava.net.preferIPv4Stack=true
      11-:-Djava.net.preferIPv4Stack=true
      #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the JVM uses IPv4 only with this: remove it to serve and reach IPv6
    kafka-env.sh: |
      export KAFKA_OPTS="-Djava.net.preferIPv4Stack=true"
      #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the JVM uses IPv4 only with this: remove it to serve and reach IPv6
`;

accepts("a ConfigMap that says the opposite, a comment, and what a variable decides")`
  kind: ConfigMap
  data:
    JAVA_OPTS: -Xmx1g -Djava.net.preferIPv4Stack=false
    jvm.options: |
      # -Djava.net.preferIPv4Stack=true
      -Xms1g
    kafka-env.sh: |
      export KAFKA_OPTS="-Djava.net.preferIPv4Stack=true\${SUFFIX}"
`;

fixes("by taking the option out of a key's value")`
  kind: ConfigMap
  data:
    JAVA_OPTS: -Xmx1g -Djava.net.preferIPv4Stack=true
`.to`
  kind: ConfigMap
  data:
    JAVA_OPTS: -Xmx1g
`;

reports("a property that the JVM does not know, and one whose neighbour comes from a template")`
  apiVersion: v1
  kind: Pod
  spec:
    containers:
      - name: a
        args: ["-Djava.net.preferIPv6Stack=true"]
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 the JVM knows no such property: write -Djava.net.preferIPv6Addresses=true, or leave it out
        env:
          - name: JAVA_OPTS
            value: "-Djava.net.preferIPv4Stack=true -Xms{{ .Values.heap }}"
            #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the JVM uses IPv4 only with this: remove it to serve and reach IPv6
`;

reports("options in the values of a chart")`
  controller:
    javaOpts: "-Xmx1g -Djava.net.preferIPv4Stack=true"
    #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 the JVM uses IPv4 only with this: remove it to serve and reach IPv6
    extraEnv: [{name: JAVA_OPTS, value: -Djava.net.preferIPv6Stack=true}]
    #                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the JVM knows no such property: write -Djava.net.preferIPv6Addresses=true, or leave it out
`;

// https://github.com/k8ssandra/k8ssandra-operator/issues/967
reports("options of the JVM in an operator's object")`
  apiVersion: k8ssandra.io/v1alpha1
  kind: K8ssandraCluster
  spec:
    cassandra:
      config:
        jvmOptions:
          additionalOptions: [-Djava.net.preferIPv4Stack=true]
          #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the JVM uses IPv4 only with this: remove it to serve and reach IPv6
`;
