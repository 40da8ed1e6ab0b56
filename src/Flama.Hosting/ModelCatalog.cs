using Microsoft.Extensions.Options;

namespace Flama.Hosting;

/// <summary>What an application asked for by <c>AddModel</c>, in its order.</summary>
internal sealed class ModelCatalog(ServedModels models, IEnumerable<ModelRegistration> registrations)
{
    /// <summary>All models of the application.</summary>
    public ServedModels Models => models;

    /// <summary>What the application asked for, in its order.</summary>
    public IReadOnlyList<ModelRegistration> Registrations { get; } = [.. registrations];

    /// <summary>Makes the models, none of which is loaded yet.</summary>
    public static ServedModels Make(IEnumerable<ModelRegistration> registrations, IOptions<FlamaOptions> options)
    {
        ServedModels models = new();
        foreach (var registration in registrations)
        {
            models.Add(new ServedModel(
                registration.Name,
                registration.Path,
                cancellation => LoadedModel.Open(registration.Path, options.Value.Engines, new LoadOptions { CancellationToken = cancellation, ModelKey = registration.Options.ModelKey }).WithDigest(registration.Path))
            {
                Updates = options.Value.Updates,
            });
        }

        return models;
    }
}
