using Flama.Hosting.Repository;

namespace Flama.AspNetCore.Repository;

/// <summary>Marks an endpoint that answers for the default versions of a repository's models.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Method"><see cref="RepositoryDispatch.Method"/> where the path names a method; null where the endpoint shows the model.</param>
internal sealed record RepositoryOperation(ModelRepository Repository, string? Method);
