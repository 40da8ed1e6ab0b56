using Flama.Hosting;
using Flama.Scoring;

namespace Flama.Testing;

/// <summary>Asserts what a model answers, called directly.</summary>
public static class ModelAssertions
{
    private const string Write = "Package the model with --artifact cases.json, or name a file of cases.";

    /// <summary>Asserts that a model answers as it was stored: what its package has as <c>cases.json</c>, which <c>flama model MODEL verify</c> and updates replay too.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <exception cref="CasesDifferException">An answer differs.</exception>
    /// <exception cref="FlamaException">The model was stored without cases, does not have a method, or does not take an input.</exception>
    public static void AssertCases(this LoadedModel model, double tolerance = ModelCases.DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.AssertCases(Stored(model), tolerance);
    }

    /// <summary>Asserts that a model gives the outputs of cases.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cases">The cases, of <see cref="ModelCases"/> or made by hand.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <exception cref="CasesDifferException">An answer differs.</exception>
    /// <exception cref="FlamaException">The model does not have a method, or does not take an input.</exception>
    public static void AssertCases(this LoadedModel model, IReadOnlyList<ModelCase> cases, double tolerance = ModelCases.DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(cases);
        CasesDifferException.ThrowIfAny(model.Metadata.ModelClass, ModelCases.Verify(model.Model, cases, tolerance), tolerance);
    }

    /// <summary>Asserts that a model gives the outputs of the cases in a file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file: JSON, or CSV with the answers of <c>predict</c> in the column <c>output</c>.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="CasesDifferException">An answer differs.</exception>
    /// <exception cref="FlamaException">The file cannot be read, or is not one of cases for this model.</exception>
    public static async Task AssertCasesAsync(this LoadedModel model, string path, double tolerance = ModelCases.DefaultTolerance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.AssertCases(await ModelCases.ReadFileAsync(path, model.Model, cancellationToken).ConfigureAwait(false), tolerance);
    }

    /// <summary>The cases that a model was stored with.</summary>
    internal static IReadOnlyList<ModelCase> Stored(LoadedModel model) => model.ReadCases() is { Count: > 0 } cases
        ? cases
        : throw new FlamaException(ErrorCodes.ArtifactNotFound, $"{model.Metadata.ModelClass} was stored without cases, so that there is nothing to compare.", Write);
}
