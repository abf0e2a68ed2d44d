// MAG006: formats, placeholders and cultures.
using System.Globalization;
using Microsoft.Extensions.AI;

public static class Prompts
{
    private const string Rules = "You answer questions of customers about their orders. Be polite, be brief, never promise a refund, name the order's number, and say when you don't know. Answer in the language of the question, in at most three sentences.";

    private const string Template = "Today is {{date}}. " + Rules;
    private const string Ending = Rules + " Today is {{date}}.";

    public static List<ChatMessage> Format() => [new(ChatRole.System, string.Format("Now: {0}. " + Rules, DateTime.Now))]; // expected MAG006

    public static List<ChatMessage> FormatOfCulture() => [new(ChatRole.System, string.Format(CultureInfo.InvariantCulture, "Id {0}. " + Rules, Guid.NewGuid()))]; // expected MAG006

    public static List<ChatMessage> FormatAtTheEnd() => [new(ChatRole.System, string.Format(Rules + " Now: {0}.", DateTime.Now))];

    public static List<ChatMessage> Replaced() => [new(ChatRole.System, Template.Replace("{{date}}", DateTime.UtcNow.ToString("O")))]; // expected MAG006

    public static List<ChatMessage> ReplacedAtTheEnd() => [new(ChatRole.System, Ending.Replace("{{date}}", DateTime.UtcNow.ToString("O")))];

    public static ChatOptions Invariant()
    {
        string prompt = string.Create(CultureInfo.InvariantCulture, $"It is {DateTimeOffset.Now}. {Rules}"); // expected MAG006
        return new ChatOptions { Instructions = prompt };
    }

    public static ChatOptions Concatenated(string shop) => new() { Instructions = string.Concat("Now: ", DateTime.Now.ToString(CultureInfo.InvariantCulture), Rules) }; // expected MAG006

    public static ChatOptions Stable(string shop) => new() { Instructions = Template.Replace("{{date}}", shop) };
}
