namespace Magsag.EndToEnd.Tests;

public sealed class PolicyRuleTests(PackageFeed feed)
{
    private const string Policy = "catalog/policies/cost_governance.yaml";
    private const string Source = """
        namespace Desk;

        public static class Clients
        {
            public static OpenAI.Chat.ChatClient Make() => new("gpt-4o-2024-08-06", "key");
        }
        """;

    private static Task<CommandResult> BuildAsync(GatedProject project, params string[] arguments) =>
        DotnetCommand.RunAsync(project.Root, ["build", Path.Combine(project.Root, "src", "Desk"), .. arguments]);

    [Fact]
    public async Task A_model_that_the_policy_forbids_is_underlined_until_the_policy_allows_it()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Write("src/Desk/Clients.cs", Source);
        project.Write(Policy, "policies:\n  - name: model_rules\n    forbidden: [gpt-4o]\n");

        (await BuildAsync(project)).Succeeded().Prints("Clients.cs(5,56): warning MAG012: gpt-4o-2024-08-06 is forbidden by the policy");
        project.Edit(Policy, "forbidden: [gpt-4o]", "forbidden: [o1-preview]");

        (await BuildAsync(project)).Succeeded().DoesNotPrint("MAG012");
    }

    [Fact]
    public async Task A_model_that_needs_an_approval_is_underlined()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Write("src/Desk/Clients.cs", Source);
        project.Write(Policy, "policies:\n  - name: model_budget_limits\n    limits:\n      default: { require_approval: true }\n      gpt-4o-mini: { require_approval: false }\n");

        (await BuildAsync(project)).Succeeded().Prints("warning MAG012: gpt-4o-2024-08-06 needs an approval by the policy");
    }

    [Fact]
    public async Task An_edit_of_the_policy_that_leaves_its_rules_about_models_alone_compiles_nothing_anew()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Write(Policy, "policies:\n  - name: model_rules\n    forbidden: [gpt-4o]\n");
        (await BuildAsync(project)).Succeeded();
        project.Write(Policy, "# reviewed\npolicies:\n  - name: model_rules\n    forbidden: [gpt-4o]\n");

        (await BuildAsync(project, "-v:n")).Succeeded().Prints("Skipping target \"CoreCompile\"");
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_fails_the_build_at_its_line_and_column()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Write(Policy, "policies:\n  - name: model_rules\n    forbiden: [gpt-4o]\n");

        (await BuildAsync(project)).Failed().Prints("cost_governance.yaml(3,5): error MAG205: ").Prints("did you mean 'forbidden'?");
    }
}
