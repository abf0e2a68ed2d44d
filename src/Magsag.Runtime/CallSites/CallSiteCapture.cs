using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>Finds the first stack frame outside SDKs, Magsag and the team's own wrappers: the source line that makes a call.</summary>
internal sealed class CallSiteCapture(RecordingHost host)
{
    private static readonly string[] LibraryPrefixes =
    [
        "System", "Microsoft", "mscorlib", "netstandard", "OpenAI", "Azure", "Anthropic", "OllamaSharp", "ModelContextProtocol",
        "Google", "Mscc", "AWSSDK", "Amazon", "Polly", "xunit", "nunit", "NUnit3", "MSTest", "TUnit", "testhost", "Castle", "Moq", "NSubstitute", "FSharp",
    ];

    private static readonly HashSet<string> Product = new(StringComparer.Ordinal) { "Magsag.Runtime", "Magsag.Ledger", "Magsag.Pricing", "Magsag.Storage", "Magsag.AspNetCore", "Magsag.Testing" };

    private readonly HashSet<string> _underTest = new(host.Assemblies, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Assembly, bool> _isUserCode = new();
    private readonly ConcurrentDictionary<MethodBase, StackMethod> _methods = new();
    private readonly ConcurrentDictionary<(MethodBase Method, int Offset), CallSite> _sites = new();

    /// <summary>The call site on the current stack; null when no code of the user's is on it.</summary>
    /// <param name="isConfined">True when an async method of a library or of a wrapper stands between: what the caller sets in its flow then ends with that method.</param>
    public CallSite? Capture(out bool isConfined)
    {
        isConfined = false;
        var stack = new StackTrace(fNeedFileInfo: false);
        string? test = null;
        int user = -1;
        int helper = -1;
        for (int index = 0; index < stack.FrameCount && test is null; index++)
        {
            if (stack.GetFrame(index)?.GetMethod() is not { } frame)
            {
                continue;
            }

            StackMethod method = Describe(frame);
            if (method.IsUserCode && !method.IsHelper)
            {
                user = user < 0 ? index : user;
                test = method.Test;
                continue;
            }

            isConfined |= user < 0 && method.IsAsync;
            helper = user < 0 && method.IsHelper ? index : helper;
        }

        if (user < 0 && helper < 0)
        {
            return null;
        }

        CallSite site = Find(stack.GetFrame(user < 0 ? helper : user)!);
        return user >= 0 && test is null ? site : site with { Test = test, IsHelper = user < 0 };
    }

    /// <summary>The test method on the current stack; null when there is none.</summary>
    public string? FindTest()
    {
        var stack = new StackTrace(fNeedFileInfo: false);
        return stack.GetFrames().Select(frame => frame.GetMethod() is { } method ? Describe(method).Test : null).FirstOrDefault(static test => test is not null);
    }

    private CallSite Find(StackFrame frame)
    {
        (MethodBase Method, int Offset) key = (frame.GetMethod()!, frame.GetILOffset());
        if (!_sites.TryGetValue(key, out CallSite? site))
        {
            site = Describe(key);
            _sites[key] = site;
        }

        return site;
    }

    private StackMethod Describe(MethodBase method)
    {
        if (_methods.TryGetValue(method, out StackMethod known))
        {
            return known;
        }

        bool isUserCode = IsUserCode(method);
        MethodBase declared = StateMachines.DeclaredMethodOf(method);
        var described = new StackMethod(
            isUserCode,
            isUserCode && CostHelpers.Include(host, method),
            StateMachines.IsAsyncBody(method) && method.DeclaringType!.Assembly != typeof(CallSiteCapture).Assembly,
            isUserCode ? TestMethods.NameOf(declared) : null);
        _methods[method] = described;
        return described;
    }

    // Reading debug information costs a hundred times what finding the frame does, so it is done once per call site.
    private CallSite Describe((MethodBase Method, int Offset) key)
    {
        StackFrame? frame = new StackTrace(fNeedFileInfo: true).GetFrames().FirstOrDefault(candidate => candidate.GetMethod() == key.Method && candidate.GetILOffset() == key.Offset);
        string? file = frame?.GetFileName();
        string? location = file is null ? null : string.Create(CultureInfo.InvariantCulture, $"{SourcePath.Below(host, key.Method.Module.Assembly, file)}:{frame!.GetFileLineNumber()}");
        return new CallSite(location, SourceMember.NameOf(key.Method, () => NearestMember.Find(key.Method, key.Offset)), key.Method.Module.ModuleVersionId, null);
    }

    private bool IsUserCode(MethodBase method) =>
        method.DeclaringType is { } type && _isUserCode.GetOrAdd(type.Assembly, assembly => IsUserCode(assembly.GetName().Name ?? ""));

    private bool IsUserCode(string assembly) => !Product.Contains(assembly) && (_underTest.Contains(assembly) || !IsLibrary(assembly));

    private static bool IsLibrary(string assembly) => LibraryPrefixes.Any(prefix => assembly.StartsWith(prefix, StringComparison.Ordinal) && (assembly.Length == prefix.Length || assembly[prefix.Length] is '.' or '3'));
}
