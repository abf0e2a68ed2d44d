namespace Magsag.EndToEnd.Tests;

/// <summary>A repository that was built, tested and given a baseline once; tests work on copies of it.</summary>
public sealed class GatedProjectTemplate : IDisposable
{
    private readonly GatedProject _project;

    private GatedProjectTemplate(GatedProject project) => _project = project;

    /// <summary>Makes the repository, builds it and accepts its costs.</summary>
    public static async Task<GatedProjectTemplate> CreateAsync(PackageFeed feed)
    {
        GatedProject project = GatedProject.Create(feed);
        CommandResult made = await project.TestAsync(["-p:MagsagUpdateBaseline=true"]);
        made.Succeeded().Prints("Magsag: baseline made: 2 calls");
        return new GatedProjectTemplate(project);
    }

    public void Dispose() => _project.Dispose();

    internal GatedProject Copy(string directoryName = "desk") => _project.Copy(directoryName);
}
