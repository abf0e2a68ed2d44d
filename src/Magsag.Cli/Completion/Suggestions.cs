using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Magsag.Cli.Completion;

/// <summary>Answers the shells' scripts: <c>magsag [suggest:POSITION] "LINE"</c> prints what may stand at a place in a command line, one a line.</summary>
/// <remarks>
/// The library's own answer has everything that contains the word, and options in each of their spellings. Shells want what begins
/// with the word, and complete file names where there is no suggestion.
/// </remarks>
internal sealed class Suggestions(SuggestDirective directive, Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>Lets a command answer so.</summary>
    public static void AddTo(RootCommand root, Terminal terminal)
    {
        foreach (SuggestDirective directive in root.Directives.OfType<SuggestDirective>())
        {
            directive.Action = new Suggestions(directive, terminal);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        string line = parseResult.UnmatchedTokens is [.., var last] ? last : "";
        int position = int.TryParse(parseResult.GetResult(directive)?.Values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out int at) ? at : line.Length;

        // PowerShell leaves the blank out that the cursor stands behind.
        string typed = position > line.Length ? line + ' ' : line[..position];
        foreach (string suggestion in For(parseResult.RootCommandResult.Command, WithoutTool(typed)))
        {
            terminal.Out.WriteLine(suggestion);
        }

        return ExitCode.Passed;
    }

    private static IEnumerable<string> For(Command root, string typed)
    {
        string word = typed[(typed.LastIndexOf(' ') + 1)..];
        ParseResult parsed = root.Parse(typed);
        string[] found =
        [
            .. parsed.GetCompletions(typed.Length)
                .Select(static item => item.InsertText ?? item.Label)
                .Where(name => name.StartsWith(word, StringComparison.Ordinal) && !IsShortOption(name))
                .Distinct(StringComparer.Ordinal),
        ];
        if (word.Length > 0)
        {
            return found;
        }

        // Where a file may be named, options wait for their dash.
        string[] words = [.. found.Where(static name => !name.StartsWith('-'))];
        return words.Length > 0 || parsed.CommandResult.Command.Arguments.Count > 0 ? words : found;
    }

    private static bool IsShortOption(string name) => name[0] is '-' or '/' && !name.StartsWith("--", StringComparison.Ordinal);

    // The name or path by which the shell started the tool.
    private static string WithoutTool(string typed)
    {
        string line = typed.TrimStart();
        int end = line.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? "" : line[(end + 1)..];
    }
}
