// MAG001, MAG002: a server on the machine itself costs nothing, whatever its models are called.
using System.ClientModel;
using OpenAI;
public static class Clients
{
    public static OpenAI.Chat.ChatClient Local() => new("gpt-4o", new ApiKeyCredential("x"), new OpenAIClientOptions { Endpoint = new Uri("http://localhost:1234/v1") });
    public static OpenAI.Chat.ChatClient Paid() => new("gpt-4o", new ApiKeyCredential("x")); // expected MAG002
    public static async Task Ask()
    {
        Console.WriteLine((await Local().CompleteChatAsync("ping")).Value);
        Console.WriteLine((await Paid().CompleteChatAsync("ping")).Value); // expected MAG001
    }
}
