using Magsag.Analyzers.CodeFixes;

namespace Magsag.Analyzers.Tests;

/// <summary>Model names are followed to the constants behind them: a default is judged, a choice among several isn't.</summary>
public sealed class ModelTrackingTests
{
    private static string Class(string members) => $"class C\n{{\n    {members}\n}}\n";

    [Theory]
    [InlineData("ChatClient M(string model = \"gpt-4o\") => new ChatClient({|MAG002:model|}, \"key\");")]
    [InlineData("ChatClient M(string model = \"gpt-4o-mini\") => new ChatClient(model, \"key\");")]
    [InlineData("ChatClient M(string model) => new ChatClient(model, \"key\");")]
    public Task Default_parameter_values(string member) => Verify.DiagnosticsAsync(Class(member));

    [Theory]
    [InlineData("ChatClient M(string? model) => new ChatClient(model ?? {|MAG002:\"gpt-4o\"|}, \"key\");")]
    [InlineData("ChatClient M(string? model) => new ChatClient(model ?? \"gpt-4o-mini\", \"key\");")]
    [InlineData("ChatClient M(string? model) => new ChatClient((Environment.GetEnvironmentVariable(\"MODEL\") ?? model) ?? {|MAG002:\"gpt-4o\"|}, \"key\");")]
    public Task Fallbacks(string member) => Verify.DiagnosticsAsync(Class(member));

    [Theory]
    [InlineData("ChatClient M(string task) => new ChatClient(task switch { \"hard\" => \"gpt-4o\", _ => \"gpt-4o-mini\" }, \"key\");")]
    [InlineData("ChatClient M(string task) => new ChatClient(task switch { \"easy\" => \"gpt-4o-mini\", _ => {|MAG002:\"gpt-4o\"|} }, \"key\");")]
    [InlineData("ChatClient M(bool hard) => new ChatClient(hard ? \"gpt-4o\" : \"gpt-4o-mini\", \"key\");")]
    public Task Switches_from_tasks_to_models(string member) => Verify.DiagnosticsAsync(Class(member));

    [Theory]
    [InlineData("private readonly Dictionary<string, string> _models = new() { [\"hard\"] = \"gpt-4o\", [\"easy\"] = \"gpt-4o-mini\" }; ChatClient M(string task) => new ChatClient(_models[task], \"key\");")]
    [InlineData("private readonly Dictionary<string, string> _models = new() { [\"hard\"] = \"o1-preview\", [\"easy\"] = \"gpt-4o-mini\" }; ChatClient M(string task) => new ChatClient({|MAG009:_models[task]|}, \"key\");")]
    [InlineData("private readonly Dictionary<string, string> _models = new() { { \"hard\", \"o1-preview\" } }; ChatClient M(string task) => new ChatClient({|MAG009:_models[task]|}, \"key\");")]
    [InlineData("private readonly Dictionary<string, string> _models = new(); ChatClient M(string task) => new ChatClient(_models.GetValueOrDefault(task, {|MAG002:\"gpt-4o\"|}), \"key\");")]
    [InlineData("private readonly Dictionary<string, string> _models = new(); ChatClient M(string task) => new ChatClient(_models.GetValueOrDefault(task, \"gpt-4o-mini\"), \"key\");")]
    public Task Dictionaries_from_tasks_to_models(string members) => Verify.DiagnosticsAsync(Class(members));

    [Theory]
    [InlineData("ChatClient M() { var model = \"gpt-4o\"; return new ChatClient({|MAG002:model|}, \"key\"); }")]
    [InlineData("ChatClient M() { string model = Environment.GetEnvironmentVariable(\"MODEL\") ?? \"gpt-4o\"; return new ChatClient({|MAG002:model|}, \"key\"); }")]
    [InlineData("ChatClient M(bool hard) { var model = \"gpt-4o\"; if (!hard) { model = \"gpt-4o-mini\"; } return new ChatClient(model, \"key\"); }")]
    [InlineData("ChatClient M() { var model = Environment.GetEnvironmentVariable(\"MODEL\"); return new ChatClient(model, \"key\"); }")]
    [InlineData("static readonly string Model = \"gpt-4o\"; ChatClient M() => new ChatClient({|MAG002:Model|}, \"key\");")]
    [InlineData("string _model = \"gpt-4o\"; ChatClient M() => new ChatClient(_model, \"key\"); void Set(string model) => _model = model;")]
    [InlineData("static string GetValue(string key, string defaultValue) => defaultValue; ChatClient M() => new ChatClient(GetValue(\"Model\", {|MAG002:\"gpt-4o\"|}), \"key\");")]
    [InlineData("void M() { foreach (var model in new[] { \"gpt-4o\", \"gpt-4o-mini\" }) { new ChatClient(model, \"key\"); } }")]
    public Task Variables_and_settings(string members) => Verify.DiagnosticsAsync(Class(members));

    [Fact]
    public Task The_fix_changes_the_initial_value_of_a_variable() => Verify.FixAsync<ModelNameFix>(
        Class("ChatClient M() { var model = \"gpt-4o\"; return new ChatClient({|MAG002:model|}, \"key\"); }"),
        Class("ChatClient M() { var model = \"gpt-4o-mini\"; return new ChatClient(model, \"key\"); }"),
        ("magsag.economy_model.openai", "gpt-4o-mini"));

    [Fact]
    public Task What_is_chosen_for_some_cases_may_be_dear_but_not_retired() =>
        Verify.DiagnosticsAsync(Class("ChatClient M(bool hard) => new ChatClient(hard ? {|MAG009:\"o1-preview\"|} : \"gpt-4o-mini\", \"key\");"));

    [Theory]
    [InlineData("gpt-4o", "{|MAG002:Models.Default|}")]
    [InlineData("gpt-4o-mini", "Models.Default")]
    public Task Constants_of_other_files(string model, string use) => Verify.FilesAsync(
        Class($"ChatClient M() => new ChatClient({use}, \"key\");"),
        $"static class Models {{ public const string Default = \"{model}\"; }}");

    [Fact]
    public Task A_constructor_that_hands_the_model_to_its_base_is_seen() =>
        Verify.DiagnosticsAsync("class Own : ChatClient { public Own() : base({|MAG002:\"gpt-4o\"|}, \"key\") { } }\nclass Brief() : ChatClient({|MAG002:\"gpt-4o\"|}, \"key\");\n");

    [Fact]
    public Task A_target_typed_creation_is_seen() => Verify.DiagnosticsAsync(Class("private readonly ChatClient _c = new({|MAG002:\"gpt-4o\"|}, \"key\"); private readonly Uri _u = new(\"http://gpt-4o\");"));

    [Fact]
    public Task The_fix_changes_the_default_of_a_parameter() => Verify.FixAsync<ModelNameFix>(
        Class("ChatClient M(string model = \"gpt-4o\") => new ChatClient({|MAG002:model|}, \"key\");"),
        Class("ChatClient M(string model = \"gpt-4o-mini\") => new ChatClient(model, \"key\");"),
        ("magsag.economy_model.openai", "gpt-4o-mini"));
}
