using System.Collections.Concurrent;

namespace Magsag.EndToEnd.Tests;

/// <summary>Repositories of one shape that were restored, built, tested and given a baseline once. A test borrows one; when it gives it back, all files become what they were.</summary>
/// <remarks>A copy elsewhere would have to be restored and compiled again, since what a build writes names its folder.</remarks>
public sealed class GatedProjectPool : IDisposable
{
    private readonly Func<Task<GatedProject>> _make;
    private readonly ConcurrentBag<GatedProject> _free = [];

    internal GatedProjectPool(Func<Task<GatedProject>> make) => _make = make;

    public void Dispose()
    {
        foreach (GatedProject project in _free)
        {
            project.Delete();
        }
    }

    internal async Task<GatedProject> BorrowAsync() => _free.TryTake(out GatedProject? project) ? project : await MakeAsync();

    private async Task<GatedProject> MakeAsync()
    {
        GatedProject project = await _make();
        project.Keep();
        project.GiveBack = GiveBack;
        return project;
    }

    private void GiveBack(GatedProject project)
    {
        project.Undo();
        _free.Add(project);
    }
}
