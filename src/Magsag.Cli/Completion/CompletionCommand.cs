using System.CommandLine;

namespace Magsag.Cli;

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
              local -a found
              found=("${(@f)$(magsag "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              (( ${#found} )) && compadd -a found || _files
            }
            compdef _magsag magsag

            """,
        ["fish"] = """
            # Add to ~/.config/fish/config.fish: magsag completion fish | source
            complete -c magsag -a '(magsag "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'

            """,
        ["pwsh"] = """
            # Add to $PROFILE: magsag completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName magsag -ScriptBlock {
              param($word, $ast, $position)
              magsag "[suggest:$position]" "$ast" 2>$null | ForEach-Object {
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
