/**
 * The part of the shell program that lets programs of the container speak: one at a time, its output cut by `head`, its standard input
 * closed. Whatever becomes of us none of them is left, since all that are ended are our own children.
 */
export const shellAgents = String.raw`
slay() {
  kids=; read -r kids </proc/$$/task/$$/children
  for kid in $kids; do case $kid in "$g"|"$1") ;; *) kill -9 $kid;; esac; done
} 2>/dev/null
# Program $2 (the first of these names that is there) as number $1, for $3 hundredths of a second, if there are $4 kilobytes for it; $5 bytes are
# read of it. Its arguments are the lines of $6. With $7 it goes on beside the hold. One of Go has a dozen threads, which count as processes.
program() {
  settle
  ni=$1; ns=$3; nb=$5; nd=$7; nn=; why=
  for nx in $2; do has "$nx" && { nn=$nx; break; }; done
  if [ -z "$nn" ]; then why='not found'
  elif ! has head || [ ! -r /proc/$$/task/$$/children ]; then why='it takes head, and a list of its own children'
  elif ! roomy $4 || { [ "$left" ] && [ "$left" -lt 24 ]; }; then why='no room'; fi
  if [ "$why" ]; then printf '%s E program %s\n%s\n' "$m" "$ni" "$why"; return; fi
  printf '%s V %s\n' "$m" "$ni"
  set -f; IFS='
'; set -- $6; unset IFS; set +f
  "$nn" "$@" </dev/null 2>&1 | head -c "$nb" &
  c=$!; tool=program; now; u=$((t + ns)); late=; j=0
  [ "$nd" ] && { lk=$ni; u=$((t + 70)); }
  until ended $c; do
    [ "$t" -ge "$u" ] && { late=late; break; }
    j=$((j + 1)); case $j in 1|2|3) tick .02 0;; *) tick .1 3;; esac
  done
  [ "$nd" ] && { lc=$c; c=; return; }
  slay ""; { wait $c; } 2>/dev/null; c=
  printf '\n%s Q %s\n%s\n' "$m" "$ni" "$late"
}
# What was beside the hold ends with it; that it had ended before means that it did not hear everything. head writes what it has at the end of it.
hushed() {
  late=late; ended $lc && late=
  slay $lc; now; u=$((t + 50))
  until ended $lc || [ "$t" -ge "$u" ]; do tick .02 0; done
  slay ""; { wait $lc; } 2>/dev/null
  printf '\n%s Q %s\n%s\n' "$m" "$lk" "$late"; lk=
}
`;
