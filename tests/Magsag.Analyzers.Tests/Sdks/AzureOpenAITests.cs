namespace Magsag.Analyzers.Tests;

public sealed class AzureOpenAITests
{
    private static string InMethod(string body) =>
        $$"""
        using System;
        using System.ClientModel;
        using Azure.AI.OpenAI;
        using OpenAI.Chat;

        class C
        {
            void M(AzureOpenAIClient azure)
            {
                {{body}}
            }
        }
        """;

    [Fact]
    public Task A_deployment_name_is_no_model() => Verify.InEverySdkAsync(InMethod("""
        ChatClient c = azure.GetChatClient("gpt-4o");
        c.CompleteChat([new UserChatMessage("hi")], new ChatCompletionOptions { MaxOutputTokenCount = 5 });
        """));

    [Fact]
    public Task A_call_on_a_deployment_needs_a_cap_too() => Verify.InEverySdkAsync(InMethod("""
        ChatClient c = azure.GetChatClient("support");
        {|MAG001:c.CompleteChat("hi")|};
        """));
}
