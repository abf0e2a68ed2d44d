using System.Text.Json;

namespace Magsag.Gating.Tests;

public sealed class PolicySchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "magsag.policy.schema.json"))).RootElement;
    private static readonly JsonElement Definitions = Schema.GetProperty("$defs");

    [Fact]
    public void The_published_schema_and_the_reader_know_the_same_keys()
    {
        Assert.Equal(PolicyReader.FileKeys.Order(), Keys(Schema));
        Assert.Equal(LimitKeys.OfAlerts.Keys.Order(), Keys(Definitions.GetProperty("alerts")));
        Assert.Equal(LimitKeys.OfWindows.Keys.Append("window").Order(), Keys(Definitions.GetProperty("window")));
        Assert.Equal(RegressionReader.ScopeKeys.Order(), Keys(Definitions.GetProperty("regressions")));
        Assert.Equal(RegressionReader.Keys.Order(), Keys(Definitions.GetProperty("regression")));
        Assert.Equal(ModelRulesReader.Keys.Concat(["name", "description"]).Order(), Keys(Definitions.GetProperty("model_rules")));
    }

    [Fact]
    public void The_example_is_valid_and_a_misspelt_key_is_not()
    {
        string example = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cost_governance.example.yaml"));

        Assert.True(SchemaCheck.Accepts("magsag.policy.schema.json", example));
        Assert.False(SchemaCheck.Accepts("magsag.policy.schema.json", example + "\ncost_allerts: {}\n"));
    }

    [Theory]
    [InlineData("total", LimitSubject.Everything)]
    [InlineData("agent", LimitSubject.Agent)]
    [InlineData("model", LimitSubject.Model)]
    [InlineData("customer", LimitSubject.Customer)]
    [InlineData("shared", LimitSubject.Tag)]
    public void The_published_schema_and_the_reader_know_the_same_limits(string definition, LimitSubject subject)
    {
        JsonElement entry = Definitions.GetProperty(definition);
        IEnumerable<string> inherited = entry.GetProperty("allOf").EnumerateArray().SelectMany(part => Keys(Definitions.GetProperty(part.GetProperty("$ref").GetString()!.Split('/')[^1])));

        Assert.Equal(LimitKeys.OfSubjects.Keys.Concat(LimitsReader.OtherKeysOf(subject)).Order(), inherited.Concat(entry.TryGetProperty("properties", out _) ? Keys(entry) : []).Order());
    }

    [Fact]
    public void The_published_schema_and_the_reader_know_the_same_policies() => Assert.Equal(
        PolicyReader.Budgets.Keys.Concat(PolicyReader.OtherPolicies).Order(),
        Definitions.GetProperty("policy").GetProperty("properties").GetProperty("name").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!).Order());

    [Fact]
    public void The_example_of_the_guide_is_read()
    {
        CostPolicy policy = PolicyFile.Read(Path.Combine(AppContext.BaseDirectory, "cost_governance.example.yaml"));

        Assert.Equal(("Europe/Berlin", 3), (policy.TimeZone.Id, policy.RegressionThresholds.Count));
        Assert.All(PolicyReader.Budgets.Values, subject => Assert.Contains(policy.Limits, limit => limit.Subject == subject));
    }

    private static IEnumerable<string> Keys(JsonElement definition) => definition.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order();
}
