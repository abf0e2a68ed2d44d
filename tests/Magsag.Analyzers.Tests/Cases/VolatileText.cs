// MAG006: the clock or the id stands in a sum, a local or a string builder, and the stable text is a constant or a message of its own.
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;
public sealed class Prompts(IChatClient chat)
{
    private static readonly ChatOptions Short = new() { MaxOutputTokens = 300 };
    private const string Policy = "You answer questions about parcels. Be polite, name the parcel number, quote the paragraph of the terms that applies, never promise a refund, never guess a date, and hand the case to a person when the customer asks for one or is angry. Answer in the customer's language.";
    public Task Literal(string q) => chat.GetResponseAsync([new(ChatRole.System, $"It is {DateTime.Now}. You answer questions about parcels. Be polite, name the parcel number, quote the paragraph of the terms that applies, never promise a refund, never guess a date, and hand the case to a person when the customer asks for one."), new(ChatRole.User, q)], Short); // expected MAG006
    public Task ConstantHole(string q) => chat.GetResponseAsync([new(ChatRole.System, $"It is {DateTime.Now}. {Policy}"), new(ChatRole.User, q)], Short); // expected MAG006
    public Task Concatenation(string q) => chat.GetResponseAsync([new(ChatRole.System, "Request " + Guid.NewGuid() + ". " + Policy), new(ChatRole.User, q)], Short); // expected MAG006
    public Task OtherMessage(string q) => chat.GetResponseAsync([new(ChatRole.System, $"Now: {DateTimeOffset.Now}"), new(ChatRole.System, Policy), new(ChatRole.User, q)], Short); // expected MAG006
    public Task Local(string q)
    {
        var system = $"[{DateTime.Now:HH:mm:ss}] " + Policy; // expected MAG006
        return chat.GetResponseAsync([new(ChatRole.System, system), new(ChatRole.User, q)], Short);
    }
    public Task LocalClock(string q)
    {
        var now = DateTime.UtcNow;
        return chat.GetResponseAsync([new(ChatRole.System, $"Time {now}. You answer questions about parcels. Be polite, name the parcel number, quote the paragraph of the terms that applies, never promise a refund, never guess a date, and hand the case to a person when the customer asks for one."), new(ChatRole.User, q)], Short); // expected MAG006
    }
    public Task Builder(string q)
    {
        var text = new StringBuilder().Append("Trace ").Append(Guid.NewGuid()).AppendLine().Append(Policy); // expected MAG006
        return chat.GetResponseAsync([new(ChatRole.System, text.ToString()), new(ChatRole.User, q)], Short);
    }
    public Task Statements(string q)
    {
        var text = new StringBuilder();
        text.AppendLine($"Current time: {DateTime.UtcNow:O}"); // expected MAG006
        text.AppendLine(Policy);
        return chat.GetResponseAsync([new(ChatRole.System, text.ToString()), new(ChatRole.User, q)], Short);
    }
    public void Created(List<OpenAI.Chat.ChatMessage> history) => history.Add(OpenAI.Chat.ChatMessage.CreateSystemMessage($"{DateTime.Now:g} {Policy}")); // expected MAG006
    public void Added(ChatHistory history) => history.AddMessage(AuthorRole.System, $"{Guid.NewGuid()} {Policy}"); // expected MAG006
    public void AddedByUser(ChatHistory history) => history.AddMessage(AuthorRole.User, $"{Guid.NewGuid()} {Policy}");
    public Task LastStatement(string q)
    {
        var text = new StringBuilder(Policy);
        text.AppendLine($"Current time: {DateTime.UtcNow:O}");
        return chat.GetResponseAsync([new(ChatRole.System, text.ToString()), new(ChatRole.User, q)], Short);
    }
    public Task Last(string q) => chat.GetResponseAsync([new(ChatRole.System, Policy + " It is " + DateTime.Now), new(ChatRole.User, q)], Short);
    public Task LastMessage(string q) => chat.GetResponseAsync([new(ChatRole.System, Policy), new(ChatRole.System, $"Now: {DateTimeOffset.Now}"), new(ChatRole.User, q)], Short);
    public Task User(string q) => chat.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, $"Now: {DateTimeOffset.Now} {Policy} {q}")], Short);
    public Task OtherUse(string q)
    {
        var id = Guid.NewGuid();
        Console.WriteLine($"{id}: {Policy}");
        return chat.GetResponseAsync([new(ChatRole.System, Policy), new(ChatRole.User, q)], Short);
    }
    public Task Unknown(string q, string policy) => chat.GetResponseAsync([new(ChatRole.System, $"It is {DateTime.Now}. {policy}"), new(ChatRole.User, q)], Short);
}
