import { shellAgents } from "./shell-agents.ts";
import { shellAttempts } from "./shell-attempts.ts";
import { shellFiles } from "./shell-files.ts";
import { shellPatience } from "./shell-patience.ts";
import { shellRules } from "./shell-rules.ts";
import { shellSizes } from "./shell-sizes.ts";
import type { Want } from "./want.ts";

/**
 * The program, in POSIX shell, for dash, bash, mksh and busybox alike, of constant parts: those that what is wanted takes, since a bash makes
 * forty bytes of each. Its parameters are data: none is ever evaluated.
 * It lives in somebody's container, so it does one thing after the other: at any moment there are the shell and at most two
 * small processes, every one of them is waited for, and it ends by itself when nobody listens any more. Files need nothing but
 * the shell; a dial needs bash, nc or curl.
 * Its standard input brings the mark of its records, then a line every now and then for as long as somebody listens, and `end`
 * when a hold is over.
 */
export function shellProgram(wants: readonly Want[]): string {
  const taken = new Set([shellFiles, shellPatience, ...wants.flatMap(({ op }) => parts[op])]);
  return shortened([...order.filter((part) => taken.has(part)), source].join(""));
}

const order = [shellFiles, shellRules, shellPatience, shellAttempts, shellAgents, shellSizes];

/** What each want takes beside the parts that all do. */
const parts: Readonly<Record<Want["op"], readonly string[]>> = {
  file: [],
  moving: [],
  silence: [],
  await: [],
  hold: [],
  ip6tables: [shellRules],
  nft: [shellRules],
  lines: [shellRules],
  program: [shellAgents],
  dial: [shellAttempts],
  lookup: [shellAttempts],
  http: [shellAttempts],
  echo: [shellAttempts, shellSizes],
  size: [shellAttempts, shellSizes],
};

/**
 * What `sh -c` is given: it takes the program from standard input, up to a line that is a dot, because it is too long for a URL.
 * Whoever was to send it may be gone by then, so that it waits for a line for a second, and where a shell cannot, for 2 s in all. A bash dials by itself, where another shell has
 * to start a program a dial. Any other shell takes in function by function, so that it never holds the text of all of them. A
 * bash keeps a table of as many ended children as it may start, up to half a megabyte, and looks at that limit when it is started: it is put back at
 * once. {@link https://git.savannah.gnu.org/cgit/bash.git/tree/jobs.c} What images and their users want every bash to run, in BASH_ENV, in
 * functions of the environment, and where standard input is a socket in ~/.bashrc, it leaves alone.
 * {@link https://www.gnu.org/software/bash/manual/html_node/Bash-Startup-Files.html}
 */
export const shellStart = `p=; T=; W=; B=; command -v bash >/dev/null 2>&1 && B=1; read -t 1 l </dev/null 2>/dev/null
if [ $? -lt 2 ]; then T='-t 1'; elif command -v sleep >/dev/null 2>&1; then trap : CHLD; sleep 2 </dev/null & W=$!; fi
while IFS= read -r $T l && [ "$l" != . ]; do
case $B$l in '}'*) eval "$p$l"; p=;; *) p="$p$l
";; esac; done
[ "$W" ] && { kill -9 $W; wait $W; } 2>/dev/null
[ "$l" = . ] || exit 75
[ "$B" ] || { eval "$p"; exit; }
N=; while read -r a b c _; do case $a$b in Maxprocesses) N=$c;; esac; done </proc/self/limits
case $N in ''|*[!0-9a-z]*) ;; *) { ulimit -S -u 512 || ulimit -S -p 512; } 2>/dev/null && p="ulimit -S -u $N 2>/dev/null
$p";; esac
exec bash --norc -p -c "$p" sh "$@"`;

/** A shell reads it byte by byte: indentation and comments stay here. */
function shortened(program: string): string {
  return program
    .replace(/^[ \t]+/gm, "")
    .replace(/^#.*\n/gm, "")
    .replace(/^\n/gm, "");
}

const source = String.raw`
IFS= read -r m || exit 75
# What runs in the background would not have it.
exec 4<&0
now; beat=$t
room; unset -f room first
found=
for p in python3 node python; do has "$p" && found="$found $p"; done
printf '%s T interpreters\n%s\n' "$m" "$found"
while [ $# -gt 0 ]; do
  case $1 in
    O) inside "$2" || exit 76; shift 2;;
    F) IFS=; for f in $2; do show F "$f"; done; unset IFS; told; shift 2;;
    M) show B "$2"; told; moving="$moving $2"; shift 2;;
    I) rules B; rules=1; shift;;
    N) nftables; shift;;
    X) program "$2" "$3" "$4" "$5" "$6" "$7" ''; shift 7;;
    Y) program "$2" "$3" "$4" "$5" "$6" "$7" during; shift 7;;
    G) lines="$lines $2=$3"; shift 3;;
    P) patience=$2; shift 2;;
    A) until [ "$go" ]; do tick .1 3; done; shift;;
    W) hold=$2; printf '%s W holding\n' "$m"; shift 2;;
    D) control; dial "$2" "$3" "$4" "$5" "$6" "$7"; shift 7;;
    L) control; lookup "$2" "$3" "$4" "$5" "$6" "$7" "$8" "$9" "${"$"}{10}"; shift 10;;
    H) control; http "$2" "$3" "$4" "$5" "$6" "$7" "$8" "$9"; shift 9;;
    E) whole "$2" "$3" "$4"; shift 4;;
    U) size "$2" "$3" "$4" "$5" "$6" "$7"; shift 7;;
    *) shift;;
  esac
done
settle
if [ "$hold" ]; then
  now; u=$((t + hold))
  until [ "$over" ] || [ "$t" -ge "$u" ]; do tick .1 3; done
fi
[ "$lk" ] && hushed
[ "$g" ] && kill -9 $g 2>/dev/null
{ wait; } 2>/dev/null
for f in $moving; do show A "$f"; done
told
for g in $lines; do lines "${"$"}{g%%=*}" "${"$"}{g#*=}"; done
[ "$rules" ] && rules A
printf '%s Z end\n' "$m"
exit 0
`;
