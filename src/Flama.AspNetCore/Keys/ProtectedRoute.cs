namespace Flama.AspNetCore.Keys;

/// <summary>Metadata of an endpoint of many models that keys protect: which segment of the path names the model.</summary>
/// <param name="Segment">The name of the route value.</param>
internal sealed record ProtectedRoute(string Segment);
