/** The TCP port that pods of a ring listen on; no well-known one. */
export const ringPort = 18_446;

/**
 * Listens on every address of the pod and says the pod's name to whoever connects: `$1` port, `$POD` name. It ends where the image
 * has nothing to listen with, so that a pod which is ready is one that listens.
 * https://github.com/kubernetes/kubernetes/tree/master/test/images/agnhost#serve-hostname
 */
export const listenProgram = `trap 'exit 0' TERM
if [ -x /agnhost ]; then /agnhost serve-hostname --tcp --http=false --port "$1" & wait $!; fi
box=; command -v busybox >/dev/null 2>&1 && box=busybox
case $($box nc -h 2>&1) in
  *-lk*) l=-lk;;
  *-ll*) l=-ll;;
  *) echo none; exit 1;;
esac
$box nc $l -p "$1" -e echo "$POD" & wait $!
exit 1`;

/**
 * Dials what the plan has for the node `$NODE`, each address twice at most: `$1` port, `$2` file of the plan, `$3` seconds to stay
 * afterwards. Prints a line each, in words of its own and nothing that it was told: `d INDEX 4|6 RESULT TRY`, at last `end`.
 */
export const dialProgram = `trap 'exit 0' TERM
port=$1
box=; command -v busybox >/dev/null 2>&1 && box=busybox
v=; case $($box nc -h 2>&1) in *-z*) v=-v;; esac
limit=; command -v timeout >/dev/null 2>&1 && limit='timeout 9'
one() {
  n=1
  while :; do
    o=$($limit $box nc $v -w 4 "$3" "$port" </dev/null 2>&1); s=$?
    case $o in
      *"$2"*) r=ok;;
      *efused*) r=refused;;
      *nreachable*|*'o route'*|*ermission*|*nvalid*) r=unreachable;;
      *imed*out*) r=timeout;;
      *) r=other; [ $s = 0 ] || [ "$o" ] || r=timeout;;
    esac
    [ $r = ok ] && break
    [ $n = 2 ] && break
    n=2; sleep 1
  done
  echo "d $1 $4 $r $n"
}
mine=
while read -r node pod a b to; do [ "$node" = "$NODE" ] && mine=$to; done <"$2"
if [ "$box" ] || command -v nc >/dev/null 2>&1; then
  i=0; c=0
  while read -r node pod a b to; do
    case ,$mine, in
      *,$i,*)
        [ "$a" = - ] || { one $i "$pod" "$a" 4 & c=$((c + 1)); }
        [ "$b" = - ] || { one $i "$pod" "$b" 6 & c=$((c + 1)); }
        [ $c -ge 8 ] && { wait; c=0; };;
    esac
    i=$((i + 1))
  done <"$2"
  wait
  echo end
else echo none; fi
sleep "$3" & wait`;
