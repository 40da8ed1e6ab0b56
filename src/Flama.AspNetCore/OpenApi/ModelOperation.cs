using Flama.AspNetCore.Models;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Marks an endpoint as an operation of a model: a method, or inspection when there is none.</summary>
internal sealed record ModelOperation(ModelResource Resource, ModelMethod? Method);
