/** That kube-proxy found no ip6tables when it started. */
export const ip6tablesMissing =
  /No iptables support for family(?!.*IPv4)|can't initialize ip6tables table|ip6tables[^;]*(?:executable file|command) not found/i;

/** That ip6tables refused what kube-proxy gave it; of iptables it says the same. */
export const rulesRefused = /KUBE-MARK-DROP|Failed to execute iptables-restore/;
