using SupportDesk.Provider.Chat;

namespace SupportDesk.Provider.Replies;

/// <summary>Stands in for the language model: fills in a schema, or answers from the articles in the prompt.</summary>
internal static class RuleModel
{
    private const string NothingToSay = "I have nothing to answer this from.";

    public static string Answer(ChatRequest request)
    {
        var question = request.Messages.LastOrDefault(message => message.Role == "user")?.Text ?? string.Empty;
        var instructions = string.Join('\n', request.Messages.Where(message => message.Role is "system" or "developer").Select(message => message.Text));

        return SchemaReply.TryFill(request.ResponseFormat?.JsonSchema?.Schema, question)
            ?? ArticleReply.TryAnswer(instructions, question)
            ?? NothingToSay;
    }
}
