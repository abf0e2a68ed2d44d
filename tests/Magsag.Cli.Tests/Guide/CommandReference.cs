using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace Magsag.Cli.Tests.Guide;

/// <summary>The part of docs/guides/cli.md that is made of the commands themselves.</summary>
internal static class CommandReference
{
    public static string Of(Command root)
    {
        var text = new StringBuilder();
        foreach (Command command in root.Subcommands)
        {
            Append(text, command, "magsag");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Command command, string parent)
    {
        string name = $"{parent} {command.Name}";
        if (command.Subcommands.Count > 0)
        {
            foreach (Command child in command.Subcommands)
            {
                Append(text, child, name);
            }

            if (command.Action is null)
            {
                return;
            }
        }

        text.Append("### ").Append(name).Append("\n\n").Append(command.Description).Append("\n\n```text\n").Append(UsageOf(command, name)).Append("\n```\n\n");
        text.Append("| | |\n| --- | --- |\n");
        foreach (Argument argument in command.Arguments)
        {
            Row(text, $"<{argument.Name}>", argument.Description, DefaultOf(argument));
        }

        foreach (Option option in command.Options.Where(static option => option is not HelpOption))
        {
            string names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(static alias => alias.Length));
            Row(text, option.HelpName is { } value ? $"{names} <{value}>" : names, option.Description, DefaultOf(option));
        }

        text.Append('\n');
    }

    private static string UsageOf(Command command, string name)
    {
        IEnumerable<string> arguments = command.Arguments.Select(static argument => (argument.Arity.MinimumNumberOfValues, argument.Arity.MaximumNumberOfValues) switch
        {
            (_, > 1) => $"[<{argument.Name}>…]",
            _ when argument.HasDefaultValue || argument.Arity.MinimumNumberOfValues == 0 => $"[<{argument.Name}>]",
            _ => $"<{argument.Name}>",
        });
        IEnumerable<string> required = command.Options.Where(static option => option.Required).Select(static option => $"{option.Name} <{option.HelpName}>");
        return string.Join(' ', [name, .. arguments, .. required, "[options]"]);
    }

    private static string DefaultOf(Symbol symbol)
    {
        object? value = symbol switch
        {
            Argument { HasDefaultValue: true } argument => argument.GetDefaultValue(),
            Option { HasDefaultValue: true } option => option.GetDefaultValue(),
            _ => null,
        };
        return value is null or false or "" || value is Array || (value is int or decimal or double && Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture) == 0m)
            ? ""
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $" Default: `{value}`.");
    }

    private static void Row(StringBuilder text, string name, string? description, string suffix) =>
        text.Append("| `").Append(name).Append("` | ").Append(description?.Replace("|", "\\|", StringComparison.Ordinal)).Append(suffix).Append(" |\n");
}
