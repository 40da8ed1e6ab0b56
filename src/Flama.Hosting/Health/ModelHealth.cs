namespace Flama.Hosting.Health;

/// <summary>How one model is at this moment.</summary>
/// <param name="Name">The name it is served by.</param>
/// <param name="State">Whether it answers.</param>
/// <param name="IsRequired">Whether the application is healthy only with it.</param>
internal sealed record ModelHealth(string Name, ModelState State, bool IsRequired)
{
    /// <summary>What its package tells; null when it is not loaded.</summary>
    public ModelMetadata? Metadata { get; init; }

    /// <summary>Whether framework and class are not told.</summary>
    public bool HidesInternals { get; init; }

    /// <summary>How many features a row has; null where the model does not know, or takes tensors.</summary>
    public int? Features { get; init; }

    /// <summary>The error code of the last failure, without its message, which may name files; null for none.</summary>
    public string? LastError { get; init; }

    /// <summary>The version that a repository knows it by; null for what the package says.</summary>
    public string? Version { get; init; }

    /// <summary>The state as documents have it.</summary>
    public string StateName => State switch
    {
        ModelState.Ready => "ready",
        ModelState.Stale => "stale",
        ModelState.Failed => "failed",
        _ => "not_loaded",
    };

    /// <summary>Looks at a model; one that was loaded since the last look is given a row.</summary>
    public static ModelHealth Of(ServedModel model, bool isRequired)
    {
        var failed = CodeOf(model.LastError);
        if (!model.IsLoaded)
        {
            return new(model.Name, ModelState.NotLoaded, isRequired) { LastError = failed };
        }

        try
        {
            using var lease = model.Acquire();
            var exam = lease.Loaded.Exam;
            var state = exam.Failure is not null ? ModelState.Failed : failed is not null ? ModelState.Stale : ModelState.Ready;
            return new(model.Name, state, isRequired)
            {
                Metadata = lease.Model.Metadata,
                Features = FeaturesOf(lease.Model),
                LastError = exam.Failure ?? failed,
            };
        }
        catch (ObjectDisposedException)
        {
            return new(model.Name, ModelState.NotLoaded, isRequired);
        }
    }

    /// <summary>The code of a failure; null for none.</summary>
    public static string? CodeOf(Exception? failure) => failure is null ? null : (failure as FlamaException)?.Code.Name ?? ErrorCodes.Internal.Name;

    private static int? FeaturesOf(Model model) =>
        (model.FindMethod(ModelMethod.Predict) ?? (model.Methods is [var first, ..] ? first : null))?.Input is TableSpec { HasKnownFeatures: true } table ? table.Features.Count : null;
}
