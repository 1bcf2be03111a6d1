/** The part of the shell program that reads the lines of a table, and what prints the rules of a packet filter. */
export const shellRules = String.raw`
# What prints all rules may need tens of megabytes.
lacks() {
  if ! has "$1"; then printf '%s E %s\nnot found\n' "$m" "$1"; return 0; fi
  roomy 32000 && return 1
  printf '%s E %s\nno room\n' "$m" "$1"
}
rules() {
  lacks ip6tables-save && return
  printf '%s %s ip6tables-save\n' "$m" "$1"
  # Outside nat a chain of any name may decide; what was never hit did not.
  if has grep; then
    ip6tables-save -c 2>&1 | grep -E -e '^[^[]' -e ' -A (FORWARD|INPUT|OUTPUT|PREROUTING|POSTROUTING|KUBE-SERVICES) ' -e '-[jg] (DROP|REJECT|MASQUERADE|SNAT)' -e '^\[([1-9]|0:[1-9])[^]]*\] -A ([^K]|K[^U]|KUBE-([^SEF]|S[^VE]|SV[^CL]|SE[^P]|E[^X]|EXT[^-]|F[^W]))'
  else
    t=; ip6tables-save -c 2>&1 | while IFS= read -r l; do
      case $l in '*'*) t=$l;; esac
      case $l in
        [!\[]*|*' -A FORWARD '*|*' -A INPUT '*|*' -A OUTPUT '*|*' -A PREROUTING '*|*' -A POSTROUTING '*|*' -A KUBE-SERVICES '*|*-[jg]' DROP'*|*-[jg]' REJECT'*|*-[jg]' MASQUERADE'*|*-[jg]' SNAT'*) printf '%s\n' "$l";;
        '[0:0] '*) ;;
        *) [ "$t" = '*nat' ] || printf '%s\n' "$l";;
      esac
    done
  fi
  printf '\n'
}
lines() {
  unreadable "$1" && return
  has grep || { printf '%s E grep\nnot found\n' "$m"; return; }
  printf '%s G %s %s\n' "$m" "$1" "$2"; grep -F -- "$2" "$w" 2>/dev/null; printf '\n'
}
nftables() {
  lacks nft && return
  printf '%s N nft\n' "$m"; nft -j list ruleset 2>&1; printf '\n'
}
`;
