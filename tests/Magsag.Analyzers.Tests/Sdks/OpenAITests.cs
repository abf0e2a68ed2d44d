namespace Magsag.Analyzers.Tests;

public sealed class OpenAITests
{
    private static string InMethod(string body) =>
        $$"""
        class C
        {
            async Task M(OpenAI.Assistants.AssistantClient a, OpenAI.Images.ImageClient images, OpenAI.Audio.AudioClient audio, List<string> items)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("await {|MAG001:a.CreateRunAsync(\"thread\", \"assistant\")|};")]
    [InlineData("await a.CreateRunAsync(\"thread\", \"assistant\", new OpenAI.Assistants.RunCreationOptions { MaxOutputTokenCount = 300 });")]
    [InlineData("await a.CreateRunAsync(\"thread\", \"assistant\", new OpenAI.Assistants.RunCreationOptions { MaxOutputTokenCount = 300, ModelOverride = {|MAG002:\"gpt-4o\"|} });")]
    [InlineData("await a.CreateAssistantAsync({|MAG002:\"gpt-4o\"|});")]
    public Task Assistants(string call) => Verify.DiagnosticsAsync(InMethod(call));

    [Theory]
    [InlineData("foreach (var item in items) await images.GenerateImageAsync(item);")]
    [InlineData("foreach (var item in items) await {|MAG020:images.GenerateImageAsync(\"a cat\")|};")]
    [InlineData("foreach (var item in items) audio.TranscribeAudio(item);")]
    public Task Images_and_audio_are_a_waste_in_a_loop_only_when_they_are_the_same(string call) => Verify.DiagnosticsAsync(InMethod(call));
}
