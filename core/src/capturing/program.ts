/**
 * Runs a program that writes to standard output, and ends it when its time is over, when it is told to, when standard input is at its
 * end, and when nothing has come on it for two seconds: then nobody listens any more. It is one process beside the program, and
 * where the shell cannot wait with a time limit (dash) a `sleep` besides. What the kernel calls its interfaces goes to standard error.
 *
 * The first argument are the seconds, then comes the program.
 */
const program = `
n=$1; shift
while read -r a i b c f d; do echo "interface $i $d" >&2; done </proc/net/if_inet6
while read -r i d x; do case $i in *[!0-9]*|'') ;; *) echo "number $i $d" >&2;; esac; done </proc/net/igmp
command -v "$1" >/dev/null 2>&1 || exit 127
timer=; read -t .01 l </dev/null 2>/dev/null; [ $? -lt 2 ] && timer=1
chld=; [ "$timer" ] || trap chld=1 CHLD
now() { read -r t _ </proc/uptime; t=${"$"}{t%.*}${"$"}{t#*.}; }
ended() {
  l=; { read -r l </proc/$1/stat; } 2>/dev/null
  case $l in ''|*') Z '*|*') X '*) return 0;; esac
  return 1
}
exec 3<&0
"$@" </dev/null 3<&- & p=$!
now; beat=$t; over=$((t + n * 100)); g=
until ended $p || [ "$t" -ge "$over" ] || [ $((t - beat)) -gt 200 ]; do
  a=$t; x=; chld=
  if [ "$timer" ]; then read -t 1 -r x <&3; r=$?
  else
    [ "$g" ] && ended $g && { wait $g; g=; }
    [ "$g" ] || { sleep 1 </dev/null 3<&- >/dev/null 2>&1 & g=$!; }
    read -r x <&3; r=$?
  fi 2>/dev/null
  now
  case $r/$x in 0/end) break;; 0/*) beat=$t; continue;; esac
  if [ -z "$chld" ] && [ $r = 1 ] && { [ -z "$timer" ] || [ $((t - a)) -lt 50 ]; }; then break; fi
done
ended $p || kill -TERM $p 2>/dev/null
i=0; until ended $p || [ $i -ge 10 ]; do i=$((i + 1)); sleep .1 2>/dev/null || sleep 1; done
ended $p || kill -9 $p 2>/dev/null
wait $p; r=$?; [ $r = 145 ] && { wait $p; r=$?; }
[ "$g" ] && { kill $g; wait $g; } 2>/dev/null
exit $r
`;

/** Seconds and a program, as the argv of an exec. */
export function watched(seconds: number, argv: readonly string[]): string[] {
  return ["sh", "-c", program, "sh", `${seconds}`, ...argv];
}

/** What {@link watched} exits with where there is no such program. */
export const noProgram = 127;

/** What standard error tells besides what a person reads. */
export interface ProgramWords {
  readonly interfaces: ReadonlyMap<number, string>;
  /** Packets the kernel lost; undefined where the program did not come to say so. */
  readonly dropped: number | undefined;
  /** What is left of it. */
  readonly words: string;
}

export function readWords(stderr: string): ProgramWords {
  const interfaces = new Map<number, string>();
  const words: string[] = [];
  let dropped: number | undefined;
  for (const line of stderr.split("\n")) {
    const named = /^(interface|number) ([0-9a-f]{1,8}) ([A-Za-z0-9_.@:-]{1,15})$/.exec(line);
    const lost = /^(\d{1,15}) packets? dropped by (?:kernel|interface)$/.exec(line);
    // The interface's number is hexadecimal in one of the two files.
    if (named && interfaces.size < 10_000)
      interfaces.set(
        Number.parseInt(named[2] ?? "", named[1] === "interface" ? 16 : 10),
        (named[3] ?? "").replace(/:$/, ""),
      );
    else if (lost) dropped = (dropped ?? 0) + Number(lost[1]);
    else if (!/^$|packets? (captured|received by filter)$|listening on|data link type/.test(line)) words.push(line);
  }
  return { interfaces, dropped, words: words.join(" ").slice(0, 500) };
}
