// MAG001: options pass through the project's own fluent extension. One that may set a cap is left alone.
using Microsoft.Extensions.AI;
public static class Tracking
{
    public static ChatOptions WithTag(this ChatOptions options, string tag)
    {
        (options.AdditionalProperties ??= [])["tag"] = tag;
        return options;
    }
    public static ChatOptions Cold(this ChatOptions options)
    {
        options.Temperature = 0;
        return options;
    }
    public static ChatOptions Short(this ChatOptions options)
    {
        options.MaxOutputTokens = 300;
        return options;
    }
    public static ChatOptions WithProperty(this ChatOptions options, string name, object value)
    {
        (options.AdditionalProperties ??= [])[name] = value;
        return options;
    }
    public static ChatOptions WithPrediction(this ChatOptions options)
    {
        (options.AdditionalProperties ??= [])["num_predict"] = 300;
        return options;
    }
    public static Task<ChatResponse> Ask(IChatClient client, string q) =>
        client.GetResponseAsync(q, new ChatOptions { Temperature = 0 }.WithTag("desk")); // expected MAG001
    public static Task<ChatResponse> AskTwice(IChatClient client, string q) =>
        client.GetResponseAsync(q, new ChatOptions().WithTag("desk").Cold()); // expected MAG001
    public static Task<ChatResponse> AskShort(IChatClient client, string q) =>
        client.GetResponseAsync(q, new ChatOptions().WithTag("desk").Short());
    public static Task<ChatResponse> AskCapped(IChatClient client, string q) =>
        client.GetResponseAsync(q, new ChatOptions { MaxOutputTokens = 300 }.WithTag("desk"));
    public static Task<ChatResponse> AskWithProperty(IChatClient client, string q) =>
        client.GetResponseAsync(q, new ChatOptions().WithProperty("max_tokens", 300));
    public static Task<ChatResponse> AskWithPrediction(IChatClient client, string q) =>
        client.GetResponseAsync(q, new ChatOptions().WithPrediction());
    public static Task<ChatResponse> AskByStatement(IChatClient client, string q)
    {
        var options = new ChatOptions();
        options.Short();
        return client.GetResponseAsync(q, options);
    }
}
