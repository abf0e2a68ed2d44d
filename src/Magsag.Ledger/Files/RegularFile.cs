using System.Runtime.InteropServices;
using System.Text;

namespace Magsag.Ledger.Files;

/// <summary>Tells files from pipes, sockets and devices: opening or reading one of those may wait for ever.</summary>
internal static class RegularFile
{
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Directory = 0x4000;

    /// <summary>Does nothing for a regular file, and for what isn't there or is a folder: opening those says so at once.</summary>
    /// <exception cref="IOException">The path is a pipe, a socket or a device.</exception>
    public static void Check(string path)
    {
        if (TypeOf(path) is not (Regular or Directory or 0))
        {
            throw new IOException("The path is a pipe, a socket or a device; expected a file.");
        }
    }

    // The type of file as POSIX numbers it; 0 when it isn't known, as on Windows.
    private static int TypeOf(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || path.IndexOf('\0') >= 0)
        {
            return 0;
        }

        try
        {
            // Larger than what any version of the runtime writes there: flags, then the mode, then what isn't asked for.
            int[] status = new int[256];
            return Stat(Encoding.UTF8.GetBytes(path + '\0'), status) == 0 ? status[1] & TypeMask : 0;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return 0;
        }
    }

    // The runtime's own, because the layout of stat differs from system to system.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Stat(byte[] path, int[] status);
}
