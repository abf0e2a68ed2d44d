using System.Text;
using System.Text.RegularExpressions;

namespace Magsag.Cli.Tests.Dashboard;

/// <summary>Hears on stderr where a dashboard is.</summary>
internal sealed partial class AddressWriter : StringWriter
{
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Uri> Address => _address.Task;

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (Found().Match(value ?? "") is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Value));
        }
        else
        {
            _address.TrySetException(new InvalidOperationException(value));
        }
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+/")]
    private static partial Regex Found();
}
