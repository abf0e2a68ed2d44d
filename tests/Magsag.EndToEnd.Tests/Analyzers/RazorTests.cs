namespace Magsag.EndToEnd.Tests;

/// <summary>What Razor's own compiler generates from pages and views is analyzed, and the findings stand in them.</summary>
public sealed class RazorTests(PackageFeed feed)
{
    [Fact]
    public async Task A_call_in_a_component_and_one_in_a_view_are_underlined_where_the_user_wrote_them()
    {
        using GatedProject project = await feed.Projects.BorrowAsync();
        project.Edit("src/Desk/Desk.csproj", "Sdk=\"Microsoft.NET.Sdk\"", "Sdk=\"Microsoft.NET.Sdk.Razor\"");
        project.Edit("src/Desk/Desk.csproj", "<ItemGroup>", "<PropertyGroup><AddRazorSupportForMvc>true</AddRazorSupportForMvc></PropertyGroup><ItemGroup><FrameworkReference Include=\"Microsoft.AspNetCore.App\" />");
        project.Write("src/Desk/Pages/Chat.razor", """
            @using Microsoft.Extensions.AI
            @inject IChatClient Client
            <p>@_answer</p>
            @code {
                private string? _answer;
                private async Task AskAsync() => _answer = (await Client.GetResponseAsync("Say hello from a page.")).Text;
            }
            """);
        project.Write("src/Desk/Pages/Old.cshtml", """
            @page
            @using Microsoft.Extensions.AI
            @inject IChatClient Client
            @{ var r = await Client.GetResponseAsync("Say hello from a view."); }
            <p>@r.Text</p>
            """);

        CommandResult built = await DotnetCommand.RunAsync(project.Root, ["build", Path.Combine(project.Root, "src", "Desk")]);

        built.Succeeded().Prints("Chat.razor(6,55): warning MAG001: Uncapped").Prints("Old.cshtml(4,18): warning MAG001: Uncapped");
    }
}
