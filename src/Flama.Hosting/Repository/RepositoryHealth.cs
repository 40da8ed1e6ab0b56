using Flama.Hosting.Health;

namespace Flama.Hosting.Repository;

/// <summary>How the models of a repository are.</summary>
internal static class RepositoryHealth
{
    // A document of thousands of models is of no use to whoever asks every second: those with faults come first, then those that are loaded.
    private const int MostShown = 200;

    /// <summary>Looks at the models; none is loaded for it.</summary>
    public static IEnumerable<ModelHealth> Of(ModelRepository repository) =>
        repository.Models.Select(model => Of(repository, model)).OrderBy(Rank).ThenBy(health => health.Name, StringComparer.Ordinal).Take(MostShown);

    private static int Rank(ModelHealth health) => health.IsRequired ? 0 : health.State switch
    {
        ModelState.Failed => 1,
        ModelState.Stale => 2,
        ModelState.Ready => 3,
        _ => 4,
    };

    private static ModelHealth Of(ModelRepository repository, RepositoryModel model)
    {
        var isRequired = repository.Options.Pinned.Contains(model.Name);
        var refused = ModelHealth.CodeOf(model.Refused.Failure);
        if (model.Default is not { } version)
        {
            return new(model.Name, ModelState.Failed, isRequired) { LastError = refused ?? ErrorCodes.NotAModel.Name };
        }

        var failed = ModelHealth.CodeOf(version.LastError);
        if (!version.TryEnter())
        {
            var state = failed is not null ? ModelState.Failed : refused is not null ? ModelState.Stale : ModelState.NotLoaded;
            return new(model.Name, state, isRequired) { LastError = failed ?? refused, Version = version.Name };
        }

        try
        {
            var health = ModelHealth.Of(version.Served, isRequired);
            return health with
            {
                State = refused is not null && health.State == ModelState.Ready ? ModelState.Stale : health.State,
                LastError = health.LastError ?? refused,
                Version = version.IsNamed ? version.Name : null,
            };
        }
        finally
        {
            version.Leave();
        }
    }
}
