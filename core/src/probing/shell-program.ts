/**
 * The constant program run as `sh -c PROGRAM sh MARK WANT...`, in POSIX shell, for dash, bash and busybox alike. Its
 * parameters are data: none is ever evaluated. Files need nothing but the shell; a dial needs bash, nc, curl or wget, and `sleep` to end it.
 * Time comes from /proc/uptime, in hundredths of a second, because busybox `date` has nothing finer than a second.
 */
export const shellProgram = shortened(source());

/** The command travels in a URL, where every byte counts: indentation and comments stay here. */
function shortened(program: string): string {
  return program.replace(/^[ \t]+/gm, "").replace(/^#.*\n/gm, "");
}

function source(): string {
  return String.raw`
m=$1; shift; export LC_ALL=C; moving=; rules=; lines=; set +m; nl='
'; exec 3</dev/null
has() { command -v "$1" >/dev/null 2>&1; }
now() { read -r u _ </proc/uptime; echo "${"$"}{u%.*}${"$"}{u#*.}"; }
show() {
  if [ ! -e "$2" ]; then printf '%s E %s\nNo such file\n' "$m" "$2"; return; fi
  if [ ! -r "$2" ]; then printf '%s E %s\npermission denied\n' "$m" "$2"; return; fi
  printf '%s %s %s\n' "$m" "$1" "$2"
  case $2 in
    /proc/sys/*|/sys/*) l=; IFS= read -r l <"$2" 2>/dev/null; printf '%s\n' "$l"; return;;
  esac
  if has cat; then cat "$2" 2>/dev/null; else while IFS= read -r l || [ -n "$l" ]; do printf '%s\n' "$l"; done <"$2"; fi
  printf '\n'
}
rules() {
  if ! has ip6tables-save; then printf '%s E ip6tables-save\nnot found\n' "$m"; return; fi
  if ! r=$(ip6tables-save -c 2>&1); then printf '%s E ip6tables-save\n%s\n' "$m" "$r"; return; fi
  printf '%s %s ip6tables-save\n' "$m" "$1"
  # Outside nat a chain of any name may decide; what was never hit did not.
  t=; printf '%s\n' "$r" | while IFS= read -r l; do
    case $l in '*'*) t=$l;; esac
    case $l in
      [*:]*|*' -A FORWARD '*|*' -A INPUT '*|*' -A OUTPUT '*|*' -A PREROUTING '*|*' -A POSTROUTING '*|*' -A KUBE-SERVICES '*|*-[jg]' DROP'*|*-[jg]' REJECT'*|*-[jg]' MASQUERADE'*|*-[jg]' SNAT'*) printf '%s\n' "$l";;
      '[0:0] '*) ;;
      *) [ "$t" = '*nat' ] || printf '%s\n' "$l";;
    esac
  done
  printf '\n'
}
lines() {
  if [ ! -e "$1" ]; then printf '%s E %s\nNo such file\n' "$m" "$1"; return; fi
  if [ ! -r "$1" ]; then printf '%s E %s\npermission denied\n' "$m" "$1"; return; fi
  if ! has grep; then printf '%s E grep\nnot found\n' "$m"; return; fi
  printf '%s G %s %s\n' "$m" "$1" "$2"; grep -F -- "$2" "$1" 2>/dev/null; printf '\n'
}
nftables() {
  if ! has nft; then printf '%s E nft\nnot found\n' "$m"; return; fi
  if ! r=$(nft -j list ruleset 2>&1); then printf '%s E nft\n%s\n' "$m" "$r"; return; fi
  printf '%s N nft\n%s\n' "$m" "$r"
}
neighbours() {
  a=0; b=0; u=0
  while read -r k v; do
    case $k in Icmp6InDestUnreachs) u=$v;; Icmp6OutNeighborSolicits) a=$v;; Icmp6InNeighborAdvertisements) b=$v;; esac
  done </proc/net/snmp6
  echo "$u $((a - b))"
}
connected() {
  p=$(printf %04X "$1")
  while read -r _ _ r s _; do case $r/$s in *":$p/01") return 0;; esac; done </proc/net/tcp6
  return 1
}
# A first look of $1 seconds; $2 more if a connection to port $3 is open, if the kernel heard of a failure that connect() reports
# later, or if it waits for a neighbour.
limit() {
  s=$1; y=$2; z=$3; shift 3; "$@" <&3 & c=$!
  (sleep "$s"; case $y in 0) ;; *) [ "$(neighbours)" = "$quiet" ] && ! connected "$z" || sleep "$y";; esac; kill "$c") >/dev/null 2>&1 & w=$!
  wait "$c" 2>/dev/null; r=$?; kill "$w" 2>/dev/null; return $r
}
result() {
  e=$(( ($(now) - t) * 10 ))
  case $2 in 0) k=ok;; none) k=none;; *) k=fail;; esac
  [ "$2" = 143 ] && o=
  # One line is one write, so that what runs side by side cannot be mixed up.
  i=$1; set -f; set -- $o; set +f
  printf '%s R %s %s %s %s %s\n' "$m" "$i" "$k" "$e" "$tool" "$*"
}
viabash() { exec bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" </dev/null 2>&1; }
vianc() { exec nc -v -z -w "$((${"$"}{3%.*} + 1))" "$1" "$2" </dev/null 2>&1; }
# An nc without -z would wait for the server to hang up; running a program instead of talking ends it at once.
viaplainnc() { exec nc -w "$((${"$"}{3%.*} + 1))" "$1" "$2" -e true </dev/null 2>&1; }
viacurl() { h=$1; case $h in *:*) h="[$h]";; esac; exec curl -sv --connect-timeout "$3" -m "$3" "telnet://$h:$2" </dev/null 2>&1; }
dial() {
  t=$(now); o=; r=none; tool=-
  has sleep || { result "$1" none; return; }
  if has bash; then tool=bash; o=$(limit "$5" "$6" 0 viabash "$2" "$3"); r=$?
  elif has nc; then
    tool=nc
    case $(nc -h 2>&1) in
      *-z*) o=$(limit "$5" "$6" 0 vianc "$2" "$3" "$4"); r=$?;;
      *) o=$(limit "$5" "$6" 0 viaplainnc "$2" "$3" "$4"); r=$?;;
    esac
  elif has curl; then
    tool=curl; o=$(limit "$5" "$6" 0 viacurl "$2" "$3" "$4"); r=$?
    case $o in *'Connected to'*) r=0;; esac
  fi
  [ "$r" = 0 ] && o=
  result "$1" "$r"
}
bashdatagram() {
  bash -c 'exec 3<>"/dev/udp/$0/$1" || exit 2
    printf "$2" | dd obs=4096 2>/dev/null >&3
    { dd bs=4096 count=1 2>/dev/null <&3 & p=$!; (sleep "$3"; kill $p) >/dev/null 2>&1 & w=$!; wait $p; kill $w; } 2>/dev/null | od -An -v -tx1
  ' "$1" "$2" "$4" "$3" 2>&1
}
ncdatagram() { printf "$4" | nc -u -w "$((${"$"}{3%.*} + 1))" "$1" "$2" 2>&1 | dd bs=4096 count=1 2>/dev/null | od -An -v -tx1; }
vianslookup() { exec nslookup "-type=$1" "$2" "$3" </dev/null 2>&1; }
lookup() {
  t=$(now); o=; r=none; tool=-
  if has sleep && has dd && has od && has bash; then tool=bash; o=$(bashdatagram "$2" "$3" "$5" "$7"); r=$?
  elif has sleep && has nslookup; then tool=nslookup; o=$(limit "$5" 0 0 vianslookup "$8" "$9" "$2"); [ $? = 143 ] && r=143 || r=0
  elif has dd && has od && has nc; then
    case $(nc -h 2>&1) in *-u*) tool=nc; o=$(ncdatagram "$2" "$3" "$5" "$7"); r=$?;; esac
  fi
  case $r$o in 0) r=1;; esac
  result "$1" "$r"
}
bashhttp() {
  exec bash -c 'exec 3<>"/dev/tcp/$0/$1" || exit 2; printf "GET / HTTP/1.0\r\nHost: kube-ipv6\r\nX-Pad: %$2s\r\n\r\n" x >&3; IFS= read -r l <&3 && printf "%s" "${"$"}{l%?}"' "$1" "$2" "$3" 2>&1
}
bracketed() { case $1 in *:*) printf '[%s]' "$1";; *) printf '%s' "$1";; esac; }
viacurlhttp() { exec curl -sS -o /dev/null -w 'HTTP/%{http_version} %{http_code}' -m "$4" -H "X-Pad: $3" "http://$(bracketed "$1"):$2/" </dev/null 2>&1; }
viawget() { exec wget -S -O /dev/null --header "X-Pad: $3" "http://$(bracketed "$1"):$2/" </dev/null 2>&1; }
http() {
  t=$(now); o=; r=none; tool=-
  has sleep || { result "$1" none; return; }
  # An nc is no good here: busybox writes 1024 bytes at a time, and no packet ever gets full.
  if has bash; then tool=bash; o=$(limit "$5" "$6" "$3" bashhttp "$2" "$3" "$7"); r=$?
  elif has curl; then tool=curl; o=$(limit "$5" "$6" "$3" viacurlhttp "$2" "$3" "$(printf "%$7s" x)" "$4"); r=$?
  elif has wget; then tool=wget; o=$(limit "$5" "$6" "$3" viawget "$2" "$3" "$(printf "%$7s" x)"); r=$?
  fi
  case $o in *HTTP/[123]*) r=0; o="HTTP/${"$"}{o##*HTTP/}"; o=${"$"}{o%%"$nl"*};; *) [ "$r" = 0 ] && r=1;; esac
  result "$1" "$r"
}
found=
for p in python3 node python; do has "$p" && found="$found $p"; done
quiet=$(neighbours 2>/dev/null)
printf '%s T interpreters\n%s\n' "$m" "$found"
while [ $# -gt 0 ]; do
  case $1 in
    F) IFS=; for f in $2; do show F "$f"; done; unset IFS; shift 2;;
    M) show B "$2"; moving="$moving $2"; shift 2;;
    I) rules B; rules=1; shift;;
    N) nftables; shift;;
    G) lines="$lines $2=$3"; shift 3;;
    D) dial "$2" "$3" "$4" "$5" "$6" "$7" & shift 7;;
    L) lookup "$2" "$3" "$4" "$5" "$6" "$7" "$8" "$9" "${"$"}{10}" & shift 10;;
    H) http "$2" "$3" "$4" "$5" "$6" "$7" "$8" & shift 8;;
    W) has sleep && sleep "$2" & shift 2;;
    *) shift;;
  esac
done
wait
for f in $moving; do show A "$f"; done
for g in $lines; do lines "${"$"}{g%%=*}" "${"$"}{g#*=}"; done
[ -n "$rules" ] && rules A
exit 0
`;
}
