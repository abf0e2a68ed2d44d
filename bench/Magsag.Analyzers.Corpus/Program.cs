using System.Reflection;
using Magsag.Analyzers.Corpus;
using Magsag.Analyzers.Corpus.Scoring;

// Runs the analyzers over other people's code.
const string Usage = """
    Usage: dotnet run -c Release --project bench/Magsag.Analyzers.Corpus -- list DIRECTORY…   print every diagnostic with its line
           dotnet run -c Release --project bench/Magsag.Analyzers.Corpus -- score CHECKOUTS   compare them with labels.csv, and write results.csv and docs/rules/precision.md
                                                                                              (a repository's checkout is CHECKOUTS/owner+name)
    """;
string? missing = args.Skip(1).FirstOrDefault(static directory => !Directory.Exists(directory));
if (args is not (["list", _, ..] or ["score", _]) || missing is not null)
{
    Console.Error.WriteLine(missing is null ? Usage : $"The directory '{missing}' doesn't exist.");
    return 2;
}

if (args[0] == "list")
{
    bool isWell = true;
    foreach (string root in args.Skip(1))
    {
        isWell &= await Lister.PrintAsync(root);
    }

    return isWell ? 0 : 1;
}

string magsag = typeof(Scorer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "RepositoryRoot").Value!;
string data = Path.Combine(magsag, "bench", "Magsag.Analyzers.Corpus");
IReadOnlyList<Repository> repositories = Repository.Read(Path.Combine(data, "repositories.csv"));
IReadOnlyList<Label> labels = Label.Read(Path.Combine(data, "labels.csv"));
var results = new List<Result>();
foreach (Repository repository in repositories)
{
    string checkout = Path.Combine(args[1], repository.Name.Replace('/', '+'));
    if (!Directory.Exists(checkout))
    {
        Console.Error.WriteLine($"The checkout '{checkout}' is missing: clone {repository.Name} there, at commit {repository.Commit}.");
        return 2;
    }

    results.AddRange(await Scorer.ScoreAsync(checkout, repository, [.. labels.Where(label => label.Repository == repository.Name)]));
}

Result.Write(Path.Combine(data, "results.csv"), results);
string page = Path.Combine(magsag, "docs", "rules", "precision.md");
File.WriteAllText(page, PrecisionReport.Replace(File.ReadAllText(page), PrecisionReport.Render(repositories, labels, results)));
return 0;
