using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class PremiumModelTests
{
    private static string Member(string member) => $"class C\n{{\n    {member}\n}}\n";

    [Theory]
    [InlineData("ChatClient Make() => new ChatClient({|MAG002:\"gpt-4o\"|}, \"key\");")]
    [InlineData("ChatClient Make() => new ChatClient({|MAG002:\"gpt-4.1\"|}, \"key\");")]
    [InlineData("ChatClient Make() => new({|MAG002:\"openai/gpt-4o-2024-08-06\"|}, \"key\");")]
    [InlineData("ChatClient Make(OpenAIClient client) => client.GetChatClient({|MAG002:\"gpt-4o\"|});")]
    [InlineData("ChatOptions Make() => new ChatOptions { ModelId = {|MAG002:\"gpt-4o\"|} };")]
    [InlineData("void Make(ChatOptions options) => options.ModelId ??= {|MAG002:\"gpt-4o\"|};")]
    [InlineData("CreateResponseOptions Make() => new CreateResponseOptions { Model = {|MAG002:\"gpt-4o\"|} };")]
    [InlineData("CreateResponseOptions Make() => new CreateResponseOptions({|MAG002:\"gpt-4o\"|}, []);")]
    [InlineData("IChatClient Make(ResponsesClient client) => client.AsIChatClient({|MAG002:\"gpt-4o\"|});")]
    [InlineData("ChatClient Make(string? model) => new ChatClient(model ?? {|MAG002:\"gpt-4o\"|}, \"key\");")]
    [InlineData("const string Model = \"gpt-4o\"; ChatClient Make() => new ChatClient({|MAG002:Model|}, \"key\");")]
    public Task A_premium_model_named_as_default_is_underlined(string member) => Verify.DiagnosticsAsync(Member(member));

    [Theory]
    [InlineData("ChatClient Make() => new ChatClient(\"gpt-4o-mini\", \"key\");")]
    [InlineData("EmbeddingClient Make() => new EmbeddingClient(\"text-embedding-3-large\", \"key\");")]
    [InlineData("ChatClient Make(string model) => new ChatClient(model, \"key\");")]
    [InlineData("ChatClient Make(bool hard) => new ChatClient(hard ? \"gpt-4o\" : \"gpt-4o-mini\", \"key\");")]
    [InlineData("ChatClient Make() => new ChatClient(\"some-model-of-ours\", \"key\");")]
    [InlineData("string Name() => \"gpt-4o\";")]
    public Task Cheap_chosen_and_unknown_models_are_left_alone(string member) => Verify.DiagnosticsAsync(Member(member));

    [Fact]
    public Task A_deployment_of_azure_is_not_a_model() => Verify.DiagnosticsAsync("""
        namespace Azure.AI.OpenAI
        {
            class AzureOpenAIClient : OpenAIClient { }
        }

        class C { ChatClient Make(Azure.AI.OpenAI.AzureOpenAIClient client) => client.GetChatClient("gpt-4o"); }
        """);

    [Fact]
    public Task The_message_compares_the_prices() => Verify.MessageAsync(
        Member("ChatClient Make() => new ChatClient({|#0:\"gpt-4o\"|}, \"key\");"),
        "MAG002",
        "gpt-4o as default costs 16.7× gpt-4o-mini ($2.50/$10.00 against $0.15/$0.60 per million tokens)",
        ("magsag.economy_model.openai", "gpt-4o-mini"));

    [Fact]
    public Task The_team_decides_what_is_premium() => Verify.DiagnosticsAsync(Member("ChatClient Make() => new ChatClient(\"gpt-4o\", \"key\");"), ("magsag.premium_input_price", "5.00"));

    [Fact]
    public Task The_team_may_allow_a_premium_model() => Verify.DiagnosticsAsync(Member("ChatClient Make() => new ChatClient(\"gpt-4o\", \"key\");"), ("magsag.allowed_models", "o1, gpt-4o"));

    [Fact]
    public Task The_fix_names_the_cheaper_model() => Verify.FixAsync<ModelNameFix>(
        Member("ChatClient Make() => new ChatClient(/* model */ {|MAG002:\"gpt-4o\"|}, \"key\");"),
        Member("ChatClient Make() => new ChatClient(/* model */ \"gpt-4o-mini\", \"key\");"),
        ("magsag.economy_model.openai", "gpt-4o-mini"));

    [Fact]
    public Task The_fix_changes_the_constant_that_several_places_share() => Verify.FixAsync<ModelNameFix>(
        Member("const string Model = \"gpt-4o\"; ChatClient A() => new ChatClient({|MAG002:Model|}, \"key\"); ChatClient B() => new ChatClient({|MAG002:Model|}, \"key\");"),
        Member("const string Model = \"gpt-4o-mini\"; ChatClient A() => new ChatClient(Model, \"key\"); ChatClient B() => new ChatClient(Model, \"key\");"),
        ("magsag.economy_model.openai", "gpt-4o-mini"));
}
