using System.Text.RegularExpressions;

namespace Magsag.Cli.Setup;

/// <summary>Looks whether what the workflows of GitHub build is there.</summary>
internal static partial class WorkflowChecks
{
    public static IEnumerable<SetupCheck> All(string root)
    {
        string folder = Path.Combine(root, ".github", "workflows");
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (string workflow in Directory.EnumerateFiles(folder, "*.y*ml").Order(StringComparer.Ordinal))
        {
            string text = RepositoryFiles.ReadTextOrEmpty(workflow), name = RepositoryFiles.Name(root, workflow);

            // Where steps change their folder, what they find isn't known here.
            if (!ChangesFolder().IsMatch(text) && Command().Matches(text).Select(match => Problem(root, match)).FirstOrDefault(static problem => problem is not null) is { } problem)
            {
                yield return SetupCheck.Wrong($"workflow {name}", problem);
            }
        }
    }

    private static string? Problem(string root, Match command)
    {
        string[] arguments = [.. command.Groups[2].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static argument => argument.Trim('"', '\''))];
        string? target = arguments.FirstOrDefault(static argument => argument.EndsWith("proj", StringComparison.Ordinal) || argument.EndsWith(".sln", StringComparison.Ordinal) || argument.EndsWith(".slnx", StringComparison.Ordinal));
        if (target is not null)
        {
            return target.Contains('$', StringComparison.Ordinal) || File.Exists(Path.Combine(root, target)) ? null : $"`{command.Value.Trim()}`: there is no {target}";
        }

        bool namesNothing = arguments.Length == 0 || arguments[0].StartsWith('-');
        return namesNothing && !BuildTargets.FoundByItself(root)
            ? $"`{command.Value.Trim()}` finds no project: the root has no solution or project, or several; name one (`magsag init` writes a workflow that does)"
            : null;
    }

    [GeneratedRegex(@"working-directory:|^\s*(-\s+run:\s*)?cd ", RegexOptions.Multiline)]
    private static partial Regex ChangesFolder();

    [GeneratedRegex(@"\bdotnet (build|test)\b([^\n#&|;]*)")]
    private static partial Regex Command();
}
