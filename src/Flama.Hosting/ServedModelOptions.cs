using System.Diagnostics.CodeAnalysis;
using Flama.Hosting.Batching;
using Flama.Hosting.Reloading;
using Flama.Schemas;

namespace Flama.Hosting;

/// <summary>What is decided about one model of an application.</summary>
public sealed class ServedModelOptions
{
    /// <summary>The path that HTTP serves the model at; null for <c>/{name}/</c>.</summary>
    public string? Url { get; set; }

    /// <summary>Which model of a file that holds several; see <see cref="LoadOptions.ModelKey"/>. Default null.</summary>
    public string? ModelKey { get; set; }

    /// <summary>What the tensors look like that the model takes, where its file does not tell; see <see cref="LoadOptions.InputShapes"/>. Default none.</summary>
    public IReadOnlyList<InputShape> InputShapes { get; set; } = [];

    /// <summary>Whether the model is loaded when it is first used rather than when the application starts. Default false: a file that cannot be loaded stops the start.</summary>
    public bool LoadsLazily { get; set; }

    /// <summary>Whether the application is healthy only when this model is loaded and has answered a row. Default true.</summary>
    public bool IsRequired { get; set; } = true;

    /// <summary>
    /// A file with the JSON Schema of the model's rows, see <see cref="ModelSchema"/>, read at each load; null (default) for the one of the package, <c>extra.schema</c> of its
    /// metadata or the artifact <c>schema.json</c>.
    /// </summary>
    public string? Schema { get; set; }

    /// <summary>
    /// What becomes of rows that are against the schema. Default <see cref="ValidationMode.Strict"/>: refused, with a problem per violation. <see cref="ValidationMode.Warn"/> computes
    /// them, counts them in the metric <c>flama.validation.violations</c> and names rules in the log, once in a second and never values.
    /// </summary>
    public ValidationMode Validation { get; set; }

    /// <summary>Whether answers are looked at, for finding faults of models: see <see cref="LoadOptions.ChecksAnswers"/>. Default false.</summary>
    public bool ChecksAnswers { get; set; }

    /// <summary>How the model's file is watched; null when it is not. Default null.</summary>
    public ReloadOptions? Reload { get; set; }

    /// <summary>How requests that come at the same time are computed together; null (default) for what <see cref="FlamaOptions.Batching"/> says, with <c>MaxRows</c> 1 for each by itself.</summary>
    public BatchingOptions? Batching { get; set; }

    /// <summary>What a model that is loaded has to pass, beside what its file says.</summary>
    internal List<Action<LoadedModel>> Checks { get; } = [];

    /// <summary>
    /// Says with what records the application predicts. They are checked when the model is loaded: one that does not fit stops the start, and a new version that records do not fit does
    /// not take the place of the one that serves. Without this they are checked at the first call.
    /// </summary>
    /// <typeparam name="TRow">The record of a row; see <see cref="ModelRows.OfRecords{TRow}"/>.</typeparam>
    /// <typeparam name="TAnswer">The answer.</typeparam>
    /// <returns>These options.</returns>
    public ServedModelOptions Predicts<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] TAnswer>()
    {
        Checks.Add(static loaded => RecordPredictionExtensions.CheckRecords<TRow, TAnswer>(loaded.Model));
        return this;
    }

    /// <summary>Watches the model's file and replaces the model when the file was replaced.</summary>
    /// <param name="delay">How often to look, and how long a file rests before it is loaded; null for a quarter of a second.</param>
    /// <returns>These options.</returns>
    public ServedModelOptions ReloadOnChange(TimeSpan? delay = null)
    {
        Reload = delay is { } interval ? new ReloadOptions { Delay = interval } : new ReloadOptions();
        return this;
    }
}
