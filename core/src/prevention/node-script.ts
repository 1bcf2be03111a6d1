/** What the pod on each node runs: a shell script that reads files of the node's network. */
export const nodeCheckProgram = String.raw`# Reads what the kernel of this node says of $FAMILIES below /proc and /sys. It sends nothing and changes nothing.
# Exit code: 0 nothing is wrong, 1 something is. Each line names the family.
set -fu
wrong=
fine() { echo "$1: ok: $2"; }
bad() { echo "$1: WRONG: $2"; wrong=1; }
value() { cat "$1" 2>/dev/null || :; }
wants_route() { case " $DEFAULT_ROUTE " in *" $1 "*) return 0 ;; esac; return 1; }

four() {
  if [ "$(value /proc/sys/net/ipv4/ip_forward)" = 1 ]; then fine "IPv4 forwarding" "net.ipv4.ip_forward is 1"
  else bad "IPv4 forwarding" "net.ipv4.ip_forward is $(value /proc/sys/net/ipv4/ip_forward)"; fi
  if [ -n "$device4" ]; then fine "IPv4 default route" "by $device4, MTU $(value "/sys/class/net/$device4/mtu")"
  elif wants_route IPv4; then bad "IPv4 default route" "there is none"; fi
}

six() {
  conf=/proc/sys/net/ipv6/conf
  # Files of /proc have no size.
  if [ -z "$(value /proc/net/if_inet6)" ]; then
    bad "IPv6 of the kernel" "no interface has IPv6: ipv6.disable=1, or disable_ipv6=1 on all of them"
    return
  fi
  # Scope 00: neither link-local nor the loopback.
  with=$(echo $(sed -n 's/^[0-9a-f]* [0-9a-f]* [0-9a-f]* 00 [0-9a-f]* *//p' /proc/net/if_inet6 | sort -u))
  if [ -n "$with" ]; then fine "IPv6 address" "on $with"; else bad "IPv6 address" "no interface has one beyond its link"; fi
  forwards=$(value "$conf/all/forwarding")
  if [ "$forwards" = 1 ]; then fine "IPv6 forwarding" "net.ipv6.conf.all.forwarding is 1"
  else bad "IPv6 forwarding" "net.ipv6.conf.all.forwarding is $forwards"; fi
  device=
  while read -r to length from source hop metric refs used flags each; do
    [ "$to$length" = 0000000000000000000000000000000000 ] && [ "$each" != lo ] || continue
    device=$each route=$flags
    break
  done </proc/net/ipv6_route
  if [ -n "$device4" ] && [ "$(value "$conf/$device4/disable_ipv6")" = 1 ]; then
    bad "IPv6 of $device4" "disable_ipv6 is 1, and the IPv4 default route leads there"
  fi
  if [ -z "$device" ]; then
    closed=
    for each in $(value /proc/net/dev | sed -n 's/^ *\([^:]*\):.*/\1/p'); do
      [ "$(value "$conf/$each/forwarding") $(value "$conf/$each/accept_ra")" != "1 1" ] || closed=$each
    done
    if wants_route IPv6; then
      bad "IPv6 default route" "there is none"
      [ -z "$closed" ] || echo "IPv6 default route: note: with forwarding and accept_ra=1, $closed takes none from router advertisements"
    fi
    return
  fi
  fine "IPv6 default route" "by $device"
  # RTF_ADDRCONF: the kernel took it from a router advertisement.
  if [ $((0x$route & 0x40000)) -ne 0 ] && [ "$(value "$conf/$device/forwarding") $(value "$conf/$device/accept_ra")" = "1 1" ]; then
    bad "IPv6 accept_ra" "the default route by $device is of a router advertisement, and no more are taken: with forwarding it has to be 2"
  else fine "IPv6 accept_ra" "$(value "$conf/$device/accept_ra") on $device"; fi
  mtu=$(value "$conf/$device/mtu") link=$(value "/sys/class/net/$device/mtu")
  if [ -n "$mtu" ] && [ "$mtu" -lt 1280 ]; then bad "IPv6 MTU" "$mtu on $device, and IPv6 needs 1280"
  else fine "IPv6 MTU" "$mtu on $device, whose own is $link"; fi
}

device4=
while read -r each to gateway flags refs used metric mask rest; do
  [ "$to$mask" = 0000000000000000 ] && device4=$each && break
done </proc/net/route
for family in $FAMILIES; do
  case $family in IPv4) four ;; IPv6) six ;; esac
done
loaded=$(echo $(sed -n 's/^\(nf_tables\|ip_tables\|ip6_tables\|ip6table_[a-z]*\|ip_vs\) .*/\1/p' /proc/modules 2>/dev/null))
[ -z "$loaded" ] || echo "packet filter: modules loaded: $loaded; what their rules are is not read here"
[ -z "$wrong" ]
`;

/** What reads the packet filter where somebody names an image that has its programs: no sed and no cut, which kube-proxy's image lacks. */
export const rulesProgram = String.raw`# Lists what the packet filter of this node does first with what is forwarded ($FAMILIES), and changes nothing.
# Exit code: 0 nothing is wrong, 1 the first rule of FORWARD drops everything. Whom other rules let through, packets have to show.
set -fu
wrong=
for family in $FAMILIES; do
  case $family in IPv4) save=iptables-save tables="ip inet" ;; *) save=ip6tables-save tables="ip6 inet" ;; esac
  if rules=$("$save" -t filter 2>&1); then
    policy="there is no FORWARD" first=
    while read -r line; do
      case $line in
      ":FORWARD "*) policy="the policy of FORWARD is $line" ;;
      "-A FORWARD "*) first=$line && break ;;
      esac
    done <<END
$rules
END
    case $first in
    "-A FORWARD -j DROP"* | "-A FORWARD -j REJECT"*) echo "$family packet filter: WRONG: the first rule is $first"; wrong=1 ;;
    *) echo "$family packet filter: ok: $policy" ;;
    esac
  else echo "$family packet filter: not read: $rules"; fi
  for table in $tables; do
    nft list chains "$table" 2>/dev/null | while read -r line; do
      case $line in *"hook forward"*) echo "$family packet filter: nftables, $table: $line" ;; esac
    done
  done
done
[ -z "$wrong" ]
`;
