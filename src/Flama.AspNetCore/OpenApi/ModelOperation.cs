using Flama.AspNetCore.Models;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Marks an endpoint as an operation of a model: a method, a method for a stream of rows, or inspection when there is none; of a model that is not loaded nothing more is known.</summary>
internal sealed record ModelOperation(ModelRoute Model, string? Method, bool IsStream = false, bool IsLoaded = true) : IModelEndpoint
{
    /// <inheritdoc/>
    string IModelEndpoint.ModelName => Model.Served.Name;

    /// <inheritdoc/>
    string? IModelEndpoint.MethodName => Method;
}
