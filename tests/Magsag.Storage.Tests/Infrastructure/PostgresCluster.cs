using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Magsag.Storage.Tests;

/// <summary>A PostgreSQL server of the test run's own, on loopback and in a temporary directory; it is started when a test first needs it.</summary>
internal sealed class PostgresCluster
{
    private const string GroupWithPasswords = "with_password";

    private static readonly Lazy<PostgresCluster> Started = new(static () => new PostgresCluster());

    private readonly string _directory;
    private readonly string _programs;
    private readonly string _settings;
    private readonly int _port;

    private PostgresCluster(string settings = "")
    {
        _programs = PostgresInstallation.Directory ?? throw new InvalidOperationException(PostgresInstallation.Missing);
        _settings = settings;
        _directory = Directory.CreateTempSubdirectory("magsag-pg-").FullName;
        _port = FreePort();
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", ["postgres", _directory]);
        }

        Run(Path.Combine(_programs, "initdb"), ["-D", Data, "-U", "magsag", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        string rules = Path.Combine(Data, "pg_hba.conf");
        File.WriteAllText(rules, $"host all +{GroupWithPasswords} 127.0.0.1/32 scram-sha-256\n" + File.ReadAllText(rules));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Delete();
        Start();
        Execute("postgres", $"CREATE ROLE {GroupWithPasswords}");
    }

    private string Data => Path.Combine(_directory, "data");

    /// <summary>Makes an empty database and gives its address.</summary>
    public static string CreateDatabase() => Started.Value.CreateDatabaseHere();

    /// <summary>Starts another server, which a test may crash.</summary>
    /// <param name="settings">Options of the server's command line.</param>
    public static PostgresCluster StartAlone(string settings) => new(settings);

    /// <summary>Makes an empty database on this server and gives its address.</summary>
    public string CreateDatabaseHere()
    {
        string name = $"test_{Guid.NewGuid():N}";
        Execute("postgres", $"CREATE DATABASE {name}");
        return $"postgres://magsag@127.0.0.1:{_port}/{name}";
    }

    /// <summary>Ends the server without a word to its disk, and starts it again.</summary>
    public void Crash()
    {
        Stop();
        Start();
    }

    /// <summary>Makes a user who has to give a password and has no rights but to connect.</summary>
    public static string CreateUser(string password)
    {
        string name = $"user_{Guid.NewGuid():N}";
        Started.Value.Execute("postgres", $"CREATE ROLE {name} LOGIN PASSWORD '{password}' IN ROLE {GroupWithPasswords}");
        return name;
    }

    /// <summary>Runs a statement in the database at an address; gives the first value of its result.</summary>
    public static object? ExecuteAt(string address, string sql) => Started.Value.Execute(new Uri(address).AbsolutePath.TrimStart('/'), sql);

    /// <summary>A port on which nobody listens.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private object? Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=magsag;Database={database};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    private void Start() =>
        Run(Path.Combine(_programs, "pg_ctl"), ["start", "-w", "-t", "120", "-D", Data, "-l", Path.Combine(_directory, "log"), "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_directory} -c fsync=off -c password_encryption=scram-sha-256 {_settings}"]);

    private void Stop() => Run(Path.Combine(_programs, "pg_ctl"), ["stop", "-m", "immediate", "-D", Data]);

    private void Delete()
    {
        Stop();
        Directory.Delete(_directory, recursive: true);
    }

    // The server refuses to run as root.
    private void Run(string program, string[] arguments)
    {
        bool asPostgres = Environment.IsPrivilegedProcess && program != "chown";
        var start = new ProcessStartInfo(asPostgres ? "runuser" : program) { WorkingDirectory = _directory };
        foreach (string argument in asPostgres ? ["-u", "postgres", "--", program, .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Its output isn't redirected to pipes: the server would inherit them and keep them open.
        start.RedirectStandardOutput = false;
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed with exit code {process.ExitCode}; see {_directory}.");
        }
    }
}
