using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace Magsag.TestingPlatform;

/// <summary>The option that accepts the recorded costs as the new baseline.</summary>
internal sealed class UpdateBaselineOption : ICommandLineOptionsProvider
{
    public const string Name = "magsag-update-baseline";

    public string Uid => "Magsag.TestingPlatform.UpdateBaseline";

    public string Version => ExtensionInfo.Version;

    public string DisplayName => "Magsag baseline";

    public string Description => "Accepts the tests' costs as baseline.";

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
        [new CommandLineOption(Name, "Accept what the tests' model calls cost as the new baseline instead of judging it.", ArgumentArity.Zero, isHidden: false)];

    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) => ValidationResult.ValidTask;

    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) => ValidationResult.ValidTask;
}
