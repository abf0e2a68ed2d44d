using System.Security;

namespace Magsag.Ledger.Limits;

/// <summary>Finds the time zones of this machine.</summary>
internal static class TimeZones
{
    /// <summary>The zone of that name; null when there is none.</summary>
    /// <remarks>On Linux a zone is a file, and a name may be that of a folder (<c>Europe</c>) or of a file that is no zone.</remarks>
    public static TimeZoneInfo? Find(string name)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception error) when (error is TimeZoneNotFoundException or InvalidTimeZoneException or SecurityException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
