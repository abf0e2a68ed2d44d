using System.Xml;
using System.Xml.Linq;

namespace Magsag.Build.Tasks;

/// <summary>Finds the filter that chose the tests of a run: given to <c>dotnet test</c>, after its <c>--</c>, or in a <c>.runsettings</c> file.</summary>
internal static class ChosenTests
{
    private const string Name = "TestCaseFilter";
    private const string OnCommandLine = "RunConfiguration." + Name + "=";

    /// <summary>The filter; null when all tests ran.</summary>
    public static string? FilterOf(string given, string settings, string settingsFile)
    {
        if (given.Trim().Length > 0)
        {
            return given;
        }

        string? set = settings.Split(';').Select(static setting => setting.Trim()).LastOrDefault(static setting => setting.StartsWith(OnCommandLine, StringComparison.OrdinalIgnoreCase));
        string? filter = set?.Substring(OnCommandLine.Length) ?? FilterIn(settingsFile);
        return filter?.Trim().Length > 0 ? filter.Trim() : null;
    }

    // The test platform itself refuses a file that it can't read, so the gate isn't asked then.
    private static string? FilterIn(string settingsFile)
    {
        if (settingsFile.Length == 0 || !File.Exists(settingsFile))
        {
            return null;
        }

        try
        {
            return XDocument.Load(settingsFile).Root?.Element("RunConfiguration")?.Element(Name)?.Value;
        }
        catch (Exception error) when (error is XmlException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
