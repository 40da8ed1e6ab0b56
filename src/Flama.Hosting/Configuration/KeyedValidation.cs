using Microsoft.Extensions.Options;

namespace Flama.Hosting.Configuration;

/// <summary>A check of options whose failures name the keys of the configuration, where that is what set them.</summary>
internal sealed class KeyedValidation<TOptions>(IValidateOptions<TOptions> check, FlamaConfiguration configuration, string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TOptions options) => check.Validate(name, options) is { Failed: true } result
        ? ValidateOptionsResult.Fail(SectionBinding.NameKeys(configuration.Root?.GetSection(section), result.Failures))
        : ValidateOptionsResult.Success;
}
