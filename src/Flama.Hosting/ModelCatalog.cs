using Flama.Hosting.Validation;
using Flama.Schemas;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Hosting;

/// <summary>What an application asked for by <c>AddModel</c> and its configuration, in its order.</summary>
internal sealed class ModelCatalog(ServedModels models, ModelRegistrations registrations)
{
    /// <summary>All models of the application.</summary>
    public ServedModels Models => models;

    /// <summary>What the application asked for, in its order.</summary>
    public IReadOnlyList<ModelRegistration> Registrations => registrations.All;

    /// <summary>Makes the models, none of which is loaded yet.</summary>
    public static ServedModels Make(IEnumerable<ModelRegistration> registrations, IOptions<FlamaOptions> options, ModelSubstitution[] substitutions, ILoggerFactory loggers)
    {
        ServedModels models = new();
        var logger = loggers.CreateLogger<ServedModel>();
        foreach (var registration in registrations)
        {
            ViolationLog violations = new(registration.Name, logger);
            var substitution = ModelSubstitution.Find(substitutions, registration.Name);
            models.Add(new ServedModel(
                registration.Name,
                registration.Path,
                cancellation => Check(registration, substitution is not null
                    ? substitution.Make()
                    : LoadedModel.Open(registration.Path, options.Value.Engines, OptionsOf(registration.Options, violations, cancellation)).WithDigest(registration.Path)))
            {
                Updates = options.Value.Updates,
                Batching = registration.Options.Batching ?? options.Value.Batching,
            });
        }

        return models;
    }

    private static LoadedModel Check(ModelRegistration registration, LoadedModel loaded)
    {
        try
        {
            foreach (var check in registration.Options.Checks)
            {
                check(loaded);
            }

            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    private static LoadOptions OptionsOf(ServedModelOptions model, ViolationLog violations, CancellationToken cancellationToken) => new()
    {
        CancellationToken = cancellationToken,
        ModelKey = model.ModelKey,
        InputShapes = model.InputShapes,
        Schema = model is { Schema: { Length: > 0 } path, Validation: not ValidationMode.Off } ? ModelSchema.Read(path) : null,
        Validation = model.Validation,
        OnViolation = violations.Add,
        ChecksAnswers = model.ChecksAnswers,
    };
}
