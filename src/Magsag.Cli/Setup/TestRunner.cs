using System.Text.Json;

namespace Magsag.Cli.Setup;

/// <summary>Which of the two platforms <c>dotnet test</c> runs tests on in a repository.</summary>
internal static class TestRunner
{
    /// <summary>True where <c>global.json</c> chooses Microsoft.Testing.Platform.</summary>
    public static bool IsTestingPlatform(string root)
    {
        try
        {
            using JsonDocument settings = JsonDocument.Parse(RepositoryFiles.ReadTextOrEmpty(Path.Combine(root, "global.json")), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return settings.RootElement.ValueKind == JsonValueKind.Object
                && settings.RootElement.TryGetProperty("test", out JsonElement test) && test.ValueKind == JsonValueKind.Object
                && test.TryGetProperty("runner", out JsonElement runner) && runner.ValueKind == JsonValueKind.String
                && runner.GetString() == "Microsoft.Testing.Platform";
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
