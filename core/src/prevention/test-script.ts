/**
 * What the pod of a CronJob runs: a shell script for one family. Everything is dialled by its address, so that no family stands in for
 * the other; each attempt is made twice before it counts as failed.
 */
export const testProgram = String.raw`# Tests the family $FAMILY from the pod it runs in, and changes nothing.
# Exit code: 0 it works, 1 it fails, 3 something could not be tested. The log and the termination message say what.
set -fu
unset http_proxy HTTP_PROXY https_proxy HTTPS_PROXY all_proxy ALL_PROXY
case $FAMILY in IPv6) record=AAAA other=A ;; IPv4) record=A other=AAAA ;; *) echo "FAMILY is IPv4 or IPv6"; exit 2 ;; esac
failed= untested=
works() { echo "$FAMILY $1: works: $2"; }
fails() { echo "$FAMILY $1: FAILS: $2"; failed="$failed; $1: $2"; }
leaves() { echo "$FAMILY $1: not tested: $2"; untested="$untested; $1 not tested: $2"; }
ends() {
  said="$FAMILY works" code=0
  [ -z "$untested" ] || { said="$FAMILY could not be tested$untested" code=3; }
  [ -z "$failed" ] || { said="$FAMILY fails$failed$untested" code=1; }
  echo "$said"
  [ ! -w /dev/termination-log ] || printf '%s\n' "$said" | cut -c 1-4000 >/dev/termination-log
  exit "$code"
}

# The addresses of a name in this family, in $found; else $why.
resolve() {
  for attempt in 1 2; do
    said=$(exec 2>&1; timeout 10 nslookup "-type=$record" "$1." $DNS_SERVER)
    code=$?
    found=$(printf '%s\n' "$said" | sed -n '1,/^$/d; s/^Address[^:]*: *\([^ ]*\).*/\1/p; s/^.* has \(AAAA \)*address //p')
    found=$(echo $found)
    [ -z "$found" ] || return 0
    why=$(printf '%s\n' "$said" | sed -n 's/^[*;][*;]* *//p; /unreachable/p; /timed out/p' | head -n 1)
    [ "$code" -lt 124 ] || why="no answer within 10 s"
    [ -n "$why" ] || why="no $record record"
  done
  why="$record of $1: $why (asked: $servers)"
  return 1
}

# What a test pod or the Service answers to a request with this header, in $answer; else $why.
fetch() {
  case $1 in *:*) at="[$1]:$PORT" ;; *) at=$1:$PORT ;; esac
  for attempt in 1 2; do
    answer=$(exec 2>&1; timeout 5 wget -q -O - --header "$2" "http://$at/")
    code=$?
    [ "$code" -ne 0 ] || return 0
    why="$at: $(echo $answer)"
    [ "$code" -lt 124 ] || why="$at: no answer within 5 s"
  done
  return 1
}

# A request that fits into one packet, and one that fills several.
reaches() {
  fetch "$1" "X-Size: small" || return 1
  fetch "$1" "X-Size: $large" && return 0
  why="$at answers a small request and not one of 4000 bytes, as where packets of full size get lost ($why)"
  return 1
}
large=0123456789abcdef0123456789abcdef
for twice in 1 2 3 4 5 6 7; do large=$large$large; done

own=
for ip in $(echo "$POD_IPS" | tr , ' '); do
  case $FAMILY$ip in IPv6*:* | IPv4*.*.*.*) own=$ip ;; esac
done
[ -n "$own" ] || { fails "address of the pod" "it has none of this family, only $POD_IPS"; ends; }
works "address of the pod" "$own on node $NODE"

servers=$DNS_SERVER
[ -n "$servers" ] || servers=$(echo $(sed -n 's/^nameserver *//p' /etc/resolv.conf))
domain=$(sed -n 's/^search.* svc\.\([^ ]*\).*/\1/p' /etc/resolv.conf | head -n 1)
[ -n "$domain" ] || domain=cluster.local

name=$EVERY_POD.$NAMESPACE.svc.$domain
if resolve "$name"; then
  works "DNS" "$record of $name: $found"
  count=$(echo $found | wc -w)
  for peer in $found; do
    if reaches "$peer"; then works "pod to pod" "$peer is $answer"; else fails "pod to pod" "$why"; fi
  done
  if [ "$count" -lt "$PODS" ]; then
    others=$(timeout 10 nslookup "-type=$other" "$name." $DNS_SERVER 2>&1 | sed '1,/^$/d' | grep -c -i address)
    if [ "$others" -gt "$count" ]; then fails "addresses of the test pods" "$count of this family, $others of the other"
    else leaves "another node" "$count of $PODS test pods are ready"; fi
  fi
else
  fails "DNS" "$why"
  leaves "pod to pod" "no address is known"
fi

name=$SERVICE.$NAMESPACE.svc.$domain
if resolve "$name"; then
  works "DNS" "$record of $name: $found"
  for address in $found; do
    # Another pod may answer each time, so that nothing is told by the size that gets lost.
    if fetch "$address" "X-Size: $large" && fetch "$address" "X-Size: $large" && fetch "$address" "X-Size: $large"; then works "pod to Service" "$address, three times"
    else fails "pod to Service" "$why"; fi
  done
else
  fails "DNS" "$why"
  leaves "pod to Service" "no address is known"
fi

set -- $OUTSIDE
while [ $# -ge 2 ]; do
  found=$1 connected= why=
  case $1 in *:* | *[0-9].*[0-9].*[0-9].*[0-9]) case $1 in *[!0-9a-fA-F:.]*) found= ;; esac ;; *) found= ;; esac
  [ -n "$found" ] || resolve "$1" || :
  for address in $found; do
    for attempt in 1 2; do
      [ -z "$connected" ] || break
      said=$(exec 2>&1; timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$address" "$2")
      code=$?
      [ "$code" -ne 0 ] || connected=$address
      why="$address: $(printf '%s\n' "$said" | sed -n 's/^.*: //p' | head -n 1)"
      [ "$code" -lt 124 ] || why="$address: no connection within 5 s"
    done
  done
  if [ -n "$connected" ]; then works "outside" "$1 port $2 at $connected"; else fails "outside" "$1 port $2: $why"; fi
  shift 2
done
ends
`;
