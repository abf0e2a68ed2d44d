namespace Magsag.Analyzers.Tests;

public sealed class OllamaSharpTests
{
    private static string InClass(string members) =>
        $$"""
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using OllamaSharp;

        class C
        {
            {{members}}
        }
        """;

    [Theory]
    [InlineData("Task M(OllamaApiClient ollama) => ollama.GetResponseAsync(\"hi\");")]
    [InlineData("Task M() { IChatClient c = new OllamaApiClient(\"http://localhost:11434\", \"phi4\"); return c.GetResponseAsync(\"hi\"); }")]
    [InlineData("Task M() { var c = ((IChatClient)new OllamaApiClient(\"http://localhost:11434\", \"phi4\")).AsBuilder().UseFunctionInvocation().Build(); return c.GetResponseAsync(\"hi\"); }")]
    [InlineData("private readonly IChatClient _c = new OllamaApiClient(\"http://localhost:11434\", \"phi4\"); Task M() => _c.GetResponseAsync(\"hi\");")]
    public Task A_model_on_the_machine_itself_costs_nothing(string members) => Verify.InEverySdkAsync(InClass(members));

    [Fact]
    public Task A_client_from_outside_may_be_free_where_the_project_hands_it_a_free_one() =>
        Verify.InEverySdkAsync(InClass("IChatClient Make() => new OllamaApiClient(\"http://localhost:11434\", \"phi4\"); Task M(IChatClient c) => c.GetResponseAsync(\"hi\"); Task N() => M(Make()); Task O(IChatClient c) => {|MAG001:c.GetResponseAsync(\"hi\")|};"));

    [Fact]
    public Task A_client_that_the_project_implements_itself_is_its_own_affair() => Verify.InEverySdkAsync("""
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Echo(IChatClient inner) : DelegatingChatClient(inner);

        class C
        {
            Task M(IChatClient inner) => new Echo(inner).AsBuilder().UseFunctionInvocation().Build().GetResponseAsync("hi");
        }
        """);

    [Fact]
    public Task A_server_on_the_machine_itself_costs_nothing() => Verify.InEverySdkAsync("""
        using System;
        using System.ClientModel;
        using OpenAI;

        class C
        {
            void M()
            {
                var client = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri("http://localhost:1234/v1") }).GetChatClient("phi-4-mini");
                client.CompleteChat("hi");
            }
        }
        """);

    [Fact]
    public Task A_client_that_is_made_for_a_paid_model_costs_beside_a_free_one() =>
        Verify.InEverySdkAsync(InClass("IChatClient Make() => new OllamaApiClient(\"http://localhost:11434\", \"phi4\"); void M() => {|MAG001:new OpenAI.OpenAIClient(\"key\").GetChatClient(\"gpt-4o-mini\").CompleteChat(\"hi\")|};"));
}
