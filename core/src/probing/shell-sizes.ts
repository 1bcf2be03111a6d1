/**
 * The part of the shell program that finds out how large a packet may be: ICMP echoes, one after the other, each a small process of its
 * own. A packet that was cut into fragments came, too, so that the kernel's counters are read around each.
 */
export const shellSizes = String.raw`
nth() { shift "$1"; v=$1; }
# How many fragments were made, and how often somebody said that a packet is too large: fc, tb.
cuts() {
  fc=0; tb=0
  case $1 in
    *:*) while read -r k v; do case $k in Ip6FragCreates) fc=$v;; Icmp6InPktTooBigs) tb=$v;; esac; done </proc/net/snmp6;;
    *) while read -r k v; do case $k/$v in Ip:/[0-9]*) nth 19 $v; fc=$v;; Icmp:/[0-9]*) nth 4 $v; tb=$v;; esac; done </proc/net/snmp;;
  esac
} 2>/dev/null
# One echo of $1 bytes with all headers, waited for as long as ew says: whether it came back, and went out in one piece.
sized() {
  cuts "$eh"; ef=$fc; et=$tb; en=$((en + 1))
  run "$ei.$en" $ew 0 '''' ping $box ping -c 1 -W 1 -s $(($1 - eo)) "$eh"
  er=$r; cuts "$eh"
  printf '%s U %s %s %s %s %s\n\n' "$m" "$ei" "$1" "$er" $((fc - ef)) $((tb - et))
  now
  [ "$er/$((fc - ef))" = 0/0 ]
}
# One echo to $2, whose headers take $3 bytes, as large as the widest interface takes. Not every ping is small.
whole() {
  settle; to=; ei=$1; eh=$2; eo=$3; hi=0; en=0; ew=30
  case $dead in *" $2/"*) printf '%s E size %s\nnothing connects there\n' "$m" "$ei"; return 0;; esac
  if [ "$P" ] || ! roomy 8000 || { [ -z "$box" ] && ! has ping; }; then printf '%s E size %s\nnot found\n' "$m" "$ei"; return 0; fi
  for f in /sys/class/net/*/mtu; do
    case $f in */lo/mtu) ;; *) { read -r l <"$f" && [ "$l" -gt "$hi" ] && hi=$l; } 2>/dev/null;; esac
  done
  [ "$hi" = 0 ] || sized "$hi"
  return 0
}
# The largest echo to $2 that comes back, whose headers take $3 bytes, up to $4; no new one is sent after $5 hundredths of a second. $6 is
# what it may be, or empty.
size() {
  settle; to=; ei=$1; eh=$2; eo=$3; hi=$4; en=0; ew=130
  if [ "$P" ]; then printf '%s E size %s\nit takes a program in the network itself\n' "$m" "$ei"; return 0; fi
  [ "$box" ] || has ping || { printf '%s E size %s\nnot found\n' "$m" "$ei"; return 0; }
  now; eu=$((t + $5)); lo=104
  sized $lo || sized $lo || return 0
  # A large packet takes hardly longer than a small one; what is lost is tried once more in the end, and waited for longer.
  ew=$((e * 4)); [ $ew -gt 50 ] || ew=50; [ $ew -lt 130 ] || ew=130
  sized "$hi" && return 0
  if [ "$6" ] && [ "$6" -gt 1280 ] && [ "$6" -lt "$hi" ] && sized "$6"; then
    lo=$6; eb=$((lo + 1)); if sized $eb; then lo=$eb; else hi=$eb; fi
  elif [ "$hi" -gt 1280 ]; then
    if sized 1280; then lo=1280; else hi=1280; fi
  fi
  while [ $((hi - lo)) -gt 1 ] && [ "$t" -lt "$eu" ]; do
    eb=$(((lo + hi) / 2))
    if sized $eb; then lo=$eb; else hi=$eb; fi
  done
  ew=130; sized "$hi"; sized $lo
  return 0
}
`;
