/** The part of the shell program that reads: its own limits first, then files. */
export const shellFiles = String.raw`
export LC_ALL=C; set +m; P=; moving=; rules=; lines=; hold=; go=; over=; c=; pc=; g=; free=; o=
has() { command -v "$1" >/dev/null 2>&1; }
# The first line of the first of these files that is there, in v.
first() {
  v=
  for f in "$@"; do [ -r "$f" ] && { IFS= read -r v <"$f"; return; }; done
}
# Kilobytes; what has 16 digits is how cgroup v1 says that there is no limit.
kilo() { case $1 in ''|max|*[!0-9]*|????????????????*) k=;; ???|??|?) k=0;; *) k=${"$"}{1%???};; esac; }
# What the container may still use is looked at before anything is started in it: what is too much would be taken from the application.
room() {
  G=/sys/fs/cgroup; U=$G
  [ -e $U/memory.max ] || { while IFS=: read -r _ b p; do [ -z "$b" ] && [ -e "$G$p/memory.max" ] && U=$G$p; done </proc/self/cgroup; } 2>/dev/null
  first $U/memory.max $G/memory/memory.limit_in_bytes; kilo "$v"; limit=$k
  first $U/memory.current $G/memory/memory.usage_in_bytes; kilo "$v"; used=$k
  if [ "$limit" ] && [ "$used" ]; then
    free=$((limit - used))
    # Pages of files that nobody uses are given up before anything is killed.
    [ $free -lt 40000 ] && for f in $U/memory.stat $G/memory/memory.stat; do
      [ -r $f ] && while read -r a b; do case $a in inactive_file) kilo "$b"; free=$((limit - used + k));; total_inactive_file) kilo "$b"; free=$((limit - used + k)); break;; esac; done <$f
    done
  fi
  first $U/pids.max $G/pids/pids.max; most=$v
  first $U/pids.current $G/pids/pids.current; left=
  case $most in ''|*[!0-9]*) ;; *) left=$((most - v));; esac
  for stat in $U/cpu.stat $G/cpu/cpu.stat $G/cpu,cpuacct/cpu.stat; do [ -r "$stat" ] && break; done
  printf '%s K room\n%s %s %s %s\n' "$m" "${"$"}{free:--}" "${"$"}{limit:--}" "${"$"}{left:--}" "${"$"}{most:--}"
  roomy 4000 || exit 0
  [ -z "$left" ] || [ "$left" -ge 4 ] || exit 0
}
roomy() { [ -z "$free" ] || [ "$free" -ge "$1" ]; }
# The directory in /proc of a process of a container, by the name that its runtime gave it.
inside() {
  for f in /proc/[0-9]*/cgroup; do
    { while IFS= read -r l; do case $l in *[/:-]"$1"|*[/:-]"$1".scope) P=${"$"}{f%/cgroup}; return 0;; esac; done <"$f"; } 2>/dev/null
  done
  return 1
}
# Where a file of the network is really read: w.
at() { w=$1; [ -z "$P" ] || case $1 in /proc/net/*) w=$P/net/${"$"}{1#/proc/net/};; esac; }
unreadable() {
  at "$1"
  if [ "$P" ] && [ ! -e "$P/net/dev" ]; then printf '%s E %s\nthe process has ended\n' "$m" "$1"; return 0; fi
  if [ ! -e "$w" ]; then printf '%s E %s\nNo such file\n' "$m" "$1"; return 0; fi
  if [ ! -r "$w" ]; then printf '%s E %s\npermission denied\n' "$m" "$1"; return 0; fi
  return 1
}
# What reads byte by byte, as the read of most shells, gets of a number there the first digit only.
large() { case $1 in /proc/sys/net/netfilter/*|/proc/sys/net/ipv6/neigh/*|/proc/sys/net/ipv6/route/*|/proc/sys/net/ipv6/conf/*/hop_limit) ;; *) return 1;; esac; }
told() { printf %s "$o"; o=; }
show() {
  unreadable "$2" && return
  if large "$2"; then
    has cat || { printf '%s E %s\nit takes cat\n' "$m" "$2"; return; }
    printf '%s %s %s\n' "$m" "$1" "$2"; cat "$w" 2>/dev/null; printf '\n'; return
  fi
  # Of small ones there may be hundreds, and each write becomes a message on its way.
  case $2 in
    /proc/sys/*|/sys/*) l=; IFS= read -r l <"$w" 2>/dev/null; o="$o$m $1 $2
$l
"; [ ${"$"}{#o} -lt 4000 ] || told; return;;
  esac
  o="$o$m $1 $2
"
  if [ "$BASH_VERSION" ] && eval 'mapfile l <"$w"' 2>/dev/null; then told; eval 'printf %s "${"$"}{l[@]}"'; o="
"
  else begun "$2" <"$w"; fi
} 2>/dev/null
# Read byte by byte a short file costs less than a process does; of a longer one cat prints the rest.
begun() {
  j=0; case $1 in */snmp6) j=1200;; esac
  while IFS= read -r l; do
    o="$o$l
"; j=$((j + ${"$"}{#l}))
    [ $j -le 1200 ] || { told; has cat && { cat; l=; break; }; j=0; }
  done
  o="$o$l
"; [ ${"$"}{#o} -lt 4000 ] || told
}
`;
