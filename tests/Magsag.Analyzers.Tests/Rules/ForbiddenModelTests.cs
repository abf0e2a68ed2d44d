using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

public sealed class ForbiddenModelTests
{
    private const string Source = "class C\n{\n    ChatClient Make() => new ChatClient({|MAG012:\"gpt-4o-mini\"|}, \"key\");\n}\n";

    [Theory]
    [InlineData("magsag.forbidden_models", "gpt-4o-mini")]
    [InlineData("magsag.policy_forbidden_models", "o1-preview, gpt-4*")]
    [InlineData("magsag.policy_forbidden_models", "*-mini")]
    [InlineData("magsag.policy_approval_models", "GPT-4o-mini")]
    [InlineData("magsag.policy_allowed_models", "gpt-5-nano, claude-*")]
    [InlineData("magsag.policy_allowed_models", "!*")]
    [InlineData("magsag.policy_approval_models", "!gpt-*, gpt-4o-mini")]
    [InlineData("magsag.policy_approval_models", "!o1-mini, default")]
    public Task A_model_that_the_policy_does_not_allow_is_underlined(string key, string value) => Verify.DiagnosticsAsync(Source, (key, value));

    [Theory]
    [InlineData("magsag.policy_forbidden_models", "gpt-4o")]
    [InlineData("magsag.policy_forbidden_models", "gpt-4o*o-mini")]
    [InlineData("magsag.policy_allowed_models", "gpt-*")]
    [InlineData("magsag.policy_allowed_models", "")]
    [InlineData("magsag.policy_forbidden_models", "default")]
    [InlineData("magsag.policy_forbidden_models", "!gpt-4o-mini, gpt-4*")]
    [InlineData("magsag.policy_approval_models", "gpt-*, !gpt-4o-mini")]
    public Task A_model_that_the_policy_allows_is_left_alone(string key, string value) =>
        Verify.DiagnosticsAsync(Source.Replace("{|MAG012:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal), (key, value));

    [Fact]
    public Task The_fix_names_the_first_allowed_model() => Verify.FixAsync<ModelNameFix>(
        Source,
        Source.Replace("{|MAG012:\"gpt-4o-mini\"|}", "\"gpt-5-nano\"", StringComparison.Ordinal),
        ("magsag.policy_allowed_models", "gpt-5-nano"));
}
