using System.Collections.Concurrent;
using System.Text;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;

namespace Magsag.Testing.Tapes;

/// <summary>The calls of one cassette file in this process: several runs of a test share it.</summary>
internal sealed class TapeStore
{
    private static readonly ConcurrentDictionary<string, TapeStore> Stores = new(StringComparer.Ordinal);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly Dictionary<(string Key, int Number, string Format), CassetteEntry> _calls;
    private readonly HashSet<(string Key, int Number, string Format)> _recorded = [];

    private TapeStore(string path)
    {
        _path = path;
        _calls = CassetteFile.Read(path).ToDictionary(static call => (call.Key, call.Number, call.Format));
    }

    /// <summary>The store of a file; opened once.</summary>
    /// <exception cref="UnreadableInputException">The file can't be read.</exception>
    public static TapeStore Open(string path) => Stores.GetOrAdd(path, static file => new TapeStore(file));

    /// <summary>Whether the file holds a call.</summary>
    public bool HasCalls
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count > 0;
            }
        }
    }

    /// <summary>Forgets the file: what is opened next reads it anew.</summary>
    public static void Close(string path) => Stores.TryRemove(path, out _);

    /// <summary>The recorded call; null when there is none.</summary>
    public CassetteEntry? Find(string key, int number, string format)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault((key, number, format));
        }
    }

    /// <summary>The last of the equal calls.</summary>
    public CassetteEntry? FindLast(string key, string format)
    {
        lock (_gate)
        {
            return _calls.Values.Where(call => call.Key == key && call.Format == format).MaxBy(static call => call.Number);
        }
    }

    /// <summary>All calls of a format, those first that a condition holds for.</summary>
    public CassetteEntry[] Of(string format, Func<CassetteEntry, bool> first)
    {
        lock (_gate)
        {
            return [.. _calls.Values.Where(call => call.Format == format).OrderByDescending(first).ThenBy(static call => call.Key, StringComparer.Ordinal).ThenBy(static call => call.Number)];
        }
    }

    /// <summary>Takes a call and writes the file, as a whole or not at all.</summary>
    /// <exception cref="CassetteException">It would hold a secret, or more than it may.</exception>
    public void Record(CassetteEntry call, long maxBytes)
    {
        if ((SecretScan.Find(call.Request) ?? SecretScan.Find(call.Answer)) is { } secret)
        {
            throw new CassetteException($"The call isn't recorded: it holds {secret}, and {Path.GetFileName(_path)} is committed. Take it out of the prompt, or put a made-up one in its place with options.Normalize.");
        }

        lock (_gate)
        {
            var kept = new Dictionary<(string, int, string), CassetteEntry>(_calls) { [(call.Key, call.Number, call.Format)] = call };
            byte[] text = CassetteFile.ToBytes(kept.Values);
            if (text.Length > maxBytes)
            {
                throw new CassetteException($"The call isn't recorded: {Path.GetFileName(_path)} would have {MoneyText.Count(text.Length)} bytes, more than the {MoneyText.Count(maxBytes)} of CassetteOptions.MaxFileBytes. Ask for less in one test, or raise the limit.");
            }

            Write(text);
            _calls[(call.Key, call.Number, call.Format)] = call;
            _recorded.Add((call.Key, call.Number, call.Format));
        }
    }

    /// <summary>Drops the calls that a test which records no longer makes.</summary>
    public void KeepRecorded()
    {
        lock (_gate)
        {
            if (_recorded.Count == 0 || _recorded.Count == _calls.Count)
            {
                return;
            }

            foreach ((string, int, string) call in _calls.Keys.Where(call => !_recorded.Contains(call)).ToArray())
            {
                _calls.Remove(call);
            }

            Write(CassetteFile.ToBytes(_calls.Values));
        }
    }

    private void Write(byte[] text)
    {
        try
        {
            // The same bytes aren't written again: a file's time says when it was last recorded otherwise.
            if (!File.Exists(_path) || !File.ReadAllBytes(_path).AsSpan().SequenceEqual(text))
            {
                AddAttributes(Path.GetDirectoryName(_path)!);
                AtomicFile.Write(_path, text);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CassetteException($"The call isn't recorded: {_path} can't be written. {error.Message}");
        }
    }

    // Both sides' calls are kept when branches are merged, and line ends are the same everywhere.
    private static void AddAttributes(string directory)
    {
        string attributes = Path.Combine(directory, ".gitattributes");
        if (!File.Exists(attributes))
        {
            AtomicFile.Write(attributes, Encoding.UTF8.GetBytes("*.json text eol=lf merge=union\n"));
        }
    }
}
