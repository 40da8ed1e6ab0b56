namespace Flama.AspNetCore.Keys;

/// <summary>Metadata of an endpoint that keys protect: the model whose endpoint it is.</summary>
/// <param name="Name">The name the model is served by.</param>
internal sealed record ProtectedModel(string Name);
