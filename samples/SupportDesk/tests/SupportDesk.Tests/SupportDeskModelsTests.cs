namespace SupportDesk.Tests;

public sealed class SupportDeskModelsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Without_the_switch_the_desk_uses_the_economical_model(string? value) =>
        Assert.Equal("gpt-4o-mini", SupportDeskModels.WithChatModel(value).Chat);

    [Fact]
    public void The_switch_names_another_chat_model_and_leaves_the_embeddings_alone()
    {
        var models = SupportDeskModels.WithChatModel(" gpt-4o ");

        Assert.Equal(new SupportDeskModels("gpt-4o", "text-embedding-3-small"), models);
    }
}
