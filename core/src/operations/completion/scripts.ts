export const shells = ["bash", "zsh", "fish", "powershell"] as const;
export type Shell = (typeof shells)[number];

/**
 * What a shell is to run at its start. It asks the program what may come next: one word a line, with what it says behind a tab,
 * then `:0` where files may stand there as well, `:4` where not, as kubectl asks its plugins.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  bash: `_kube_ipv6() {
  local line directive=":0"
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :[0-9]*) directive="$line" ;;
      *) COMPREPLY+=("$(printf '%q' "\${line%%$'\\t'*}")") ;;
    esac
  done < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ "$directive" = ":4" ]; then compopt +o default 2>/dev/null; fi
}
complete -o default -F _kube_ipv6 kube-ipv6 kubectl-ipv6
`,
  zsh: `#compdef kube-ipv6 kubectl-ipv6
_kube_ipv6() {
  local -a lines described
  local line directive=":0"
  lines=("\${(@f)$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  for line in "\${(@)lines}"; do
    if [[ "$line" == :[0-9]* ]]; then
      directive="$line"
    elif [[ -n "$line" ]]; then
      described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done
  (( $#described )) && _describe -t words "kube-ipv6" described
  [[ "$directive" == ":0" ]] && _files
}
if [ "$funcstack[1]" = "_kube_ipv6" ]; then
  _kube_ipv6 "$@"
else
  compdef _kube_ipv6 kube-ipv6 kubectl-ipv6
fi
`,
  fish: `function __kube_ipv6_complete
    set -l tokens (commandline -opc) (commandline -ct)
    set -l lines ($tokens[1] __complete $tokens[2..-1] 2>/dev/null)
    for line in $lines
        if string match -qr '^:[0-9]+$' -- $line
            test $line = ":0"; and __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c kube-ipv6 -f -a '(__kube_ipv6_complete)'
complete -c kubectl-ipv6 -f -a '(__kube_ipv6_complete)'
`,
  powershell: `Register-ArgumentCompleter -Native -CommandName kube-ipv6, kubectl-ipv6 -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $elements = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
    $words = @($elements | Select-Object -Skip 1)
    if ($wordToComplete -eq '') { $words += '""' }
    & $elements[0] __complete @words 2>$null | Where-Object { $_ -notmatch '^:\\d+$' } | ForEach-Object {
        $word, $says = $_ -split "\`t", 2
        if (-not $says) { $says = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $says)
    }
}
`,
};
