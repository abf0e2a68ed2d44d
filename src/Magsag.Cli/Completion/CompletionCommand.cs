namespace Magsag.Cli.Completion;

/// <summary><c>magsag completion</c></summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # Add to ~/.bashrc: eval "$(magsag completion bash)"
            _magsag() {
              local IFS=$'\n'
              COMPREPLY=($(magsag "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null))
            }
            complete -o default -F _magsag magsag

            """,
        ["zsh"] = """
            # Add to ~/.zshrc: eval "$(magsag completion zsh)"
            _magsag() {
              local line="${(j: :)words[1,CURRENT-1]} ${PREFIX}"
              local -a found=("${(@f)$(magsag "[suggest:${#line}]" "${line}" 2>/dev/null)}")
              [[ -n "${found}" ]] && compadd -a found || _files
            }
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
            compdef _magsag magsag

            """,
        ["fish"] = """
            # Add to ~/.config/fish/config.fish: magsag completion fish | source
            function __magsag_complete
              set -l line (commandline -cp | string trim --left)
              set -l found (magsag "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
              if test (count $found) -gt 0
                printf '%s\n' $found
              else
                __fish_complete_path (commandline -ct)
              end
            end
            complete -c magsag -f -a '(__magsag_complete)'

            """,
        ["pwsh"] = """
            # Add to $PROFILE: magsag completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName magsag -ScriptBlock {
              param($word, $ast, $position)
              $length = $position - $ast.Extent.StartOffset
              $line = "$ast".PadRight($length).Substring(0, $length)
              magsag "[suggest:$length]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """,
    };

    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print the script that lets a shell complete magsag's commands and options.") { shell };
        command.SetAction(parsed =>
        {
            terminal.Out.Write(Scripts[parsed.GetValue(shell)!].ReplaceLineEndings("\n"));
            return ExitCode.Passed;
        });
        return command;
    }
}
