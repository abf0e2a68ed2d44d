namespace Magsag.Runtime.Tests;

public sealed class WireAddressTests
{
    [Theory]
    [InlineData("https://api.openai.com/v1/chat/completions", "chat", "openai", null)]
    [InlineData("https://api.openai.com/v1/responses", "chat", "openai", null)]
    [InlineData("https://api.openai.com/v1/embeddings", "embeddings", "openai", null)]
    [InlineData("https://us.api.openai.com/v1/images/generations", "image", "openai", null)]
    [InlineData("https://res.openai.azure.com/openai/deployments/support%20prod/chat/completions?api-version=2024-10-21", "chat", "azure.ai.openai", "support prod")]
    [InlineData("https://res.services.ai.azure.com/openai/v1/responses", "chat", "azure.ai.openai", null)]
    [InlineData("https://res.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview", "chat", "azure.ai.inference", null)]
    [InlineData("https://gateway.corp/openai/deployments/gpt/chat/completions?api-version=1", "chat", "azure.ai.openai", "gpt")]
    [InlineData("https://api.anthropic.com/v1/messages", "chat", "anthropic", null)]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", "generate_content", "gcp.gemini", "gemini-2.5-flash")]
    [InlineData("https://europe-west1-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/gemini-2.5-pro:generateContent", "generate_content", "gcp.vertex_ai", "gemini-2.5-pro")]
    [InlineData("https://api.x.ai/v1/chat/completions", "chat", "x_ai", null)]
    [InlineData("http://localhost:11434/api/chat", "chat", null, null)]
    [InlineData("http://localhost:8000/v1/chat/completions", "chat", null, null)]
    [InlineData("https://evil-api.openai.com.example.org/v1/chat/completions", "chat", null, null)]
    public void A_billable_address_tells_the_operation_and_what_it_can_of_provider_and_model(string address, string operation, string? provider, string? model)
    {
        var uri = new Uri(address);

        Assert.Equal((operation, provider, model), (WireApi.At(uri)?.Operation, WireAddress.ProviderOf(uri), WireAddress.ModelOf(uri)));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/models")]
    [InlineData("https://api.openai.com/v1/responses/resp_1/cancel")]
    [InlineData("https://api.openai.com/v1/threads/t1/messages/m1")]
    [InlineData("https://api.openai.com/v1/threads/t1/messages")]
    [InlineData("https://api.anthropic.com/v1/messages/count_tokens")]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:countTokens")]
    [InlineData("https://example.org/")]
    public void What_costs_nothing_is_left_alone(string address) => Assert.Null(WireApi.At(new Uri(address)));
}
