/** The part of the shell program that opens connections, one after the other, with what the container has. */
export const shellAttempts = String.raw`
none() { printf '%s S %s\n\n%s R %s none 0 0 -\n' "$m" "$1" "$m" "$1"; }
# Its own clock starts when the process that connects runs, however long it took to be started.
connect() { now; b=$t; exec 5<>"/dev/tcp/$1/$2"; r=$?; now; printf '%s C %s %s\n' "$m" "$i" $(((t - b) * 10)); return $r; }
request() {
  connect "$1" "$2" || return 2
  case $3 in
    *p) small "${"$"}{3%p}" <&5 >&5;;
    *) printf 'GET / HTTP/1.0\r\nHost: kube-ipv6\r\nX-Pad: %'"$3"'s\r\n\r\n' x >&5;;
  esac
  IFS= read -r l <&5; now; printf '%s C %s %s\n%s\n' "$m" "$i" $(((t - b) * 10)) "$l"
}
# As many bytes in packets that every path carries; without a pause the kernel would put them together. Nothing comes meanwhile
# but a word that we are still there, so that reading is a pause that takes no process, where it can be cut short.
pause() { if [ "$timer" ]; then read -t .05 -r l; else $box sleep .05 </dev/null; fi; }
small() {
  printf 'GET / HTTP/1.0\r\nHost: kube-ipv6\r\n'; j=$1
  while [ "$j" -gt 0 ]; do printf 'X-Pad: %900s\r\n' x; j=$((j - 900)); pause; done
  printf '\r\n'
}
# No other program takes a datagram whole; bash reads byte by byte. The query goes out before the clock starts.
datagram() {
  printf '%s S %s\n' "$m" "$1"
  if ! { exec 5<>"/dev/udp/$2/$3"; } 2>&1; then printf '\n%s R %s 1 0 0 query\n' "$m" "$1"; return; fi
  # bash sends what stands before the end of a line on its own.
  case $6 in *'\012'*) printf "$6" | dd obs=4096 2>/dev/null >&5;; *) printf "$6" 2>/dev/null >&5;; esac
  run "$1" "$4" "$5" '' query datagram
  exec 5>&-
}
# $1 bytes in v, of which the last is no blank; a printf in quotes of its own would be a process.
padding() {
  v=x; l=' '; j=$(($1 - 1))
  while [ $j -gt 0 ]; do [ $((j % 2)) = 1 ] && v=$l$v; l=$l$l; j=$((j / 2)); done
}
bracketed() { case $1 in *:*) h="[$1]";; *) h=$1;; esac; }
# A busybox that is there is used by its name: what else is called nc or nslookup may be many times as large.
box=; has busybox && box=busybox
way=
# Which takes a program, and so comes after a look at the room there is.
choose() {
  if [ "$BASH_VERSION" ]; then way=bash
  elif [ "$timer$whole" ] || has sleep; then
    if [ "$box" ] || has nc; then way=nc; case $($box nc -h 2>&1 </dev/null) in *-z*) way=ncz;; esac
    elif has curl; then way=curl; fi
  fi
}
# A dial that needs no network shows what a dial costs here.
control() { [ "$ready" ] && return; ready=1; choose; dial c 127.0.0.1 9 1 100 0; }
dial() {
  # Only bash names the port in its words.
  case $way${"$"}{pc:+$pto} in bash*) ;; *"$2"/*) settle;; esac
  to=$2/$3
  case $way in
    bash) run "$1" "$5" "$6" - bash connect "$2" "$3";;
    ncz) run "$1" "$5" "$6" - nc $box nc -v -z -w "$4" "$2" "$3";;
    # An nc without -z would wait for the server to hang up; running a program instead of talking ends it at once.
    nc) run "$1" "$5" "$6" - nc $box nc -w "$4" "$2" "$3" -e true;;
    curl) bracketed "$2"; run "$1" "$5" "$6" - curl curl -sv --connect-timeout "$4" -m "$4" "telnet://$h:$3";;
    *) none "$1";;
  esac
}
# Whether an attempt for $2 had no answer already. Then $1 is not made: a small request comes to the same, of a larger one nothing is known.
settled() {
  for l in $dead; do
    case $l in "$2="*) printf '%s S %s\n\n%s R %s %s %s\n' "$m" "$1" "$m" "$1" "$3" "${"$"}{l##*=}"; return 0;; esac
  done
  return 1
}
http() {
  settle; to=
  case $7 in 1) k=same;; *) k=skip;; esac
  settled "$1" "$2/$3" $k && return
  settled "$1" "$2/$3/small" skip && return
  # One packet that was lost shows as much as several do; what is cut into many may fare better, and is tried.
  case $7 in
    1) to=$2/$3/small;;
    *p) ;;
    *) to=$2/$3/large; [ "$7" -lt 2000 ] && settled "$1" "$to" skip && return;;
  esac
  bracketed "$2"
  [ "$whole" ] && naps
  case $7$way$timer/$nap in
    *pnc1/*|*pncz1/*|*pnc/.5|*pncz/.5) run "$1" "$5" "$6" "$8" nc paced "$2" "$3" "${"$"}{7%p}" "$4"; return;;
    *pbash1/*) ;;
    *p*) none "$1"; return;;
  esac
  # An nc is no good here: busybox writes 1024 bytes at a time, and no packet ever gets full.
  case $way in bash) run "$1" "$5" "$6" "$8" bash request "$2" "$3" "$7"; return;; '') none "$1"; return;; esac
  padding "$7"
  if [ "$box" ] || has wget; then run "$1" "$5" "$6" "$8" wget $box wget -S -O /dev/null --header "X-Pad: $v" "http://$h:$3/"
  elif has curl; then run "$1" "$5" "$6" "$8" curl curl -sS -o /dev/null -w 'HTTP/%{http_version} %{http_code}' -m "$4" -H "X-Pad: $v" "http://$h:$3/"
  else none "$1"; fi
}
# What is answered, and what a slow dial says, would stand in one text.
lookup() {
  settle; to=
  if [ "$way" = bash ] && has dd && has od; then datagram "$1" "$2" "$3" "$5" "$6" "$7"
  elif [ "$way" ] && { [ "$box" ] || has nslookup; }; then run "$1" "$5" "$6" '' nslookup $box nslookup "-type=$8" "$9" "$2"
  else none "$1"; fi
}
`;
