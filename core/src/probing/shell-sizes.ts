/**
 * Bytes that paths have between 1280 and what an interface takes: 1500 and 9000 without what VXLAN, Geneve, GRE, 6in4, WireGuard and IPsec
 * take over either family, and what clouds and PPPoE give. https://www.rfc-editor.org/rfc/rfc4459
 */
const mtus = [
  1340, 1370, 1390, 1400, 1410, 1420, 1430, 1440, 1450, 1460, 1476, 1480, 1492, 8500, 8850, 8896, 8930, 8950, 8980,
];

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
    *:*) while read -r k v; do case $k in Ip6FragCreates) fc=$v;; Icmp6InPktTooBigs) tb=$v; break;; esac; done </proc/net/snmp6;;
    *) while read -r k v; do case $k/$v in Ip:/[0-9]*) nth 19 $v; fc=$v;; Icmp:/[0-9]*) nth 4 $v; tb=$v;; esac; done </proc/net/snmp;;
  esac
} 2>/dev/null
mirror() { run "$ei.$en" "$2" 0 '''' ping $box ping -c 1 -W 1 -s $(($1 - eo)) "$eh"; }
# One echo of $1 bytes with all headers, waited for as long as ew says: whether it came back, and went out in one piece. Who could not run
# for a quarter of that may have missed it.
sized() {
  cuts "$eh"; ef=$fc; et=$tb; en=$((en + 1))
  mirror "$1" $ew
  if [ "$r" = late ] && [ $ew -lt $el ] && [ $((q - w)) -gt $((ew * 2500)) ]; then mirror "$1" $el; fi
  er=$r; cuts "$eh"
  printf '%s U %s %s %s %s %s\n\n' "$m" "$ei" "$1" "$er" $((fc - ef)) $((tb - et))
  now
  [ "$er/$((fc - ef))" = 0/0 ]
}
# One echo to $2, whose headers take $3 bytes, as large as the widest interface takes. Not every ping is small.
whole() {
  settle; to=; ei=$1; eh=$2; eo=$3; hi=0; en=0; ew=30; el=0
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
  settle; to=; ei=$1; eh=$2; eo=$3; hi=$4; en=0; ew=130; el=0
  if [ "$P" ]; then printf '%s E size %s\nit takes a program in the network itself\n' "$m" "$ei"; return 0; fi
  [ "$box" ] || has ping || { printf '%s E size %s\nnot found\n' "$m" "$ei"; return 0; }
  now; eu=$((t + $5)); lo=104
  sized $lo || sized $lo || return 0
  # By our own clock a large packet takes hardly longer than a small one: as many times that decide, and a part of it where another follows.
  el=$((e * 20)); [ $el -gt 60 ] || el=60; [ $el -lt 130 ] || el=130
  es=$((el / 3)); ew=$es
  sized "$hi" && return 0
  # What networks have comes first, the smallest first: what passes takes no waiting. Last the size above, which is the limit if it does not.
  for eb in $6 1500 1280 ${mtus.join(" ")} above; do
    [ $eb = above ] && eb=$((lo + 1))
    if [ "$eb" -le $lo ] || [ "$eb" -ge "$hi" ] || [ "$t" -ge "$eu" ]; then continue; fi
    if sized "$eb"; then lo=$eb; else hi=$eb; continue; fi
    [ "$eb" = "$6" ] && ! sized $((eb + 1)) && hi=$((eb + 1))
  done
  while [ $((hi - lo)) -gt 1 ] && [ "$t" -lt "$eu" ]; do
    eb=$(((lo + hi) / 2))
    if sized $eb; then lo=$eb; else hi=$eb; fi
  done
  ew=$el; sized "$hi"; sized $lo
  return 0
}
`;
