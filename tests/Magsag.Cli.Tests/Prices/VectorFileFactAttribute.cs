namespace Magsag.Cli.Tests.Prices;

/// <summary>A test over a file of vectors that stays outside the repository; skipped where the environment variable that names the file isn't set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VectorFileFactAttribute : FactAttribute
{
    public VectorFileFactAttribute(string variable)
    {
        if (!File.Exists(Environment.GetEnvironmentVariable(variable)))
        {
            Skip = $"The environment variable {variable} names no file.";
        }
    }
}
