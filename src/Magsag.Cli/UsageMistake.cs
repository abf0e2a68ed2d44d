using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Magsag.Cli;

/// <summary>Describes what is wrong with a command line in terms of its commands, not of .NET types.</summary>
internal static class UsageMistake
{
    private static readonly Dictionary<Type, string> Expected = new()
    {
        [typeof(int)] = "a whole number",
        [typeof(decimal)] = "a number such as 20 or 0.5",
        [typeof(double)] = "a number such as 20 or 0.5",
        [typeof(Guid)] = "an id such as 01a22603-e05b-7a02-b191-1af9ed29c481",
    };

    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var unmatched, ..])
        {
            return UnknownWord(unmatched, command, parsed.CommandResult);
        }

        if (command is { Subcommands.Count: > 0, Action: null })
        {
            return $"Expected a command: {string.Join(", ", command.Subcommands.Select(static child => child.Name))}.";
        }

        ParseError first = parsed.Errors[0];
        return WrongValue(first.SymbolResult) ?? MissingArgument(first.SymbolResult) ?? first.Message;
    }

    /// <summary>A word with dashes that was taken for an argument, since the command has one; null when there is none.</summary>
    public static string? UnknownOption(ParseResult parsed)
    {
        if (parsed.Tokens.Any(static token => token.Type == TokenType.DoubleDash))
        {
            return null;
        }

        CommandResult result = parsed.CommandResult;
        string? option = result.Children.OfType<ArgumentResult>().SelectMany(static argument => argument.Tokens).Select(static token => token.Value).FirstOrDefault(static word => word.StartsWith("--", StringComparison.Ordinal));
        return option is null ? null : UnknownWord(option, result.Command, result);
    }

    private static string UnknownWord(string word, Command command, CommandResult result)
    {
        bool isOption = word.StartsWith('-');
        IEnumerable<string> known = isOption ? AllOptions(result) : command.Subcommands.Select(static child => child.Name);
        string remedy = NearestNames.Of(word, known, 1) is [var nearest] ? $" Did you mean {nearest}?" : "";
        return (isOption, command.Subcommands.Count > 0) switch
        {
            (true, _) => $"There is no option '{word}'.{remedy}",
            (false, true) => $"There is no command '{word}'.{remedy}",
            _ => $"'{word}' is one argument too many.",
        };
    }

    private static IEnumerable<string> AllOptions(CommandResult result)
    {
        for (SymbolResult? level = result; level is not null; level = level.Parent)
        {
            foreach (Option option in level is CommandResult at ? at.Command.Options.Where(option => at == result || option.Recursive) : [])
            {
                yield return option.Name;
            }
        }
    }

    private static string? WrongValue(SymbolResult? found) => found switch
    {
        OptionResult { Tokens: [.., var token] } option => WrongValue(token, option.Option, option.Option.ValueType, option.Option.Name + " "),
        ArgumentResult { Tokens: [.., var token], Parent: OptionResult option } => WrongValue(token, option.Option, option.Option.ValueType, option.Option.Name + " "),
        ArgumentResult { Tokens: [.., var token] } argument => WrongValue(token, argument.Argument, argument.Argument.ValueType, ""),
        _ => null,
    };

    private static string? WrongValue(Token token, Symbol symbol, Type type, string name)
    {
        if (Expected.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type) is { } expected)
        {
            return $"{name}'{token.Value}' isn't {expected}.";
        }

        string choices = string.Join(", ", symbol.GetCompletions(CompletionContext.Empty).Select(static choice => choice.Label));
        return choices.Length > 0 ? $"{name}'{token.Value}' isn't one of {choices}." : null;
    }

    private static string? MissingArgument(SymbolResult? found) => found switch
    {
        ArgumentResult { Tokens.Count: 0, Parent: CommandResult } argument => $"Expected <{argument.Argument.Name}>.",
        CommandResult { Command.Subcommands.Count: 0 } command when command.Children.OfType<ArgumentResult>().FirstOrDefault(static argument => argument is { Tokens.Count: 0, Argument.HasDefaultValue: false }) is { } argument =>
            $"Expected <{argument.Argument.Name}>.",
        _ => null,
    };
}
