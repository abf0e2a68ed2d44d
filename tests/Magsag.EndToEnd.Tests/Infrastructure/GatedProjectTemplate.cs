namespace Magsag.EndToEnd.Tests;

/// <summary>A repository that was built, tested and given a baseline once; tests work on copies of it.</summary>
public sealed class GatedProjectTemplate(PackageFeed feed) : IAsyncLifetime
{
    private GatedProject _template = null!;

    public async Task InitializeAsync()
    {
        _template = GatedProject.Create(feed);
        CommandResult made = await _template.TestAsync(["-p:MagsagUpdateBaseline=true"]);
        made.Succeeded().Prints("Magsag: baseline made: 2 calls");
    }

    public Task DisposeAsync()
    {
        _template.Dispose();
        return Task.CompletedTask;
    }

    internal GatedProject Copy(string directoryName = "desk") => _template.Copy(directoryName);
}
