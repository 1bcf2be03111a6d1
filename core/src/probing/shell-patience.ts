import { shortSilence } from "./company.ts";

/**
 * The part of the shell program that waits: for a program it has started, for the end of a hold, and for whoever asked to be
 * still there. bash, busybox and mksh can read with a time limit, which costs no process; some of them know whole seconds only, which
 * the end of a program or the next sign of life cuts short. dash cannot: there a `sleep` beside the dial interrupts the reading when
 * it ends, and so does the dial.
 */
export const shellPatience = String.raw`
nap=; brief=; fresh=0; hush=0; dead=; lk=; patience=${shortSilence / 10}; timer=; whole=
read -t .01 l </dev/null 2>/dev/null; [ $? -lt 2 ] && timer=1
[ "$timer" ] || { read -t 1 l </dev/null 2>/dev/null; [ $? -lt 2 ] && whole=1; }
[ "$BASH_VERSION" ] || trap chld=1 CHLD
# Hundredths of a second since the machine was started; busybox has no finer clock.
now() { read -r t _ </proc/uptime; t=${"$"}{t%.*}${"$"}{t#*.}; }
# A query is two processes, and bash's latest job.
stop() { case $2 in query) kill -9 %%;; program) slay;; *) kill -9 $1;; esac; } 2>/dev/null
gone() {
  [ "$c" ] && stop $c "$tool"
  [ "$lk" ] && slay
  [ "$pc" ] && kill -9 $pc
  [ "$g" ] && kill -9 $g
  wait
  exit 75
} 2>/dev/null
# Not every sleep knows parts of a second.
naps() { [ "$nap" ] || { sleep .01 && nap=.5; } 2>/dev/null || { nap=1; return 1; }; }
# Waits a moment, at most $1 seconds. A standard input at its end, which shows in less than $2 hundredths, or nothing on it for a while
# means that nobody listens any more.
tick() {
  x=; a=$t; chld=
  if [ "$timer" ]; then read -t "$1" -r x; r=$?
  elif [ "$whole" ]; then read -t 1 -r x; r=$?
  else
    [ "$g" ] && ended $g && { wait $g; g=; }
    naps || patience=$((patience + 10))
    [ "$g" ] || [ "$t" -lt "$hush" ] || { sleep $nap </dev/null & g=$!; }
    read -r x; r=$?
  fi 2>/dev/null
  now
  if [ $r = 0 ]; then beat=$t; case $x in go) go=1;; end) over=1;; esac; return; fi
  if [ -z "$chld" ] && [ $r = 1 ] && { [ -z "$timer$whole" ] || [ $((t - a)) -lt "$2" ]; }; then gone; fi
  [ $((t - beat)) -gt $patience ] && gone
  return 0
}
# The state stands near the beginning of the line.
[ "$BASH_VERSION" ] || { read -n 1 l </dev/null 2>/dev/null; [ $? -lt 2 ] && brief='-n 40'; }
ended() {
  l=; read -r $brief l </proc/$1/stat
  case $l in ''|*') Z '*|*') X '*) return 0;; esac
  return 1
} 2>/dev/null
# What the kernel heard of failures that connect() reports later, and how many neighbours have not answered it. Read byte by byte: no further than
# it takes, and not again for a dial that begins half a second after another did that was answered at once.
neighbours() {
  n=; l=0
  while read -r k v; do
    case $k in Icmp6InDestUnreachs) n=$v;; Icmp6InNeighborAdvertisements) l=$v;; Icmp6OutNeighborSolicits) n="$n $((v - l))"; break;; esac
  done </proc/net/snmp6
} 2>/dev/null
connected() {
  while read -r _ _ r s _; do case $r/$s in *":$1/01") return 0;; esac; done </proc/net/tcp6
  return 1
} 2>/dev/null
# Microseconds this shell wanted to run and could not: its quota was used up, or others had the processor.
starved() {
  q=0
  while read -r k v; do case $k in throttled_usec) q=$v;; throttled_time) kilo "$v"; q=${"$"}{k:-0};; esac; done <"$stat"
  read -r _ v _ </proc/self/schedstat; kilo "$v"
  q=$((q + ${"$"}{k:-0}))
} 2>/dev/null
# Whether a program that has run until $1 may go on: $2 hundredths more if a connection to port $3 (hexadecimal) is open, or if since
# $4 the kernel heard of a failure that connect() reports later, or waits for a neighbour.
expired() {
  [ "$t" -ge "$1" ] || return 1
  [ "$2" = 0 ] && return 0
  neighbours
  [ "$n" = "$4" ] && ! connected "$3"
}
# Runs a program and waits for it: a first look of $2 hundredths of a second, and $3 more where that may help. A dial that is silent
# after a moment is waited for while the next one runs, but never more than one, and none where memory is short.
run() {
  i=$1; s=$2; y=$3; z=$4; tool=$5; shift 5
  printf '%s S %s\n' "$m" "$i"
  quiet=; [ "$y" = 0 ] || { now; [ "$t" -lt "$fresh" ] || { neighbours; fresh=$((t + 50)); }; quiet=$n; }
  starved; w=$q; now; b=$t; u=$((t + s)); j=0; late=
  case $1 in
    # Its own end is heard as that of a sleep would be, and two sleeps at once were one process too many.
    paced) [ "$g" ] && { kill -9 $g; wait $g; g=; } 2>/dev/null; hush=$((b + 25)); small "$4" <&4 | $box nc -w "$5" "$2" "$3" 2>&1 & c=$!;;
    datagram) dd bs=4096 count=1 2>/dev/null <&5 | od -An -v -tx1 & c=$!;;
    *) "$@" </dev/null 2>&1 & c=$!;;
  esac
  until ended $c; do
    if expired $u $y "$z" "$quiet"; then late=1; break; fi
    [ "$t" -ge "$u" ] && { u=$((u + y)); y=0; }
    j=$((j + 1))
    case $j in 1|2) tick .005 0;; 3) tick .01 0;; 4) tick .02 0;; 5) tick .04 0;; *) tick .1 3;; esac
    beside
    [ "$z" = - ] && [ "$timer" ] && [ -z "$pc" ] && [ $((t - b)) -ge 8 ] && roomy 16000 && { pc=$c; pi=$i; pw=$w; pb=$b; pu=$u; py=$y; pq=$quiet; pt=$tool; pto=$to; c=; return; }
  done
  [ "$late" ] || now
  result $i $c "$b" "$w" "$tool" "$to"; c=
}
# Ends a program if it is late, waits for it, and says how it ended.
result() {
  e=$((t - $3))
  { [ "$late" ] && stop $2 "$5"; wait $2; r=$?; [ $r = 145 ] && { wait $2; r=$?; }; } 2>/dev/null
  [ "$late" ] && r=late
  [ "$r" = 0 ] || fresh=0
  # To whom nothing connects nothing need be sent; what a request is answered with is no matter.
  case $6/$5/$r in /*|*/curl/*|*/0) ;; */*/*/*/late) dead="$dead $6=$1";; */*/*/*/*) ;; *) dead="$dead $6=$1";; esac
  starved
  printf '\n%s R %s %s %s %s %s\n' "$m" "$1" "$r" $((e * 10)) $(((q - $4) / 1000)) "$5"
}
# Looks after the dial that is waited for beside another.
beside() {
  [ "$pc" ] || return
  if ! ended $pc; then
    expired $pu $py - "$pq" || { [ "$t" -ge "$pu" ] && { pu=$((pu + py)); py=0; }; return; }
    late=1
  fi
  result $pi $pc "$pb" "$pw" "$pt" "$pto"; pc=; late=
}
settle() { while [ "$pc" ]; do tick .1 3; beside; done; }
`;
