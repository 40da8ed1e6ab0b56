using Microsoft.Extensions.Options;

namespace Flama.Hosting;

/// <summary>Makes the models that an application asked for, once.</summary>
internal sealed class ModelCatalog
{
    private readonly Dictionary<string, ModelRegistration> registrations = new(StringComparer.Ordinal);

    public ModelCatalog(ServedModels models, IEnumerable<ModelRegistration> registrations, IOptions<FlamaOptions> options)
    {
        Models = models;
        foreach (var registration in registrations)
        {
            models.Add(new ServedModel(
                registration.Name,
                registration.Path,
                cancellation => LoadedModel.Open(registration.Path, options.Value.Engines, new LoadOptions { CancellationToken = cancellation })));
            this.registrations.Add(registration.Name, registration);
        }
    }

    /// <summary>All models of the application.</summary>
    public ServedModels Models { get; }

    /// <summary>What the application asked for, in its order.</summary>
    public IEnumerable<ModelRegistration> Registrations => registrations.Values;

    /// <summary>The options of a model.</summary>
    public ServedModelOptions OptionsOf(string name) => registrations[name].Options;
}
