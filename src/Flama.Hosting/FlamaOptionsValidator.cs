using Flama.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace Flama.Hosting;

/// <summary>Checks the options once, when the application starts.</summary>
internal sealed class FlamaOptionsValidator(FlamaConfiguration configuration) : IValidateOptions<FlamaOptions>
{
    /// <summary>Checks all options and returns every failure.</summary>
    public ValidateOptionsResult Validate(string? name, FlamaOptions options)
    {
        List<string> failures = [];
        if (string.IsNullOrWhiteSpace(options.Title))
        {
            failures.Add("Title is empty. Give the API a title.");
        }

        if (string.IsNullOrWhiteSpace(options.Version))
        {
            failures.Add("Version is empty. Give the API a version, for example 1.0.0.");
        }

        if (options.MaxDegreeOfParallelism < 1)
        {
            failures.Add($"MaxDegreeOfParallelism is {options.MaxDegreeOfParallelism}. It must be 1 or more; the default is 1.");
        }

        if (options.StopDelay < TimeSpan.Zero)
        {
            failures.Add($"StopDelay is {options.StopDelay}. It must be zero or more.");
        }

        if (options.Updates.WarmUp < TimeSpan.Zero)
        {
            failures.Add($"Updates.WarmUp is {options.Updates.WarmUp}. It must be zero or more.");
        }

        if (!(options.Updates.CaseTolerance >= 0))
        {
            failures.Add($"Updates.CaseTolerance is {options.Updates.CaseTolerance}. It must be zero or more.");
        }

        if (options.Health.Port is < 0 or > ushort.MaxValue)
        {
            failures.Add($"Health.Port is {options.Health.Port}. It must be from 0 to {ushort.MaxValue}, or null.");
        }

        failures.AddRange(options.Batching?.Failures(nameof(options.Batching)) ?? []);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(SectionBinding.NameKeys(configuration.Root, failures));
    }
}
