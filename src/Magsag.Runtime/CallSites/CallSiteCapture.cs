using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Magsag.Runtime.CallSites;

/// <summary>Finds the first stack frame outside SDKs and Magsag: the source line that makes a call.</summary>
internal sealed class CallSiteCapture(RecordingHost host)
{
    private static readonly string[] LibraryPrefixes =
    [
        "System", "Microsoft", "mscorlib", "netstandard", "OpenAI", "Azure", "Anthropic", "OllamaSharp", "ModelContextProtocol",
        "Google", "Mscc", "AWSSDK", "Amazon", "Polly", "xunit", "nunit", "NUnit3", "MSTest", "testhost", "Castle", "Moq", "NSubstitute",
    ];

    private static readonly HashSet<string> Product = new(StringComparer.Ordinal) { "Magsag.Runtime", "Magsag.Ledger", "Magsag.Pricing", "Magsag.Storage", "Magsag.AspNetCore", "Magsag.Testing" };

    private readonly HashSet<string> _underTest = new(host.Assemblies, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Assembly, bool> _isUserCode = new();
    private readonly ConcurrentDictionary<(MethodBase Method, int Offset), CallSite> _sites = new();

    /// <summary>The call site on the current stack; null when no code of the user's is on it.</summary>
    /// <param name="isConfined">True when an async method of a library stands between: what the caller sets in its flow then ends with that method.</param>
    public CallSite? Capture(out bool isConfined)
    {
        isConfined = false;
        var stack = new StackTrace(fNeedFileInfo: false);
        string? test = null;
        int user = -1;
        for (int index = 0; index < stack.FrameCount; index++)
        {
            MethodBase? method = stack.GetFrame(index)?.GetMethod();
            if (method is null)
            {
                continue;
            }

            if (!IsUserCode(method))
            {
                isConfined |= user < 0 && IsAsyncLibraryMethod(method);
                continue;
            }

            user = user < 0 ? index : user;
            if (TestMethods.NameOf(method) is { } name)
            {
                test = name;
                break;
            }
        }

        if (user < 0)
        {
            return null;
        }

        StackFrame frame = stack.GetFrame(user)!;
        (MethodBase Method, int Offset) key = (frame.GetMethod()!, frame.GetILOffset());
        if (!_sites.TryGetValue(key, out CallSite? site))
        {
            site = Describe(key);
            _sites[key] = site;
        }

        return test is null ? site : site with { Test = test };
    }

    // Reading debug information costs a hundred times what finding the frame does, so it is done once per call site.
    private CallSite Describe((MethodBase Method, int Offset) key)
    {
        StackFrame? frame = new StackTrace(fNeedFileInfo: true).GetFrames().FirstOrDefault(candidate => candidate.GetMethod() == key.Method && candidate.GetILOffset() == key.Offset);
        string? file = frame?.GetFileName();
        string? location = file is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{SourcePath.Below(host.SourceRoot, file)}:{frame!.GetFileLineNumber()}");
        return new CallSite(location, MemberName.For(key.Method), key.Method.Module.ModuleVersionId, null);
    }

    private static bool IsAsyncLibraryMethod(MethodBase method) =>
        typeof(IAsyncStateMachine).IsAssignableFrom(method.DeclaringType) && method.DeclaringType!.Assembly != typeof(CallSiteCapture).Assembly;

    private bool IsUserCode(MethodBase method) =>
        method.DeclaringType is { } type && _isUserCode.GetOrAdd(type.Assembly, assembly => IsUserCode(assembly.GetName().Name ?? ""));

    private bool IsUserCode(string assembly) => !Product.Contains(assembly) && (_underTest.Contains(assembly) || !IsLibrary(assembly));

    private static bool IsLibrary(string assembly) => LibraryPrefixes.Any(prefix => assembly.StartsWith(prefix, StringComparison.Ordinal) && (assembly.Length == prefix.Length || assembly[prefix.Length] is '.' or '3'));
}
